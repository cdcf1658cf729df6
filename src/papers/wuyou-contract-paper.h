/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract.h"
#include "sales/wuyou-product.h"
#include "wuyou-paper.h"

G_BEGIN_DECLS

typedef enum {
  WUYOU_CONTRACT_PAPER_DRAFT,    /* 草稿 不作为合同; also the live preview of a form half filled */
  WUYOU_CONTRACT_PAPER_LEGAL,    /* full ids: what customer and dealer sign */
  WUYOU_CONTRACT_PAPER_INTERNAL, /* masked ids, watermark */
} WuyouContractPaperVariant;

/* An organisation as the paper names it; NULL where not known. */
typedef struct {
  const char *name;
  const char *credit_code;
  const char *address;
  const char *phone;
} WuyouPaperParty;

/* Everything a packet prints; all borrowed. The hash and the legal bytes depend on nothing else. */
typedef struct {
  const WuyouContract *contract; /* with personal data unsealed */
  const WuyouProduct *product;   /* the version bound to the contract; NULL in an early draft */
  WuyouPaperParty dealer;
  WuyouPaperParty operator;
  const char *seller;  /* name of the seller, or NULL */
  const char *terms;   /* Markdown bound at signing, each # title a part on a page of its own;
                        * NULL: the terms of @product */
  const char *payload; /* signed text of the QR code, or NULL */
} WuyouContractPaperInput;

/* INVALID without a number, or when the content is no longer that of contract->content_sha256 (but for a draft);
 * else as wuyou_sheet_lay_out(). */
WuyouPaper *
wuyou_contract_paper_new (const WuyouContractPaperInput *input, WuyouContractPaperVariant variant, GError **error);
/* SHA-256 as hex over what the legal variant says: every printed fact, revision, terms, layout version;
 * neither the payload nor the PDF. Owned. */
char *wuyou_contract_paper_hash (const WuyouContractPaperInput *input);
/* For PDF metadata and print jobs; owned. */
char *wuyou_contract_paper_dup_title (const WuyouContractPaperInput *input);

/* The owner's notices and consents on a sheet of their own, signed before any document is taken
 * (S-06). Only number, parties, owner and vehicle of @input are read. */
WuyouPaper *
wuyou_consent_sheet_paper_new (const WuyouContractPaperInput *input, WuyouContractPaperVariant variant, GError **error);

G_END_DECLS
