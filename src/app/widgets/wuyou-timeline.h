/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "widgets/wuyou-dossier-parts.h"

G_BEGIN_DECLS

/* How the steps and fields of a record are called; translated. */
typedef struct {
  const WuyouRecordType *type;
  const char *(*get_action) (const char *action);
  const char *(*get_field) (const char *field);
} WuyouTimelineWords;

/* Newest first: what happened last is what one asks about. @entries: WuyouDossierEntry. */
GtkWidget *wuyou_timeline_new (const GPtrArray *entries, const WuyouTimelineWords *words);

G_END_DECLS
