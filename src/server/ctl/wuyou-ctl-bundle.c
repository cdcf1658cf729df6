/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "ctl/wuyou-ctl-bundle.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "wuyou-audit-store.h"
#include "wuyou-consent-store.h"

typedef struct {
  const char *audience, *id, *account_id;
  const WuyouBundle *bundle;
  WuyouBundle *previous;
  GPtrArray *retired; /* char *: ids of versions before the previous one */
  gint64 now;
} Work;

static void
add_ids (GPtrArray *ids, const WuyouBundle *bundle)
{
  for (guint i = 0; i < bundle->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);

    for (guint j = 0; j < document->clauses->len; j++)
      g_ptr_array_add (ids, g_strdup (wuyou_agreement_get_clause (document, j)->id));
  }
}

static const char *
find_newest (GPtrArray *infos)
{
  const WuyouBundleInfo *newest = NULL;

  for (guint i = 0; i < infos->len; i++) {
    const WuyouBundleInfo *info = infos->pdata[i];

    if (info->published_at != 0 && info->withdrawn_at == 0
        && (newest == NULL || info->effective_on > newest->effective_on))
      newest = info;
  }
  return newest != NULL ? newest->id : NULL;
}

/* The newest published version that stands, and the clause ids of all others, which may not come back. */
static gboolean
read_versions (WuyouDbConn *conn, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) infos = wuyou_bundle_list (conn, work->audience, error);
  const char *newest = infos != NULL ? find_newest (infos) : NULL;

  g_clear_pointer (&work->previous, wuyou_bundle_unref);
  g_ptr_array_set_size (work->retired, 0);
  for (guint i = 0; infos != NULL && i < infos->len; i++) {
    const WuyouBundleInfo *info = infos->pdata[i];
    g_autoptr (WuyouBundle) bundle = wuyou_bundle_load (conn, info->id, error);

    if (bundle == NULL)
      return FALSE;
    if (g_strcmp0 (info->id, newest) == 0)
      work->previous = g_steal_pointer (&bundle);
    else
      add_ids (work->retired, bundle);
  }
  return infos != NULL;
}

/* P-11: nobody is shown one day and bound by another unawares. */
static gboolean
check_dates (const WuyouBundle *bundle, const WuyouBundleSource *source, GError **error)
{
  WuyouDate binding = source->effective_on != WUYOU_DATE_NONE ? source->effective_on : bundle->effective_on;
  const WuyouAgreement *other = source->keep_dates ? NULL : wuyou_bundle_find_other_date (bundle, binding);
  char said[11], meant[11];

  if (other == NULL)
    return TRUE;
  wuyou_date_format (other->effective_on, said);
  wuyou_date_format (binding, meant);
  wuyou_error_take_violation (
      error, g_error_new (
                 WUYOU_ERROR, WUYOU_ERROR_INVALID,
                 _ ("“%s” says that it is in force from %s, but --effective is %s. Correct the text, or keep its words "
                    "with --keep-dates: what binds and is shown is the day of --effective."),
                 other->title, said, meant));
  return FALSE;
}

static gboolean
read_files (WuyouBundle *bundle, const WuyouBundleSource *source, GError **error)
{
  for (guint i = 0; i < source->files->len; i++)
    if (!wuyou_agreement_import (bundle, source->files->pdata[i], error))
      return FALSE;
  return wuyou_bundle_check_complete (bundle, error) && check_dates (bundle, source, error);
}

static void
replace_text (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

/* A document that names no version is of the bundle's. */
static void
name_documents (WuyouBundle *bundle, const WuyouIdSource *ids)
{
  for (guint i = 0; i < bundle->documents->len; i++) {
    WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);

    g_free (document->id);
    document->id = wuyou_id_new (ids);
    if (document->version_label == NULL)
      document->version_label = g_strdup (bundle->version_label);
  }
}

static void
name_bundle (WuyouBundle *bundle, const WuyouBundleSource *source, const Work *work, const WuyouIdSource *ids)
{
  bundle->id = wuyou_id_new (ids);
  wuyou_bundle_set_effective (bundle,
                              source->effective_on != WUYOU_DATE_NONE ? source->effective_on : bundle->effective_on);
  replace_text (&bundle->audience, source->audience);
  replace_text (&bundle->change_summary, source->summary);
  replace_text (&bundle->previous_id, work->previous != NULL ? work->previous->id : NULL);
  if (source->label != NULL || bundle->version_label == NULL)
    replace_text (&bundle->version_label, source->label != NULL ? source->label : "1");
  name_documents (bundle, ids);
  if (bundle->language == NULL)
    bundle->language = g_strdup ("zh-CN");
  bundle->material = work->previous == NULL || source->material;
}

/* One id that cannot be read again would shut out the whole audience, and every later import for it. */
static gboolean
check_clause_ids (const WuyouBundle *bundle, GError **error)
{
  const WuyouClause *clause = wuyou_bundle_find_unusable_clause (bundle);
  g_autofree char *label = clause != NULL ? wuyou_clause_dup_label (clause) : NULL;
  g_autofree char *start = label != NULL ? g_utf8_substring (label, 0, MIN (g_utf8_strlen (label, -1), 100)) : NULL;

  if (clause == NULL)
    return TRUE;
  wuyou_error_take_violation (
      error, g_error_new (WUYOU_ERROR, WUYOU_ERROR_INVALID,
                          _ ("The clause “%s” has too long a number. Number it with fewer levels."), start));
  return FALSE;
}

WuyouBundle *
wuyou_ctl_bundle_new (WuyouStore *store,
                      const WuyouBundleSource *source,
                      const WuyouIdSource *ids,
                      WuyouProposal **ret_proposal,
                      GError **error)
{
  g_autoptr (WuyouBundle) bundle = wuyou_bundle_new ();
  g_autoptr (GPtrArray) retired = g_ptr_array_new_with_free_func (g_free);
  Work work = { .audience = source->audience, .retired = retired };

  if (!read_files (bundle, source, error) || !wuyou_db_read (wuyou_store_get_db (store), read_versions, &work, error)) {
    g_clear_pointer (&work.previous, wuyou_bundle_unref);
    return NULL;
  }
  *ret_proposal = wuyou_agreement_propose (bundle, work.previous, retired);
  name_bundle (bundle, source, &work, ids);
  g_clear_pointer (&work.previous, wuyou_bundle_unref);
  return check_clause_ids (bundle, error) ? g_steal_pointer (&bundle) : NULL;
}

/* --- the proposal for the person who confirms --- */

static const char *
get_basis (const WuyouProposalRow *row)
{
  switch (row->basis) {
  case WUYOU_PROPOSAL_SAME:
    return _ ("same words");
  case WUYOU_PROPOSAL_SIMILAR:
    return _ ("similar");
  case WUYOU_PROPOSAL_NUMBER:
    return _ ("same number, other words: please look");
  case WUYOU_PROPOSAL_PERSON:
    return _ ("set by hand");
  case WUYOU_PROPOSAL_NEW:
  default:
    return _ ("new");
  }
}

static void
append_row (GString *out, const WuyouProposalRow *row)
{
  const WuyouClause *clause = wuyou_agreement_get_clause (row->document, row->clause);
  g_autofree char *label = wuyou_clause_dup_label (clause);
  g_autofree char *start = g_utf8_substring (label, 0, MIN (g_utf8_strlen (label, -1), 24));

  g_string_append_printf (out, "%-10s %3u %%  %s  %s\n", clause->id, row->percent, get_basis (row),
                          g_strdelimit (start, "\n", ' '));
}

char *
wuyou_ctl_proposal_dup_text (const WuyouProposal *proposal)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < proposal->rows->len; i++)
    append_row (out, &g_array_index (proposal->rows, WuyouProposalRow, i));
  for (guint i = 0; i < proposal->removed->len; i++)
    g_string_append_printf (out, "%-10s %s\n", (const char *) proposal->removed->pdata[i], _ ("ends here"));
  return g_string_free (out, FALSE);
}

/* --- writing --- */

static gboolean
insert_audit (WuyouDbConn *conn, const Work *work, const char *action, const char *id, GError **error)
{
  const WuyouActor actor = { .account_id = work->account_id, .purpose = "SETUP", .at = work->now };
  const WuyouAuditEntry entry = { .action = action, .object = "agreement", .object_id = id, .outcome = "OK" };

  return wuyou_audit_insert (conn, &actor, &entry, error);
}

static gboolean
insert_bundle (WuyouDbConn *conn, gpointer data, GError **error)
{
  Work *work = data;

  return wuyou_bundle_insert (conn, work->bundle, work->account_id, work->now, error)
         && insert_audit (conn, work, "import", work->bundle->id, error);
}

gboolean
wuyou_ctl_bundle_save (WuyouStore *store,
                       const WuyouBundle *bundle,
                       const char *imported_by,
                       gint64 now,
                       GError **error)
{
  Work work = { .bundle = bundle, .account_id = imported_by, .now = now };

  return wuyou_db_write (wuyou_store_get_db (store), insert_bundle, &work, error);
}

static gboolean
approve_bundle (WuyouDbConn *conn, gpointer data, GError **error)
{
  Work *work = data;

  return wuyou_bundle_approve (conn, work->id, work->account_id, work->now, error)
         && insert_audit (conn, work, "approve", work->id, error);
}

gboolean
wuyou_ctl_bundle_publish (WuyouStore *store, const char *id, const char *by, gint64 now, GError **error)
{
  Work work = { .id = id, .account_id = by, .now = now };

  return wuyou_db_write (wuyou_store_get_db (store), approve_bundle, &work, error);
}

static gboolean
withdraw_bundle (WuyouDbConn *conn, gpointer data, GError **error)
{
  Work *work = data;

  return wuyou_bundle_withdraw (conn, work->id, work->account_id, work->now, error)
         && insert_audit (conn, work, "withdraw", work->id, error);
}

gboolean
wuyou_ctl_bundle_withdraw (WuyouStore *store, const char *id, const char *by, gint64 now, GError **error)
{
  Work work = { .id = id, .account_id = by, .now = now };

  return wuyou_db_write (wuyou_store_get_db (store), withdraw_bundle, &work, error);
}
