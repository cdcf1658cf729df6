/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"
#include "sales/wuyou-contract-values.h"
#include "sales/wuyou-product.h"

G_BEGIN_DECLS

/* The service contract (requirements 6.1, 7). All text members are owned by the record. */

typedef struct {
  char *id;
  gint64 seq;      /* the server's order of creation */
  gint64 version;  /* optimistic lock, raised by every change; If-Match */
  char *number;    /* WY-2026-0000481, given at submission and kept */
  gint64 revision; /* paper revision, 1 at first submission */
  int state;
  char *org_id;
  char *created_by;
  gint64 created_at, updated_at, submitted_at;

  char *vin;
  char *vin_reason; /* why a wrong check digit is right */
  int brand;        /* WuyouBrand */
  char *series, *model, *engine_no, *plate;
  int energy, vehicle_use, condition;
  gint64 seats, mileage_km;
  gboolean transferred; /* changed hands since the first invoice */
  WuyouDate first_invoice_on;
  char *invoice_code, *invoice_no;     /* a paper invoice has both, an electronic one no code */
  gint64 invoice_amount_fen, msrp_fen; /* with tax */

  int owner_kind;
  char *owner_name;
  int owner_id_type; /* WuyouIdentityType */
  char *owner_id_no, *owner_mobile, *owner_email, *owner_address;
  char *agent_name, *agent_mobile; /* who acts for a company */
  int owner_source;

  char *commercial_insurer, *commercial_policy_no;
  WuyouDate commercial_from, commercial_to;
  gint64 commercial_sum_fen;
  char *compulsory_insurer, *compulsory_policy_no;
  WuyouDate compulsory_from, compulsory_to;

  char *product_id; /* product version */
  gint64 term_months;
  gint64 retail_fen, received_fen, wholesale_fen;
  gboolean gift; /* given by the dealership; not refundable */

  WuyouDate starts_on_wish; /* listed start, where the product allows one */
  WuyouDate signed_on, effective_on, ends_on;

  gboolean consent_processing, consent_sensitive, consent_provision; /* S-06 */
  WuyouDate consent_on;
  char *consent_attested_by; /* account */
  gint64 consent_attested_at;

  gint64 paid_fen;
  WuyouDate paid_on;
  int payment_method;
  char *payment_reference;

  /* How it ended, or is about to (S-10, S-11). */
  int cancel_from;               /* state to go back to when the request is refused or withdrawn */
  WuyouDate cancel_requested_on; /* the owner's own request */
  WuyouDate cancel_on;           /* the day of cancellation: after the notice */
  char *cancel_requested_by;     /* account */
  gint64 cancel_closed_at;       /* when the last request was refused or withdrawn: an older scan says nothing */
  char *cancelled_by;            /* account that approved */
  char *refund_json;             /* the quote as it was frozen (wuyou-refund-rules.h) */
  gint64 refund_fen, credit_fen; /* to the owner; of the wholesale price, to the dealership */
  int refund_state;              /* WuyouRefundState; 0: nothing is paid back */
  WuyouDate refund_due_on, refunded_on;
  char *refund_reference;
  WuyouDate transferred_on;   /* no cover from that day on */
  char *revoke_proposed_by;   /* account; NULL: no proposal */
  WuyouDate revoke_notice_on; /* the owner was told */

  char *terms_sha256;   /* terms bound at submission */
  char *content_sha256; /* canonical content of the printed revision */
  char *state_reason;   /* of the last void or return */
} WuyouContract;

extern const WuyouRecordType wuyou_contract_type;

WuyouContract *wuyou_contract_new (void);
void wuyou_contract_free (WuyouContract *contract);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouContract, wuyou_contract_free)

G_END_DECLS
