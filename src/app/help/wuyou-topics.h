/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the help says, topic by topic; ids are those of the page table. */
typedef struct {
  const char *id;
  const char *title; /* N_() */
  const char *text;  /* N_() */
} WuyouTopic;

const WuyouTopic *wuyou_topics_get (guint *ret_n);

G_END_DECLS
