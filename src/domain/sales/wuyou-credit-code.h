/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Unified social credit codes, GB 32100-2015. */
char *wuyou_credit_code_normalise (const char *typed); /* owned */
gboolean wuyou_credit_code_check (const char *code, GError **error);

/* The check character of the first 17; 0 when one of them is not of the alphabet. */
char wuyou_credit_code_compute_check (const char *code);

/* Whether the organisation code inside (positions 9 to 17, GB 11714) has its own check character right; a
 * warning only, as old registrations exist where it is not. */
gboolean wuyou_credit_code_has_right_organisation_code (const char *code);

G_END_DECLS
