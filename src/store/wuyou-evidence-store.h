/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-evidence.h"
#include "wuyou-record-store.h"

G_BEGIN_DECLS

/* Files of claims beside their records: what the decoder made of them, and the prints of pictures. */

/* Its WuyouEvidenceState; 0 when there is no such file. */
gboolean wuyou_evidence_read_state (WuyouDbConn *conn, const char *id, int *ret_state, GError **error);
/* Files of a claim, without those that were taken back or refused. */
gboolean
wuyou_evidence_count (WuyouDbConn *conn, const char *claim_id, gint64 *ret_all, gint64 *ret_live, GError **error);

/* One more time that the decoder failed over it, counted from 1 in @ret_tries; no change of the record. */
gboolean wuyou_evidence_add_try (WuyouDb *db, const char *id, gint64 *ret_tries, GError **error);

gboolean wuyou_evidence_forget_tries (WuyouDbConn *conn, const char *id, GError **error);

typedef enum { WUYOU_RENDITION_PLAIN = 1, WUYOU_RENDITION_VIEW, WUYOU_RENDITION_THUMB } WuyouRenditionKind;
extern const WuyouEnum wuyou_rendition_kinds[]; /* "view": on the wire and in the database */

/* A sealed file with an id and a row of its own among the files, made with certain edits. */
typedef struct {
  char *id, *evidence_id;
  int kind; /* WuyouRenditionKind */
  char *media_type;
  char *edits_json; /* that it was made with; NULL: none, or a kind that shows none */
  gint64 made_at;
} WuyouRendition;

void wuyou_rendition_free (WuyouRendition *rendition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouRendition, wuyou_rendition_free)

/* *@ret_rendition NULL when there is none. */
gboolean wuyou_rendition_find (WuyouDbConn *conn,
                               const char *evidence_id,
                               int kind,
                               WuyouRendition **ret_rendition,
                               GError **error);
/* All of a file, or those of one kind of a whole claim; element WuyouRendition; owned. */
GPtrArray *wuyou_rendition_list (WuyouDbConn *conn, const char *evidence_id, GError **error);
GPtrArray *wuyou_rendition_list_claim (WuyouDbConn *conn, const char *claim_id, int kind, GError **error);
/* TRUE in *@ret_made when all that is shown with these edits (NULL: none) is there: nothing is to be made. */
gboolean wuyou_rendition_check_made (WuyouDbConn *conn,
                                     const char *evidence_id,
                                     const char *edits_json,
                                     gboolean *ret_made,
                                     GError **error);
/* In place of the one of the same kind, whose rows go: nobody can open its file then. *@ret_replaced: its id, for the
 * file to be deleted after the transaction; owned, NULL when there was none. The row among the files is the caller's.
 */
gboolean wuyou_rendition_put (WuyouDbConn *conn, const WuyouRendition *rendition, char **ret_replaced, GError **error);
gboolean
wuyou_rendition_remove (WuyouDbConn *conn, const char *evidence_id, int kind, char **ret_removed, GError **error);
/* State of the file that a rendition was made of; 0 when @id is no rendition. */
gboolean wuyou_rendition_read_state (WuyouDbConn *conn, const char *id, int *ret_state, GError **error);

/* --- likeness of pictures --- */

/* A picture of another contract that is nearly the same. */
typedef struct {
  char *evidence_id, *claim_id;
} WuyouLikeness;

void wuyou_likeness_free (WuyouLikeness *likeness);

/* The print of a picture in four bands of 16 bits. */
gboolean wuyou_print_put (WuyouDbConn *conn, const char *evidence_id, guint64 print, GError **error);
gboolean wuyou_print_remove (WuyouDbConn *conn, const char *evidence_id, GError **error);
/* Pictures whose print differs in at most @most (WUYOU_IMAGE_PRINT_NEAR) bits from @print, among those that share a
 * whole band with it. Up to three differing bits leave one of the four bands as it is, so these are always found; four
 * to six are found unless they fall into all four. Of a band that very many share only the newest are looked at. Not of
 * claims on
 * @contract_id, and not of files that were taken back. Elements WuyouLikeness; owned. */
GPtrArray *
wuyou_print_find_near (WuyouDbConn *conn, guint64 print, guint most, const char *contract_id, GError **error);
/* Files with the same bytes, likewise. */
GPtrArray *wuyou_evidence_find_same (WuyouDbConn *conn, const char *sha256, const char *contract_id, GError **error);

G_END_DECLS
