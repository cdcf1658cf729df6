/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "claims/wuyou-evidence.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Why is this document returned? One of the reasons, and a note that the clerk reads; "another reason" needs one.
 * The note is kept until it is given. @answered runs once, and not at all when it is closed or @owner is gone by then.
 */
void wuyou_evidence_return_dialog_present (
    WuyouAppContext *context,
    GtkWidget *owner,
    const char *file_name,
    void (*answered) (GtkWidget *owner, const char *id, WuyouReturnReason reason, const char *note),
    const char *id);

G_END_DECLS
