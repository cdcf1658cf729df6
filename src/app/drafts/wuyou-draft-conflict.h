/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "drafts/wuyou-draft.h"

G_BEGIN_DECLS

/* Somebody else saved: asks of every entry that differs whose it is to be, and sends again. @current is what stands at
 * the server. @open is a weak pointer to the question that is open, or NULL in it. */
void wuyou_draft_conflict_present (GtkWidget *owner, WuyouDraft *draft, JsonObject *current, GtkWindow **open);

G_END_DECLS
