/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the process keeps: one descriptor to read the file from, one to write the answer to, the shelf. */
typedef struct {
  int answer_fd;
  guint64 memory;    /* bytes of address space */
  guint cpu_seconds; /* then SIGKILL */
} WuyouConfinement;

/* Gives up everything that decoding does not need, for good. FALSE: something could not be given up, and nothing of
 * the file may be touched. */
gboolean wuyou_confine (const WuyouConfinement *confinement, GError **error);

G_END_DECLS
