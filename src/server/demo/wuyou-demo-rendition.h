/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-evidence.h"
#include "demo/wuyou-demo-world.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* What the decoder makes of a file of the demo data, as the server would. */
typedef struct _WuyouDemoRendition WuyouDemoRendition;

/* Decoded and on the disk. NULL where there is no decoder, or it cannot work here. @evidence is stored already;
 * borrowed, as is @key, under which it is. */
WuyouDemoRendition *wuyou_demo_rendition_new (WuyouStore *store,
                                              const WuyouDemoWorld *world,
                                              const WuyouEvidence *evidence,
                                              WuyouKey *key,
                                              GBytes *file_key);
void wuyou_demo_rendition_free (WuyouDemoRendition *self);
/* Its rows, after those of the file and its key. */
gboolean wuyou_demo_rendition_save (WuyouDbConn *conn, WuyouDemoRendition *self, GError **error);

G_END_DECLS
