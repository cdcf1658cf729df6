/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement.h"
#include "consent/wuyou-consent-gate.h"
#include "consent/wuyou-consent.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* Agreements as bundles; one imports, another approves. Ids of bundle and documents are set before. */
gboolean
wuyou_bundle_insert (WuyouDbConn *conn, const WuyouBundle *bundle, const char *imported_by, gint64 now, GError **error);
/* FORBIDDEN when @approved_by imported it; ILLEGAL_TRANSITION when it is published already. Tells the feed. */
gboolean wuyou_bundle_approve (WuyouDbConn *conn, const char *id, const char *approved_by, gint64 now, GError **error);
/* FORBIDDEN when @withdrawn_by imported it; ILLEGAL_TRANSITION while it is in force, when one that is not material
 * builds on it, or when it was withdrawn before. */
gboolean
wuyou_bundle_withdraw (WuyouDbConn *conn, const char *id, const char *withdrawn_by, gint64 now, GError **error);
WuyouBundle *wuyou_bundle_load (WuyouDbConn *conn, const char *id, GError **error); /* owned; NOT_FOUND */

/* A row without its texts. */
typedef struct {
  char *id, *audience, *version_label, *language, *change_summary, *previous_id, *imported_by, *approved_by;
  WuyouDate effective_on;
  gboolean material;
  gint64 imported_at, published_at, withdrawn_at;
} WuyouBundleInfo;

void wuyou_bundle_info_free (WuyouBundleInfo *info);
/* @audience NULL: all. Element WuyouBundleInfo, newest effective date first; owned. */
GPtrArray *wuyou_bundle_list (WuyouDbConn *conn, const char *audience, GError **error);

/* What the gate computes with; zeroed before the first use. */
typedef struct {
  GArray *versions;      /* WuyouGateVersion */
  GArray *acceptances;   /* WuyouGateAcceptance */
  GStringChunk *strings; /* of the arrays */
} WuyouGateFacts;

gboolean wuyou_gate_facts_read (WuyouDbConn *conn,
                                const char *audience,
                                const char *person_id,
                                WuyouGateFacts *ret_facts,
                                GError **error);
void wuyou_gate_facts_clear (WuyouGateFacts *facts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouGateFacts, wuyou_gate_facts_clear)

/* Chains, signs and writes the rows (one click: one or two) after the newest of all, in transactions of its own;
 * tries again when another row came in between. @and: written in the same transaction (audit row …), may be NULL.
 * A repeated id with the same decision is a success and sets the rows to what is stored. */
gboolean wuyou_consent_append (WuyouStore *store,
                               GPtrArray *rows,
                               WuyouKey *key,
                               WuyouDbFunc and,
                               gpointer data,
                               GError **error);
WuyouConsent *wuyou_consent_load (WuyouDbConn *conn, WuyouStore *store, const char *id, GError **error); /* owned */
/* Of a person, newest first; element WuyouConsent; owned. */
GPtrArray *
wuyou_consent_list (WuyouDbConn *conn, WuyouStore *store, const char *person_id, guint limit, GError **error);
/* Whether a person, or somebody for an organisation in @scope (NULL: none), decided on the bundle. */
gboolean wuyou_consent_concerns (WuyouDbConn *conn,
                                 const char *bundle_id,
                                 const char *person_id,
                                 const char *scope,
                                 gboolean *ret_concerns,
                                 GError **error);
/* Walks the chain: every row names the hash of the one before. CORRUPT that names the first that does not. */
gboolean wuyou_consent_verify_chain (WuyouStore *store, gint64 *ret_count, GError **error);

G_END_DECLS
