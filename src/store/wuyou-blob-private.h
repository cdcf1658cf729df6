/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-blob.h"

G_BEGIN_DECLS

struct _WuyouBlobs {
  char *directory;
  GMutex lock;
  GHashTable *appenders; /* id → WuyouBlobAppender */
};

G_END_DECLS
