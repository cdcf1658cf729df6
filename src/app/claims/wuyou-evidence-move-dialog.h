/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "claims/wuyou-evidence-folder.h"

G_BEGIN_DECLS

/* Which document is this? A list of the places that take files now, by keyboard or mouse. @phase 0: of either.
 * @chosen runs once, and not at all when it is closed or @owner is gone by then. */
void wuyou_evidence_move_dialog_present (GtkWidget *owner,
                                         WuyouEvidenceFolder *folder,
                                         const char *file_name,
                                         const char *present_slot,
                                         int phase,
                                         void (*chosen) (GtkWidget *owner, const char *id, const char *slot, int phase),
                                         const char *id);

G_END_DECLS
