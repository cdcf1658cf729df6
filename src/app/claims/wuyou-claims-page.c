/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claims-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-id.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-claim-choose.h"
#include "claims/wuyou-claim-detail.h"
#include "claims/wuyou-claim-form.h"
#include "claims/wuyou-claim-list.h"
#include "claims/wuyou-claim-notice.h"
#include "claims/wuyou-claim-text.h"
#include "wuyou-record-finding.h"

#define ON_CONTRACT "contract:"

struct _WuyouClaimsPage {
  WuyouRecordPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WuyouClaimsPage, wuyou_claims_page, WUYOU_TYPE_RECORD_PAGE)

static const WuyouRecordPageKind claims_kind = {
  .event = "claim",
  .object = WUYOU_OBJECT_CLAIM,
  .draft = &wuyou_claim_draft_kind,
  .title = N_ ("Claims"),
  .create = N_ ("Report a Loss"),
  .create_tooltip = N_ ("Report a loss (Ctrl+N)"),
  .share = 0.5,
};

static WuyouAppContext *
get_context (WuyouRecordPage *page)
{
  return wuyou_page_get_context (WUYOU_PAGE (page));
}

static GtkWidget *
wuyou_claims_page_create_list (WuyouRecordPage *page)
{
  return wuyou_claim_list_new (get_context (page));
}

static WuyouRecordDetail *
wuyou_claims_page_create_detail (WuyouRecordPage *page)
{
  return wuyou_claim_detail_new (get_context (page));
}

static WuyouRecordForm *
wuyou_claims_page_create_form (WuyouRecordPage *page, const char *id, const char *basis)
{
  return wuyou_claim_form_new (get_context (page), id, basis);
}

static void
on_contract_chosen_cb (const char *contract_id, gpointer data)
{
  wuyou_record_page_open_form (data, NULL, contract_id, NULL);
}

static void
wuyou_claims_page_begin (WuyouRecordPage *page)
{
  wuyou_claim_choose_present (get_context (page), GTK_WIDGET (page), on_contract_chosen_cb, page);
}

/* What a person looks at is not announced to them. */
static void
wuyou_claims_page_shown (WuyouRecordPage *page)
{
  wuyou_claim_notice_set_shown (get_context (page), wuyou_record_page_get_shown (page));
}

/* Dealer operations come from a contract of a dealership that may no longer act; of which, the server knows. */
static gboolean
can_begin (WuyouRecordPage *page)
{
  guint32 roles = wuyou_session_get_roles (wuyou_app_context_get_session (get_context (page)));

  return wuyou_record_page_can_create (page) || (roles & WUYOU_ROLE_BIT (WUYOU_ROLE_OOPS)) != 0;
}

static void
wuyou_claims_page_open_record (WuyouPage *page, const char *record)
{
  WuyouRecordPage *self = WUYOU_RECORD_PAGE (page);
  const char *contract = g_str_has_prefix (record, ON_CONTRACT) ? record + strlen (ON_CONTRACT) : NULL;

  if (contract == NULL)
    WUYOU_PAGE_CLASS (wuyou_claims_page_parent_class)->open_record (page, record);
  else if (wuyou_id_is_valid (contract) && can_begin (self))
    wuyou_record_page_open_form (self, NULL, contract, NULL);
}

static void
wuyou_claims_page_left (WuyouPage *page)
{
  wuyou_claim_notice_set_shown (wuyou_page_get_context (page), NULL);
  WUYOU_PAGE_CLASS (wuyou_claims_page_parent_class)->left (page);
}

/* On the claim that is shown, wherever the focus is. */
static gboolean
act_on_claim (WuyouClaimDetail *detail, WuyouPageAct act)
{
  switch (act) {
  case WUYOU_PAGE_SAVE: /* without a form it is the review that is saved */
    return wuyou_claim_detail_save (detail);
  case WUYOU_PAGE_COMPARE:
    return wuyou_claim_detail_compare (detail);
  case WUYOU_PAGE_PANEL:
    return wuyou_claim_detail_switch_panel (detail);
  default:
    return FALSE;
  }
}

static gboolean
wuyou_claims_page_act (WuyouPage *page, WuyouPageAct act)
{
  WuyouRecordPage *self = WUYOU_RECORD_PAGE (page);
  WuyouClaimDetail *detail = WUYOU_CLAIM_DETAIL (wuyou_record_page_get_detail (self));

  if (wuyou_record_page_get_form (self) == NULL && wuyou_record_page_get_shown (self) != NULL
      && act_on_claim (detail, act))
    return TRUE;
  return WUYOU_PAGE_CLASS (wuyou_claims_page_parent_class)->act (page, act);
}

static void
wuyou_claims_page_class_init (WuyouClaimsPageClass *klass)
{
  WuyouPageClass *page_class = WUYOU_PAGE_CLASS (klass);
  WuyouRecordPageClass *record_class = WUYOU_RECORD_PAGE_CLASS (klass);

  page_class->open_record = wuyou_claims_page_open_record;
  page_class->left = wuyou_claims_page_left;
  page_class->act = wuyou_claims_page_act;
  record_class->kind = &claims_kind;
  record_class->create_list = wuyou_claims_page_create_list;
  record_class->create_detail = wuyou_claims_page_create_detail;
  record_class->create_form = wuyou_claims_page_create_form;
  record_class->begin = wuyou_claims_page_begin;
  record_class->shown = wuyou_claims_page_shown;
}

static void
wuyou_claims_page_init (WuyouClaimsPage *self)
{
}

static WuyouFinding *
read_finding (JsonObject *item)
{
  g_autoptr (WuyouClaim) claim = wuyou_claim_new ();
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (!wuyou_record_read_json (&wuyou_claim_type, claim, item, WUYOU_CODEC_MASKED_INPUT, NULL))
    return NULL;
  title = wuyou_claim_text_dup_number (claim);
  text = g_strdup_printf ("%s · %s", claim->contract_owner_name != NULL ? claim->contract_owner_name : "",
                          wuyou_claim_text_state (claim->state));
  return wuyou_finding_new (claim->id, title, text);
}

void
wuyou_claims_page_find_async (WuyouAppContext *context, const char *text, GTask *task)
{
  wuyou_record_finding_async (context, WUYOU_ROUTE_CLAIMS_LIST, text, read_finding, task);
}

static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (answer != NULL)
    g_task_return_int (task, CLAMP (wuyou_json_get_int (answer, "total"), 0, G_MAXINT));
  else
    g_task_return_error (task, error);
}

void
wuyou_claims_page_count_async (WuyouAppContext *context, GTask *task)
{
  const char *query[] = { "queue", "true", "limit", "1", NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIMS_LIST, .query = query };

  wuyou_client_call_async (wuyou_app_context_get_client (context), &call, g_task_get_cancellable (task), on_counted_cb,
                           g_object_ref (task));
}
