/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement.h"
#include "wuyou-paper.h"

G_BEGIN_DECLS

/* The copy of the agreements a person keeps (P-11): every document of the bundle on pages of its own, emphasis as
 * it was shown, hash of the exact bytes under each title. @footer says who agreed and when, or NULL. */
WuyouPaper *wuyou_agreement_paper_new (const WuyouBundle *bundle, const char *footer, GError **error);

G_END_DECLS
