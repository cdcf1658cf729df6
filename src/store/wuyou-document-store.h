/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-document.h"
#include "wuyou-record-store.h"

G_BEGIN_DECLS

/* Sealed files of records: the key of a file is kept sealed under the customer's key. */
typedef struct {
  char *id; /* of the document, the paper … */
  char *purpose, *key_id, *sha256;

  GBytes *file_key;
  gint64 size;
} WuyouFile;

void wuyou_file_free (WuyouFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouFile, wuyou_file_free)

gboolean wuyou_file_insert (WuyouDbConn *conn,
                            const char *id,
                            const char *purpose,
                            const char *key_id,
                            GBytes *file_key,
                            GError **error);
/* Under another key: @file_key as wuyou_blob_reseal_key made it. */
gboolean wuyou_file_set_key (WuyouDbConn *conn,
                             const char *id,
                             const char *purpose,
                             const char *key_id,
                             GBytes *file_key,
                             GError **error);
gboolean wuyou_file_set_content (WuyouDbConn *conn, const char *id, gint64 size, const char *sha256, GError **error);
gboolean wuyou_file_exists (WuyouDbConn *conn, const char *id, gboolean *ret_exists, GError **error);
/* It was announced, and its content never set. */
gboolean wuyou_file_is_begun (WuyouDbConn *conn, const char *id, gboolean *ret_begun, GError **error);
gboolean
wuyou_file_forget_begun (WuyouDbConn *conn, const char *id, GError **error); /* one that is no more than that */
/* The file and its customer's key (NULL when erased); NOT_FOUND. */
gboolean wuyou_file_load (WuyouDbConn *conn,
                          WuyouStore *store,
                          const char *id,
                          WuyouFile **ret_file,
                          WuyouKey **ret_key,
                          GError **error);

/* Documents of a contract, newest first, as owned WuyouDocument. */
gboolean wuyou_document_list (WuyouDbConn *conn,
                              WuyouStore *store,
                              const char *contract_id,
                              GPtrArray *ret_documents,
                              GError **error);
/* Its WuyouDocumentState; 0 when there is no such document. */
gboolean wuyou_document_read_state (WuyouDbConn *conn, const char *id, int *ret_state, GError **error);
/* Documents that wait in a state, oldest first (quarantine after a restart). */
gboolean wuyou_document_list_state (WuyouDbConn *conn,
                                    WuyouStore *store,
                                    WuyouDocumentState state,
                                    guint limit,
                                    GPtrArray *ret_documents,
                                    GError **error);

/* A paper: rendered once for a revision; its bytes are the file of the same id. */
typedef struct {
  char *id, *record_id, *kind; /* of a contract "contract", "consent-sheet"; of a claim its letters */
  gint64 revision, layout, pages, created_at;
  char *content_sha256;
} WuyouStoredPaper;

void wuyou_stored_paper_free (WuyouStoredPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouStoredPaper, wuyou_stored_paper_free)

/* CONFLICT when this revision has its paper already. */
gboolean wuyou_paper_insert (WuyouDbConn *conn, const WuyouStoredPaper *paper, GError **error);
/* *@ret_paper NULL when there is none. */
gboolean wuyou_paper_find (WuyouDbConn *conn,
                           const char *record_id,
                           gint64 revision,
                           const char *kind,
                           WuyouStoredPaper **ret_paper,
                           GError **error);
/* All papers of a record, newest first; element WuyouStoredPaper. Owned. */
GPtrArray *wuyou_paper_list (WuyouDbConn *conn, const char *record_id, GError **error);
gboolean
wuyou_paper_find_by_hash (WuyouDbConn *conn, const char *content_sha256, WuyouStoredPaper **ret_paper, GError **error);

/* One printed copy. The number is reserved before printing: 1 is the original, later ones need a reason. */
typedef struct {
  char *id; /* of the print, chosen by the client */
  char *paper_id, *account_id, *device, *reprint_reason, *result;
  gint64 copy_number, at;
} WuyouPrint;

void wuyou_print_free (WuyouPrint *print);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouPrint, wuyou_print_free)

/* Sets copy_number; the same print again (*@ret_new FALSE) keeps its number and time. CONFLICT for an id that another
 * print has: other paper, account, device or reason. */
gboolean wuyou_print_reserve (WuyouDbConn *conn, WuyouPrint *print, gboolean *ret_new, GError **error);
gboolean wuyou_print_set_result (WuyouDbConn *conn, const char *id, const char *result, GError **error);
/* Element WuyouPrint, oldest first; owned. */
GPtrArray *wuyou_print_list (WuyouDbConn *conn, const char *paper_id, GError **error);

G_END_DECLS
