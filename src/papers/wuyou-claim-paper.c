/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-claim-paper.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "wuyou-claim-pen.h"
#include "wuyou-paper-payload.h"
#include "wuyou-paper-press.h"

#define IN(state) (1u << WUYOU_CLAIM_##state)
#define ALL (~0u)
#define AFTER_APPROVAL (IN (APPROVED) | IN (SETTLING) | IN (CLOSED_PAID))
#define OF_NEW_CAR (IN (REPLACING) | IN (FINAL_SUBMITTED) | IN (FINAL_REVIEW) | IN (MORE_DOCS) | AFTER_APPROVAL)
#define LOSS WUYOU_PHASE_LOSS
#define REPLACEMENT WUYOU_PHASE_REPLACEMENT

/* clang-format off */
const WuyouClaimPaperKind wuyou_claim_paper_kinds[] = {
  { WUYOU_CLAIM_PAPER_FORM, "claim-form", "理赔申请书", N_("Claim form"), ALL, 0, FALSE },
  { WUYOU_CLAIM_PAPER_EVIDENCE, "evidence-list", "材料清单", N_("List of documents"), ALL & ~IN (DRAFT), 0, FALSE },
  { WUYOU_CLAIM_PAPER_REQUEST, "more-documents", "补充材料通知", N_("Request for more documents"), IN (MORE_DOCS), 0, TRUE },
  { WUYOU_CLAIM_PAPER_PRE_APPROVAL, "pre-approval", "预审通过通知", N_("Preliminary approval"), IN (PRE_APPROVED), 0, TRUE },
  { WUYOU_CLAIM_PAPER_PRE_REFUSAL, "pre-refusal", "预审不予补偿通知", N_("Preliminary refusal"), IN (PRE_REJECTED) | IN (CLOSED_UNPAID), LOSS, TRUE },
  { WUYOU_CLAIM_PAPER_APPROVAL, "approval", "核准通知", N_("Approval"), IN (APPROVED), 0, TRUE },
  { WUYOU_CLAIM_PAPER_REFUSAL, "refusal", "不予补偿通知", N_("Refusal"), IN (REJECTED) | IN (CLOSED_UNPAID), REPLACEMENT, TRUE },
  { WUYOU_CLAIM_PAPER_SETTLEMENT, "settlement", "为什么是这个金额", N_("Why this amount"), IN (FINAL_REVIEW) | AFTER_APPROVAL, REPLACEMENT, FALSE },
  { WUYOU_CLAIM_PAPER_HAND_OVER, "hand-over", "交车记录", N_("Hand-over record"), OF_NEW_CAR, REPLACEMENT, FALSE },
  { 0, NULL, NULL, NULL, 0, 0, FALSE },
};
/* clang-format on */

const WuyouClaimPaperKind *
wuyou_claim_paper_find (const char *kind)
{
  for (const WuyouClaimPaperKind *row = wuyou_claim_paper_kinds; row->kind != NULL; row++)
    if (g_strcmp0 (row->kind, kind) == 0)
      return row;
  return NULL;
}

gboolean
wuyou_claim_paper_is_open (const WuyouClaimPaperKind *kind, const WuyouClaim *claim)
{
  return (kind->states & (1u << claim->state)) != 0 && (kind->phase == 0 || kind->phase == claim->phase)
         && (kind->id != WUYOU_CLAIM_PAPER_SETTLEMENT || claim->settlement_json != NULL);
}

const WuyouClaimPaperKind *
wuyou_claim_paper_get_letter (const WuyouClaim *claim)
{
  for (const WuyouClaimPaperKind *row = wuyou_claim_paper_kinds; row->kind != NULL; row++)
    if (row->letter && wuyou_claim_paper_is_open (row, claim))
      return row;
  return NULL;
}

static gboolean
write_paper (const WuyouClaimPaperKind *kind, Pen *pen, GError **error)
{
  static gboolean (*const writers[]) (Pen * pen, GError * *error) = {
    [WUYOU_CLAIM_PAPER_FORM] = _wuyou_claim_form_write,
    [WUYOU_CLAIM_PAPER_EVIDENCE] = _wuyou_claim_evidence_write,
    [WUYOU_CLAIM_PAPER_REQUEST] = _wuyou_claim_request_write,
    [WUYOU_CLAIM_PAPER_PRE_APPROVAL] = _wuyou_claim_pre_approval_write,
    [WUYOU_CLAIM_PAPER_PRE_REFUSAL] = _wuyou_claim_refusal_write,
    [WUYOU_CLAIM_PAPER_APPROVAL] = _wuyou_claim_approval_write,
    [WUYOU_CLAIM_PAPER_REFUSAL] = _wuyou_claim_refusal_write,
    [WUYOU_CLAIM_PAPER_SETTLEMENT] = _wuyou_claim_settlement_write,
    [WUYOU_CLAIM_PAPER_HAND_OVER] = _wuyou_claim_hand_over_write,
  };
  const WuyouClaim *claim = pen->claim;
  g_autofree char *day = wuyou_date_format_long (wuyou_date_of_instant (pen->data->issued_at));
  g_autofree char *subtitle = g_strconcat ("案件编号 ", claim->number != NULL ? claim->number : "报案后生成",
                                           " · 服务合同 ", pen->contract->number != NULL ? pen->contract->number : "—",
                                           pen->data->issued_at == 0 ? NULL
                                           : kind->letter            ? "\n出具日期 "
                                                                     : "\n截至 ",
                                           day, NULL);

  _wuyou_pen_title (pen, kind->title, subtitle);
  return writers[kind->id](pen, error);
}

static gboolean
check_printable (const WuyouClaimPaperKind *kind,
                 const WuyouClaimPaperData *data,
                 WuyouContractPaperVariant variant,
                 GError **error)
{
  const char *refusal = NULL;

  if (!wuyou_claim_paper_is_open (kind, data->claim))
    refusal = N_ ("The claim has no such paper in its present state.");
  else if (data->claim->number == NULL && variant != WUYOU_CONTRACT_PAPER_DRAFT)
    refusal = N_ ("A claim has papers once the loss is reported. Print a draft until then.");
  if (refusal != NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, refusal);
  return refusal == NULL;
}

char *
wuyou_claim_paper_hash (const WuyouClaimPaperKind *kind, const WuyouClaimPaperData *data, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Pen pen = { .data = data, .claim = data->claim, .contract = data->contract, .checksum = checksum };
  g_autofree char *head = g_strdup_printf ("wuyou-claim-paper %s layout %d version %" G_GINT64_FORMAT "\n", kind->kind,
                                           WUYOU_PAPER_LAYOUT_VERSION, data->claim->version);

  if (!check_printable (kind, data, WUYOU_CONTRACT_PAPER_LEGAL, error))
    return NULL;
  g_checksum_update (checksum, (const guchar *) head, -1);
  return write_paper (kind, &pen, error) ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

char *
wuyou_claim_paper_dup_title (const WuyouClaimPaperKind *kind, const WuyouClaimPaperData *data)
{
  return data->claim->number != NULL ? g_strdup_printf ("%s %s", kind->title, data->claim->number)
                                     : g_strdup (kind->title);
}

static const char *
get_notice (const WuyouClaimPaperKind *kind, const WuyouClaim *claim, WuyouContractPaperVariant variant)
{
  if (variant == WUYOU_CONTRACT_PAPER_DRAFT)
    return "草稿 报案后生效";
  if (variant == WUYOU_CONTRACT_PAPER_INTERNAL)
    return "内部留存 · 个人信息已遮盖";
  if (kind->id == WUYOU_CLAIM_PAPER_SETTLEMENT && claim->state == WUYOU_CLAIM_FINAL_REVIEW)
    return "复核中 · 金额尚未核准";
  return NULL;
}

static WuyouSheet *
new_sheet (const WuyouClaimPaperKind *kind,
           const WuyouClaimPaperData *data,
           WuyouContractPaperVariant variant,
           const char *hash)
{
  static const char *const watermarks[] = { "草稿", NULL, "内部留存" };
  const WuyouClaim *claim = data->claim;
  g_autofree char *code = hash != NULL ? wuyou_paper_short_code (hash) : NULL;
  g_autofree char *number = claim->number != NULL
                                ? g_strdup_printf ("案件编号 %s · 合同编号 %s", claim->number,
                                                   data->contract->number != NULL ? data->contract->number : "—")
                                : NULL;
  g_autofree char *stamp = code != NULL
                               ? g_strdup_printf ("第 %" G_GINT64_FORMAT " 版 · 内容摘要 %s", claim->version, code)
                               : g_strdup ("草稿");
  const WuyouPaperRunning running = {
    .title = kind->title,
    .number = number,
    .stamp = stamp,
    .notice = get_notice (kind, claim, variant),
    .watermark = watermarks[variant],
    .qr = variant == WUYOU_CONTRACT_PAPER_LEGAL ? data->payload : NULL,
  };

  return wuyou_sheet_new (&running);
}

WuyouPaper *
wuyou_claim_paper_new (const WuyouClaimPaperKind *kind,
                       const WuyouClaimPaperData *data,
                       WuyouContractPaperVariant variant,
                       GError **error)
{
  gboolean draft = variant == WUYOU_CONTRACT_PAPER_DRAFT;
  g_autofree char *hash = NULL;
  g_autoptr (WuyouSheet) sheet = NULL;
  Pen pen = { .data = data, .claim = data->claim, .contract = data->contract };

  if (!check_printable (kind, data, variant, error))
    return NULL;
  if (!draft && (hash = wuyou_claim_paper_hash (kind, data, error)) == NULL)
    return NULL;
  sheet = new_sheet (kind, data, variant, hash);
  pen.sheet = sheet;
  pen.masked = variant == WUYOU_CONTRACT_PAPER_INTERNAL;
  return write_paper (kind, &pen, error) ? wuyou_sheet_lay_out (sheet, error) : NULL;
}

typedef struct {
  const WuyouClaimPaperKind *kind;
  const WuyouClaimPaperData *data;
  WuyouContractPaperVariant variant;
  guint pages;
} Rendering;

static GBytes *
render (gpointer data, GError **error)
{
  Rendering *r = data;
  g_autoptr (WuyouPaper) paper = wuyou_claim_paper_new (r->kind, r->data, r->variant, error);
  g_autofree char *title = wuyou_claim_paper_dup_title (r->kind, r->data);
  const WuyouPaperMetadata metadata
      = { .title = title, .author = r->data->operator.name, .created_at = r->data->issued_at };

  if (paper == NULL)
    return NULL;
  r->pages = wuyou_paper_get_n_pages (paper);
  return wuyou_paper_to_pdf (paper, &metadata, error);
}

GBytes *
wuyou_claim_paper_print (const WuyouClaimPaperKind *kind,
                         const WuyouClaimPaperData *data,
                         WuyouContractPaperVariant variant,
                         guint *ret_pages,
                         GError **error)
{
  Rendering rendering = { .kind = kind, .data = data, .variant = variant };
  GBytes *pdf = wuyou_paper_press_run (render, &rendering, error);

  if (ret_pages != NULL)
    *ret_pages = rendering.pages;
  return pdf;
}
