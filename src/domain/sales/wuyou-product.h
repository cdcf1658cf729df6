/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"

G_BEGIN_DECLS

/* A product version is data that a second person publishes and that is bound at signing (requirements 9.1). */

typedef enum { WUYOU_BRAND_BMW = 1, WUYOU_BRAND_MINI } WuyouBrand;
extern const WuyouEnum wuyou_brands[];

typedef enum { WUYOU_FAMILY_DEPRECIATION = 1, WUYOU_FAMILY_INVOICE_GAP, WUYOU_FAMILY_REPLACEMENT } WuyouBenefitFamily;
extern const WuyouEnum wuyou_benefit_families[];

typedef enum { WUYOU_START_DAY_AFTER_SIGNING = 1, WUYOU_START_PAYMENT_DAY } WuyouStartRule;
extern const WuyouEnum wuyou_start_rules[];

/* Masks over enums of the contract: bit (1 << value). */
typedef struct {
  guint brands, conditions, uses;
  gint64 max_seats;
  gint64 max_age_months_new, max_age_months_used; /* since the first invoice */
  gint64 term_months_new;                         /* from the first invoice */
  gint64 term_months_used;                        /* from the start */
  int start_rule;
  gboolean listed_start; /* a start date may be agreed, not earlier than the rule's */
  gboolean needs_review; /* DRAFT → SUBMITTED instead of AWAIT_SIGN */
  gboolean needs_identity_image;
  gint64 min_replacement_msrp_percent;
} WuyouProductRules;

/* One line of the price table: the band is [min_invoice_fen, max_invoice_fen]. */
typedef struct {
  int condition; /* WuyouCondition */
  gint64 term_months;
  gint64 min_invoice_fen, max_invoice_fen;
  gint64 retail_fen, wholesale_fen, min_received_fen, max_received_fen;
} WuyouPrice;

typedef struct {
  char *id;
  gint64 seq, version;
  char *code;  /* "AX-D" */
  char *label; /* version label, "2026.1" */
  char *name;
  int family;                         /* WuyouBenefitFamily; families may be added by a later product */
  WuyouDate on_sale_from, on_sale_to; /* to: NONE while open */
  char *terms_title, *terms_text, *terms_sha256;
  char *summary; /* for the seller: what the owner gets */
  char *rules_json, *prices_json, *benefit_json;
  gint64 created_at, updated_at;
  /* Parsed from the JSON by wuyou_product_parse; not fields. */
  WuyouProductRules rules;
  GArray *prices; /* WuyouPrice */
} WuyouProduct;

extern const WuyouRecordType wuyou_product_type;

WuyouProduct *wuyou_product_new (void);
void wuyou_product_free (WuyouProduct *product);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouProduct, wuyou_product_free)

gboolean wuyou_product_parse (WuyouProduct *product, GError **error); /* CORRUPT when the JSON is not right */
gboolean wuyou_product_is_on_sale (const WuyouProduct *product, WuyouDate day);
/* The wholesale prices left out for those who may not see them. Owned. */
char *wuyou_product_dup_prices_json (const WuyouProduct *product, gboolean with_wholesale);

G_END_DECLS
