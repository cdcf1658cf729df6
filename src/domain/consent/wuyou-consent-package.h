/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-consent.h"

G_BEGIN_DECLS

/* One JSON file that proves a consent without server and database: documents, records, audit slice, public key and
 * a text that says how to check it. Pure functions on bytes. */

/* @records: WuyouConsent, sealed; the linked row belongs in as well. @audit_json: JSON array text, or NULL. @secret
 * signs the whole, so that the audit slice is covered too. INVALID when a record does not fit @bundle. */
GBytes *wuyou_consent_package_write (const GPtrArray *records,
                                     const WuyouBundle *bundle,
                                     const char *audit_json,
                                     const guint8 *secret,
                                     gint64 now,
                                     GError **error);

/* @fingerprint: the operator's published fingerprint, or NULL to check only that the package agrees with itself.
 * INVALID with one violation a fault found, each naming its exact reason; MALFORMED when it is no package at all.
 * @ret_summary (or NULL): who agreed to what and when, for people, one fact a line; owned. */
gboolean wuyou_consent_package_verify (GBytes *package, const char *fingerprint, char **ret_summary, GError **error);

G_END_DECLS
