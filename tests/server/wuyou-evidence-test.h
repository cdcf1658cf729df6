/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-claim-test.h"

G_BEGIN_DECLS

/* Files of claims, sent as a desktop sends them to the real server, with the real decoder of the build folder. */

/* A claim of a new contract of @org, REPORTED, whose clerk may add files. Id, owned. */
char *wuyou_evidence_test_claim (WuyouSale *sale, const char *org);
/* The program the server starts; NULL: the real one. A script: the text after "#!/bin/sh". */
void wuyou_evidence_test_set_decoder (WuyouSale *sale, const char *script);

/* A scene of its own for each seed, the same at each size; @taken: EXIF "2026:11:23 10:00:00" or NULL. Owned. */
GBytes *wuyou_evidence_test_photo (guint seed, int width, int height, const char *taken);
GBytes *wuyou_evidence_test_pdf (const GString *more); /* one page, and an object with @more; NULL: without */

char *wuyou_evidence_test_dup_body (WuyouSale *sale, const char *id, const char *claim, const char *slot, gint64 size);
char *wuyou_evidence_test_announce (WuyouSale *sale,
                                    const WuyouSaleUser *user,
                                    const char *claim,
                                    const char *slot,
                                    gint64 size);
void wuyou_evidence_test_append (WuyouSale *sale,
                                 const WuyouSaleUser *user,
                                 const char *id,
                                 gint64 offset,
                                 GBytes *bytes,
                                 guint status,
                                 const char *code);
void wuyou_evidence_test_finish (WuyouSale *sale, const WuyouSaleUser *user, const char *id, GBytes *bytes);
/* All of it, not waiting for the check. Id, owned. */
char *wuyou_evidence_test_send (WuyouSale *sale,
                                const WuyouSaleUser *user,
                                const char *claim,
                                const char *slot,
                                GBytes *bytes);
/* The same, and waits until it is in @state. */
char *wuyou_evidence_test_add (WuyouSale *sale,
                               const WuyouSaleUser *user,
                               const char *claim,
                               const char *slot,
                               GBytes *bytes,
                               const char *state);

/* Member of the record as @user sees it; owned. */
char *wuyou_evidence_test_dup (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *member);
gint64 wuyou_evidence_test_version (WuyouSale *sale, const WuyouSaleUser *user, const char *id);
void wuyou_evidence_test_wait (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *state);
void wuyou_evidence_test_work_again (WuyouSale *sale); /* lets the time of a retry come */
/* Runs work until @sql counts @n. */
void wuyou_evidence_test_wait_count (WuyouSale *sale, const char *sql, gint64 n);
void wuyou_evidence_test_put (WuyouSale *sale,
                              const WuyouSaleUser *user,
                              const char *id,
                              const char *body,
                              guint status,
                              const char *code);
WuyouSaleReply *wuyou_evidence_test_rendition (WuyouSale *sale,
                                               const WuyouSaleUser *user,
                                               const char *id,
                                               const char *kind,
                                               guint status,
                                               const char *code);
gboolean wuyou_evidence_test_has_file (WuyouSale *sale, const char *id);
guint wuyou_evidence_test_count_files (WuyouSale *sale); /* sealed ones in the whole store */

G_END_DECLS
