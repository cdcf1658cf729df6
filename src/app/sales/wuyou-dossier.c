/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-dossier.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-document.h"

static void
free_copy (WuyouDossierCopy *copy)
{
  g_free (copy->actor);
  g_free (copy->reprint_reason);
  g_free (copy);
}

static void
free_paper (WuyouDossierPaper *paper)
{
  g_free (paper->kind);
  g_free (paper->content_sha256);
  g_ptr_array_unref (paper->copies);
  g_free (paper);
}

static gpointer
read_copy (JsonObject *object)
{
  WuyouDossierCopy *copy = g_new0 (WuyouDossierCopy, 1);
  const char *at = wuyou_json_get_string (object, "at");

  copy->copy_number = wuyou_json_get_int (object, "copy_number");
  copy->at = at != NULL ? wuyou_instant_parse (at) : 0;
  copy->actor = wuyou_dossier_dup_string (object, "actor");
  copy->reprint_reason = wuyou_dossier_dup_string (object, "reprint_reason");
  return copy;
}

static gpointer
read_paper (JsonObject *object)
{
  WuyouDossierPaper *paper = g_new0 (WuyouDossierPaper, 1);

  paper->kind = wuyou_dossier_dup_string (object, "kind");
  paper->revision = wuyou_json_get_int (object, "revision");
  paper->pages = wuyou_json_get_int (object, "pages");
  paper->content_sha256 = wuyou_dossier_dup_string (object, "content_sha256");
  paper->copies = wuyou_dossier_read_array (object, "copies", read_copy, (GDestroyNotify) free_copy);
  return paper;
}

static gpointer
read_document (JsonObject *object)
{
  WuyouDocument *document = wuyou_document_new ();

  if (wuyou_record_read_json (&wuyou_document_type, document, object, WUYOU_CODEC_MASKED_INPUT, NULL))
    return document;
  wuyou_document_free (document);
  return NULL;
}

static char *
dup_benefit (JsonObject *product)
{
  JsonNode *rule = product != NULL ? json_object_get_member (product, "cancellation") : NULL;
  g_autofree char *text = rule != NULL ? json_to_string (rule, FALSE) : NULL;

  return text != NULL ? g_strdup_printf ("{\"cancellation\":%s}", text) : NULL;
}

static void
read_product (WuyouDossier *self, JsonObject *product)
{
  const char *code = product != NULL ? wuyou_json_get_string (product, "code") : NULL;
  const char *label = product != NULL ? wuyou_json_get_string (product, "label") : NULL;

  self->product_name = wuyou_dossier_dup_string (product, "name");
  self->benefit_json = dup_benefit (product);
  if (code != NULL)
    self->product_label = g_strdup_printf ("%s · %s %s", self->product_name != NULL ? self->product_name : "", code,
                                           label != NULL ? label : "");
}

WuyouDossier *
wuyou_dossier_new (JsonObject *answer, const char *etag, GError **error)
{
  JsonObject *object = wuyou_json_get_object (answer, "contract");
  g_autoptr (WuyouDossier) self = g_new0 (WuyouDossier, 1);

  self->contract = wuyou_contract_new ();
  if (object == NULL
      || !wuyou_record_read_json (&wuyou_contract_type, self->contract, object, WUYOU_CODEC_MASKED_INPUT, NULL)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "not a contract");
    return NULL;
  }
  self->etag = etag != NULL ? g_strdup (etag) : g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", self->contract->version);
  self->org_name = wuyou_dossier_dup_string (wuyou_json_get_object (answer, "org"), "name");
  self->for_dealer = wuyou_json_get_boolean (answer, "for_dealer");
  read_product (self, wuyou_json_get_object (answer, "product"));
  self->documents = wuyou_dossier_read_array (answer, "documents", read_document, (GDestroyNotify) wuyou_document_free);
  self->actions = wuyou_dossier_read_actions (answer, &wuyou_contract_workflow, self->contract->state);
  self->timeline = wuyou_dossier_read_timeline (answer);
  self->papers = wuyou_dossier_read_array (answer, "papers", read_paper, (GDestroyNotify) free_paper);
  return g_steal_pointer (&self);
}

void
wuyou_dossier_free (WuyouDossier *self)
{
  g_clear_pointer (&self->contract, wuyou_contract_free);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_pointer (&self->timeline, g_ptr_array_unref);
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  g_free (self->etag);
  g_free (self->org_name);
  g_free (self->product_label);
  g_free (self->product_name);
  g_free (self->benefit_json);
  g_free (self);
}

void
wuyou_dossier_keep (WuyouLocal *local, JsonObject *answer)
{
  wuyou_dossier_keep_answer (local, &wuyou_contract_type, answer);
}

JsonObject *
wuyou_dossier_load_kept (WuyouLocal *local, const char *id)
{
  return wuyou_dossier_load_answer (local, &wuyou_contract_type, id);
}

const WuyouDossierAction *
wuyou_dossier_find_action (const WuyouDossier *self, const char *action)
{
  return wuyou_dossier_actions_find (self->actions, action);
}

const WuyouDossierAction *
wuyou_dossier_get_next (const WuyouDossier *self)
{
  return wuyou_dossier_actions_get_next (self->actions);
}

const WuyouDossierPaper *
wuyou_dossier_find_paper (const WuyouDossier *self, const char *kind)
{
  for (guint i = 0; i < self->papers->len; i++) {
    const WuyouDossierPaper *one = self->papers->pdata[i];

    if (g_strcmp0 (one->kind, kind) == 0)
      return one;
  }
  return NULL;
}

static gboolean
counts (const WuyouDossier *self, const WuyouDocument *document)
{
  if (document->state == WUYOU_DOCUMENT_SUPERSEDED || document->state == WUYOU_DOCUMENT_WITHDRAWN)
    return FALSE;
  return document->slot != WUYOU_SLOT_SIGNED_CONTRACT || document->revision == self->contract->revision;
}

const WuyouDocument *
wuyou_dossier_find_document (const WuyouDossier *self, int slot)
{
  for (guint i = 0; i < self->documents->len; i++) {
    const WuyouDocument *one = self->documents->pdata[i];

    if (one->slot == slot && counts (self, one))
      return one;
  }
  return NULL;
}
