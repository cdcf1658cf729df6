/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What people type, made uniform. Results are owned; NULL in, NULL out; text that is not UTF-8 gives "",
 * as callers that care ask wuyou_text_check first. */

/* Names, addresses, remarks: NFC, full-width letters and digits to ASCII, all white space to single spaces,
 * ends trimmed. Full-width punctuation stays: it belongs to Chinese text. The second one keeps line breaks. */
char *wuyou_text_normalise (const char *typed);
char *wuyou_text_normalise_lines (const char *typed);

/* Codes and numbers: all full-width forms to ASCII, white space, dots and dashes dropped, ASCII letters upper case. */
char *wuyou_text_compact (const char *typed);

/* Valid UTF-8 without control, bidirectional, invisible, private or unassigned characters. */
gboolean wuyou_text_check (const char *text, GError **error);
gboolean wuyou_text_check_lines (const char *text, GError **error); /* line feeds and tabs allowed */

/* The name of a person or an organisation: letters of any script, digits, marks and the few signs names
 * have (· - ' . & , brackets), 1 to 100 characters, at least one letter; no emoji, no markup. */
gboolean wuyou_name_check (const char *name, GError **error);

void wuyou_text_set (char **member, const char *value); /* a copy of @value, or NULL, in place of what was there */
gboolean wuyou_text_is_digits (const char *text);       /* ASCII digits only, at least one */
gsize wuyou_text_length (const char *text);             /* characters; 0 for NULL and for what is not UTF-8 */

G_END_DECLS
