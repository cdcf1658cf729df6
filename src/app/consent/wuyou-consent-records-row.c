/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-records-row.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-agreement-window.h"
#include "consent/wuyou-consent.h"
#include "widgets/wuyou-expander.h"

struct _WuyouConsentRecordsRow {
  AdwExpanderRow parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (WuyouConsentRecordsRow, wuyou_consent_records_row, ADW_TYPE_EXPANDER_ROW)

static WuyouClient *
get_client (WuyouConsentRecordsRow *self)
{
  return wuyou_app_context_get_client (self->context);
}

/* --- the text of one record --- */

typedef struct {
  WuyouConsentRecordsRow *row;
  char *hash;   /* of what was decided on */
  char *footer; /* who decided and when, for the copy */
} Fetching;

static void
fetching_free (Fetching *fetching)
{
  g_object_unref (fetching->row);
  g_free (fetching->hash);
  g_free (fetching->footer);
  g_free (fetching);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetching, fetching_free)

/* The very text of the record, or none (P-03). */
static WuyouBundle *
read_bundle (JsonObject *body, const char *hash, GError **error)
{
  JsonObject *object = wuyou_json_get_object (body, "bundle");
  g_autoptr (WuyouBundle) bundle = object != NULL ? wuyou_bundle_read_json (object, error) : NULL;
  g_autofree char *is = bundle != NULL ? wuyou_bundle_dup_hash (bundle) : NULL;

  if (bundle != NULL && g_strcmp0 (is, hash) == 0)
    return g_steal_pointer (&bundle);
  g_clear_error (error);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "not the text of the record");
  return NULL;
}

static void
on_bundle_got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Fetching) fetching = data;
  WuyouConsentRecordsRow *self = fetching->row;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  g_autoptr (WuyouBundle) bundle = body != NULL ? read_bundle (body, fetching->hash, &error) : NULL;

  if (self->context == NULL)
    return;
  if (bundle == NULL)
    wuyou_app_context_toast_error (self->context, error);
  else
    wuyou_agreement_window_present (self->context, GTK_WIDGET (self), bundle, fetching->footer);
}

static void
on_record_activated_cb (WuyouConsentRecordsRow *self, GtkWidget *row)
{
  Fetching *fetching = g_new0 (Fetching, 1);
  const char *args[] = { g_object_get_data (G_OBJECT (row), "bundle"), NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CONSENT_TEXT, .args = args, .deadline = 60 };

  fetching->row = g_object_ref (self);
  fetching->hash = g_strdup (g_object_get_data (G_OBJECT (row), "hash"));
  fetching->footer = g_strdup (g_object_get_data (G_OBJECT (row), "footer"));
  wuyou_client_call_async (get_client (self), &call, self->cancellable, on_bundle_got_cb, fetching);
}

/* --- the list --- */

static void
add_row (WuyouConsentRecordsRow *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (WuyouConsentRecordsRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_sentence (WuyouConsentRecordsRow *self, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", text, NULL);
  add_row (self, row);
}

static const char *
label_of (const WuyouEnum *values, JsonObject *record, const char *member)
{
  const char *id = wuyou_json_get_string (record, member);
  const WuyouEnum *row = id != NULL ? wuyou_enum_find (values, id) : NULL;

  return row != NULL ? _ (row->label) : "";
}

static char *
describe_documents (JsonObject *record)
{
  JsonArray *documents = wuyou_json_get_array (record, "documents");
  GString *text = g_string_new (label_of (wuyou_capacities, record, "capacity"));
  const char *organisation = wuyou_json_get_string (record, "organisation_name");

  if (organisation != NULL && g_strcmp0 (wuyou_json_get_string (record, "capacity"), "ORG_REPRESENTATIVE") == 0)
    g_string_append_printf (text, " · %s", organisation);
  for (guint i = 0; documents != NULL && i < json_array_get_length (documents); i++) {
    JsonObject *document = wuyou_json_array_get_object (documents, i);
    const char *title = document != NULL ? wuyou_json_get_string (document, "title") : NULL;
    const char *version = document != NULL ? wuyou_json_get_string (document, "version") : NULL;

    if (title != NULL)
      g_string_append_printf (text, "\n%s %s", title, version != NULL ? version : "");
  }
  return g_string_free (text, FALSE);
}

/* Paper speaks Chinese. */
static char *
write_footer (WuyouConsentRecordsRow *self, const char *when, gboolean accepted)
{
  const char *name = wuyou_session_get_name (wuyou_app_context_get_session (self->context));

  return g_strdup_printf ("%s 于 %s %s", name != NULL ? name : "", when, accepted ? "同意" : "不同意");
}

static void
set_data (GtkWidget *row, const char *name, const char *value)
{
  g_object_set_data_full (G_OBJECT (row), name, g_strdup (value), g_free);
}

static void
make_openable (WuyouConsentRecordsRow *self, GtkWidget *row, JsonObject *record, const char *when)
{
  gboolean accepted = g_strcmp0 (wuyou_json_get_string (record, "decision"), "ACCEPTED") == 0;
  g_autofree char *footer = write_footer (self, when, accepted);

  set_data (row, "bundle", wuyou_json_get_string (record, "bundle_id"));
  set_data (row, "hash", wuyou_json_get_string (record, "bundle_hash"));
  set_data (row, "footer", footer);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _ ("Read the text and save a copy"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_record_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
add_record (WuyouConsentRecordsRow *self, JsonObject *record)
{
  GtkWidget *row = adw_action_row_new ();
  gint64 at = wuyou_instant_parse (wuyou_json_get_string (record, "received_at"));
  g_autofree char *when = at != 0 ? wuyou_instant_format_local (at) : g_strdup ("");
  g_autofree char *title = g_strdup_printf ("%s · %s", label_of (wuyou_decisions, record, "decision"), when);
  g_autofree char *text = describe_documents (record);

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", text, NULL);
  make_openable (self, row, record, when);
  add_row (self, row);
}

static void
on_records_got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouConsentRecordsRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  JsonArray *items = body != NULL ? wuyou_json_get_array (body, "items") : NULL;

  if (self->context == NULL)
    return;
  clear_rows (self);
  if (body == NULL)
    add_sentence (self, wuyou_error_sentence (error));
  else if (items == NULL || json_array_get_length (items) == 0)
    add_sentence (self, _ ("Nothing was agreed to yet"));
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonObject *record = wuyou_json_array_get_object (items, i);

    if (record != NULL)
      add_record (self, record);
  }
}

static void
on_expanded_cb (WuyouConsentRecordsRow *self)
{
  WuyouCall call = { .route = WUYOU_ROUTE_CONSENT_RECORDS };

  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) || self->context == NULL)
    return;
  wuyou_client_call_async (get_client (self), &call, self->cancellable, on_records_got_cb, g_object_ref (self));
}

GtkWidget *
wuyou_consent_records_row_new (WuyouAppContext *context)
{
  WuyouConsentRecordsRow *self = g_object_new (WUYOU_TYPE_CONSENT_RECORDS_ROW, NULL);

  self->context = g_object_ref (context);
  wuyou_expander_set_title (ADW_EXPANDER_ROW (self), _ ("Agreements"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _ ("What you agreed to and when, with a copy to keep"));
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded_cb), NULL);
  return GTK_WIDGET (self);
}

static void
wuyou_consent_records_row_dispose (GObject *object)
{
  WuyouConsentRecordsRow *self = WUYOU_CONSENT_RECORDS_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_consent_records_row_parent_class)->dispose (object);
}

static void
wuyou_consent_records_row_finalize (GObject *object)
{
  WuyouConsentRecordsRow *self = WUYOU_CONSENT_RECORDS_ROW (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wuyou_consent_records_row_parent_class)->finalize (object);
}

static void
wuyou_consent_records_row_class_init (WuyouConsentRecordsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_consent_records_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_consent_records_row_finalize;
}

static void
wuyou_consent_records_row_init (WuyouConsentRecordsRow *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
}
