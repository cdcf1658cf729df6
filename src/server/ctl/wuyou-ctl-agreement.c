/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "accounts/wuyou-account.h"
#include "base/wuyou-error.h"
#include "wuyou-consent-store.h"
#include "ctl/wuyou-ctl-bundle.h"
#include "ctl/wuyou-ctl-records.h"
#include "ctl/wuyou-ctl-store.h"

static const char *const audiences[] = { "DEALER", "INSURER", "OPERATOR", NULL };

/* The person named with --by, who must be allowed to. Owned. */
static WuyouAccount *
find_person (const WuyouCtl *ctl, WuyouStore *store, guint verb, GError **error)
{
  g_autoptr (WuyouAccount) account = wuyou_ctl_find_account (store, wuyou_ctl_get (ctl, "by"), error);

  if (account == NULL)
    return NULL;
  if (account->state == WUYOU_ACCOUNT_ACTIVE
      && wuyou_permission_check (wuyou_account_get_roles (account), WUYOU_OBJECT_AGREEMENT, verb))
    return g_steal_pointer (&account);
  wuyou_ctl_fail (error, _ ("%s has no permission for that."), account->email);
  return NULL;
}

static gboolean
read_files (const WuyouCtl *ctl, GPtrArray *files, GError **error)
{
  for (guint i = 0; i < ctl->args->len; i++) {
    char *text = NULL;
    gsize length = 0;

    if (!g_file_get_contents (wuyou_ctl_arg (ctl, i), &text, &length, error))
      return FALSE;
    g_ptr_array_add (files, g_bytes_new_take (text, length));
  }
  return TRUE;
}

static gboolean
read_source (const WuyouCtl *ctl, WuyouBundleSource *source, GError **error)
{
  source->effective_on = wuyou_date_parse (wuyou_ctl_get (ctl, "effective"));
  source->audience = wuyou_ctl_get (ctl, "audience");
  source->label = wuyou_ctl_get (ctl, "label");
  source->summary = wuyou_ctl_get (ctl, "summary");
  source->material = !wuyou_ctl_has (ctl, "not-material");
  source->keep_dates = wuyou_ctl_has (ctl, "keep-dates");
  if (source->effective_on == WUYOU_DATE_NONE)
    return wuyou_ctl_usage (error, _ ("--effective takes a date such as 2026-12-01."));
  if (!g_strv_contains (audiences, source->audience))
    return wuyou_ctl_usage (error, _ ("--audience is DEALER, INSURER or OPERATOR."));
  return read_files (ctl, source->files, error);
}

gboolean
wuyou_ctl_agreement_import (WuyouCtl *ctl, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  WuyouBundleSource source = { .files = files };
  const WuyouIdSource ids = { .clock = ctl->clock };
  g_autoptr (WuyouStore) store = NULL;
  g_autoptr (WuyouAccount) person = NULL;
  g_autoptr (WuyouProposal) proposal = NULL;
  g_autoptr (WuyouBundle) bundle = NULL;
  g_autofree char *text = NULL;

  if (!read_source (ctl, &source, error) || (store = wuyou_ctl_open (ctl, error)) == NULL
      || (person = find_person (ctl, store, WUYOU_VERB_CREATE, error)) == NULL
      || (bundle = wuyou_ctl_bundle_new (store, &source, &ids, &proposal, error)) == NULL)
    return FALSE;
  text = wuyou_ctl_proposal_dup_text (proposal);
  g_print ("%s", text);
  if (!wuyou_ctl_confirm (ctl, _ ("Are these the right clauses?")))
    return wuyou_ctl_fail (error, _ ("Nothing was written. Confirm with --yes once you have read the proposal."));
  if (!wuyou_ctl_bundle_save (store, bundle, person->id, wuyou_clock_now (ctl->clock), error))
    return FALSE;
  g_print (_ ("Imported as %s. Another person publishes it:\n  wuyouctl … agreement approve %s --by ACCOUNT\n"),
           bundle->id, bundle->id);
  return TRUE;
}

typedef gboolean (*Step) (WuyouStore *store, const char *id, const char *by, gint64 now, GError **error);

/* A step for a second person: one alone neither publishes nor takes back. */
static gboolean
take_step (WuyouCtl *ctl, Step step, const char *same_person, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_ctl_open (ctl, error);
  g_autoptr (WuyouAccount) person = store != NULL ? find_person (ctl, store, WUYOU_VERB_APPROVE, error) : NULL;
  g_autoptr (GError) local = NULL;

  if (person == NULL)
    return FALSE;
  if (step (store, wuyou_ctl_arg (ctl, 0), person->id, wuyou_clock_now (ctl->clock), &local))
    return TRUE;
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_FORBIDDEN))
    return wuyou_ctl_fail (error, "%s", same_person);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
wuyou_ctl_agreement_approve (WuyouCtl *ctl, GError **error)
{
  if (!take_step (ctl, wuyou_ctl_bundle_publish, _ ("Who imports does not approve: another person must do it."), error))
    return FALSE;
  g_print (_ ("Published %s.\n"), wuyou_ctl_arg (ctl, 0));
  return TRUE;
}

gboolean
wuyou_ctl_agreement_withdraw (WuyouCtl *ctl, GError **error)
{
  if (!take_step (ctl, wuyou_ctl_bundle_withdraw, _ ("Who imports does not withdraw: another person must do it."),
                  error))
    return FALSE;
  g_print (_ ("Withdrawn: %s.\n"), wuyou_ctl_arg (ctl, 0));
  return TRUE;
}

static gboolean
read_list (WuyouDbConn *conn, gpointer data, GError **error)
{
  GPtrArray **infos = data;

  g_clear_pointer (infos, g_ptr_array_unref);
  *infos = wuyou_bundle_list (conn, NULL, error);
  return *infos != NULL;
}

gboolean
wuyou_ctl_agreement_list (WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_ctl_open (ctl, error);
  g_autoptr (GPtrArray) infos = NULL;

  if (store == NULL || !wuyou_db_read (wuyou_store_get_db (store), read_list, &infos, error))
    return FALSE;
  for (guint i = 0; i < infos->len; i++) {
    const WuyouBundleInfo *info = infos->pdata[i];
    const char *state = info->withdrawn_at != 0   ? _ ("withdrawn")
                        : info->published_at != 0 ? _ ("published")
                                                  : _ ("not approved");
    char date[11];

    wuyou_date_format (info->effective_on, date);
    g_print ("%s\t%s\t%s\t%s\t%s\n", info->id, info->audience, date, info->version_label, state);
  }
  return TRUE;
}
