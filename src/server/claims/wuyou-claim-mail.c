/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-mail.h"

#include "accounts/wuyou-account.h"
#include "base/wuyou-error.h"

typedef struct {
  WuyouStore *store;
  const char *id;
  WuyouAccount *account;
} Reading;

/* One who is gone hears nothing. */
static gboolean
read_account (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reading *reading = data;
  GError *local = NULL;

  g_clear_pointer (&reading->account, wuyou_account_free);
  reading->account = wuyou_record_load (conn, reading->store, &wuyou_account_type, reading->id, NULL, NULL, &local);
  if (local != NULL && !g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
    g_propagate_error (error, local);
    return FALSE;
  }
  g_clear_error (&local);
  return TRUE;
}

static const char *
choose_reader (const WuyouClaimWrite *write)
{
  const WuyouClaim *claim = write->claim;

  switch (wuyou_claim_get_turn (claim)) {
  case WUYOU_TURN_CLERK:
  case WUYOU_TURN_NOBODY:
    return claim->created_by;
  case WUYOU_TURN_ASSESSOR:
    return claim->assessor_id;
  default:
    return NULL;
  }
}

static gboolean
make_mail (const WuyouClaimWrite *write,
           WuyouMailKind kind,
           const char *const *facts,
           WuyouMailDraft **ret_notice,
           GError **error)
{
  Reading reading = { .store = write->context->store, .id = choose_reader (write) };
  g_autoptr (WuyouAccount) account = NULL;

  *ret_notice = NULL;
  if (reading.id == NULL || write->claim->number == NULL || g_strcmp0 (reading.id, write->actor.account_id) == 0)
    return TRUE;
  if (!wuyou_db_read (write->context->db, read_account, &reading, error))
    return FALSE;
  account = reading.account;
  if (account != NULL && account->state == WUYOU_ACCOUNT_ACTIVE && account->email != NULL)
    *ret_notice = wuyou_mail_draft_new (write->context, write->request, kind, account->id, account->email, facts);
  return TRUE;
}

gboolean
wuyou_claim_mail_new (const WuyouClaimWrite *write, WuyouMailDraft **ret_notice, GError **error)
{
  const char *facts[] = { "number", write->claim->number, NULL };

  return make_mail (write, WUYOU_MAIL_CLAIM, facts, ret_notice, error);
}

gboolean
wuyou_claim_mail_new_due (const WuyouClaimWrite *write, WuyouMailDraft **ret_notice, GError **error)
{
  char due[11];
  const char *facts[] = { "number", write->claim->number, "due", due, NULL };

  wuyou_date_format (write->claim->due_on, due);
  return make_mail (write, WUYOU_MAIL_CLAIM_DUE, facts, ret_notice, error);
}
