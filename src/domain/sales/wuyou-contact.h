/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ways to reach people, and number plates. The checks take the normalised form, which is what is stored;
 * results of normalising are owned. */

char *wuyou_mobile_normalise (const char *typed); /* "13812345678"; Hong Kong and Macau "+85291234567" */
gboolean wuyou_mobile_check (const char *mobile, GError **error);

char *wuyou_email_normalise (const char *typed); /* trimmed, lower case */
gboolean wuyou_email_check (const char *email, GError **error);

char *wuyou_plate_normalise (const char *typed);                /* "京A12345" */
gboolean wuyou_plate_check (const char *plate, GError **error); /* GA 36 */
gboolean wuyou_plate_is_new_energy (const char *plate);

G_END_DECLS
