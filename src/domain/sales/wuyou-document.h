/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-permission.h"
#include "base/wuyou-record.h"

G_BEGIN_DECLS

/* Document slots of a sale (S-07). */
typedef enum {
  WUYOU_SLOT_INVOICE = 1,
  WUYOU_SLOT_POLICY,
  WUYOU_SLOT_IDENTITY,
  WUYOU_SLOT_CONSENT_SCAN,
  WUYOU_SLOT_SIGNED_CONTRACT,
  WUYOU_SLOT_VOUCHER,
  WUYOU_SLOT_CANCEL_REQUEST, /* the owner's, signed */
  WUYOU_SLOT_TRANSFER_PROOF,
} WuyouSlot;
extern const WuyouEnum wuyou_slots[];

/* An uploaded document (requirements 6.8). LOCAL states live in the desktop only. */
typedef enum {
  WUYOU_DOCUMENT_UPLOADING = 1,
  WUYOU_DOCUMENT_QUARANTINED, /* received, hash right, waits for the scanner */
  WUYOU_DOCUMENT_AVAILABLE,
  WUYOU_DOCUMENT_INFECTED,      /* destroyed, hash kept */
  WUYOU_DOCUMENT_REJECTED_TYPE, /* destroyed, hash kept */
  WUYOU_DOCUMENT_SUPERSEDED,
  WUYOU_DOCUMENT_WITHDRAWN,
} WuyouDocumentState;
extern const WuyouEnum wuyou_document_states[];

#ifndef WUYOU_DOCUMENT_MAX_BYTES /* ./run bench raises it for one of its figures */
#define WUYOU_DOCUMENT_MAX_BYTES (G_GINT64_CONSTANT (100) * 1024 * 1024)
#endif

typedef struct {
  char *id;
  gint64 seq, version;
  char *contract_id;
  int slot;        /* WuyouSlot */
  gint64 revision; /* paper revision that a signed scan belongs to */
  char *file_name;
  gint64 size;      /* announced */
  gint64 received;  /* bytes durable on the server */
  char *media_type; /* found by content, not by name */
  char *sha256;
  int state;
  char *state_reason;
  char *org_id;
  char *created_by;
  gint64 created_at, updated_at;
} WuyouDocument;

extern const WuyouRecordType wuyou_document_type;

WuyouDocument *wuyou_document_new (void);
void wuyou_document_free (WuyouDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouDocument, wuyou_document_free)

/* The file is gone for good: nothing of its content may be left, and nothing more of it is taken. */
gboolean wuyou_document_is_destroyed (int state);

/* Media type by the first bytes: "image/jpeg", "image/png", "application/pdf", or NULL when not taken. */
const char *wuyou_document_sniff (const guint8 *bytes, gsize length);
/* The first of several checks, on the desktop before a byte is sent: size and content. */
gboolean wuyou_document_check_file (gint64 size, const guint8 *head, gsize head_length, GError **error);

/* Who may add to a slot, and in which states of the contract it is open (S-06, S-07). */
typedef struct {
  int slot; /* WuyouSlot */
  WuyouObject object;
  guint verbs;
  guint states; /* mask of 1 << WuyouContractState */
} WuyouSlotRule;

const WuyouSlotRule *wuyou_slot_rule_find (int slot); /* NULL when unknown */

G_END_DECLS
