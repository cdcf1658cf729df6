/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement-diff.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What changed between two versions (P-08), clause by clause: before and after side by side, above each other when
 * narrow; removed words struck through, added ones underlined twice, so that colour is not needed to tell them.
 * Signal "clause-wanted" (guint document, guint clause) of the new version. */
#define WUYOU_TYPE_CHANGES_VIEW (wuyou_changes_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouChangesView, wuyou_changes_view, WUYOU, CHANGES_VIEW, GtkWidget)

GtkWidget *wuyou_changes_view_new (WuyouDiff *diff);       /* takes @diff */
char *wuyou_changes_view_describe (const WuyouDiff *diff); /* "3 added · 1 removed …"; owned */
guint wuyou_changes_view_get_n_rows (WuyouChangesView *self);

G_END_DECLS
