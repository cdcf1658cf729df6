/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Vehicle sales invoices (requirements 8.7): paper has a code of 12 and a number of 8 digits; an electronic one
 * (数电票) has a number of 20 digits and no code. Where there is one entry for both, the code is typed before the
 * number, which makes 20 digits too: pass NULL as @code. */
char *wuyou_invoice_normalise (const char *typed); /* digits without spaces; owned */
gboolean wuyou_invoice_check (const char *code, const char *number, GError **error);
gboolean wuyou_invoice_is_electronic (const char *number);

G_END_DECLS
