/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-facts-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "widgets/wuyou-field-row.h"

#define DAY_LENGTH 11

struct _WuyouEvidenceFactsForm {
  GtkWidget parent_instance;
  GtkWidget *group;     /* NULL: this paper says nothing that is compared */
  GPtrArray *rows;      /* WuyouFieldRow, borrowed from the group */
  WuyouFieldRow *first; /* that was empty when it was shown, or NULL */
  gboolean dirty;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEvidenceFactsForm, wuyou_evidence_facts_form, GTK_TYPE_WIDGET)

/* What contract or claim say of it, as the server shows it to this account. */
static char *
dup_reference (const WuyouEvidenceFolder *folder, const WuyouField *fact)
{
  const WuyouField *of_claim = wuyou_record_type_find (&wuyou_claim_type, fact->name);
  const WuyouField *of_contract = wuyou_record_type_find (&wuyou_contract_type, fact->name);
  g_autofree char *text = NULL;

  if (g_str_equal (fact->name, "loss_on") && folder->claim->loss_at != 0) {
    text = g_malloc (DAY_LENGTH);
    wuyou_date_format (wuyou_date_of_instant (folder->claim->loss_at), text);
  } else if (of_claim != NULL && wuyou_field_is_set (of_claim, folder->claim))
    text = wuyou_field_dup_display (of_claim, folder->claim);
  if (text != NULL && *text != '\0')
    return g_strdup_printf (_ ("Report of the loss: %s"), text);
  if (of_contract == NULL || !wuyou_field_is_set (of_contract, folder->contract))
    return NULL;
  g_free (text);
  text = wuyou_field_dup_display (of_contract, folder->contract);
  return g_strdup_printf (_ ("Contract: %s"), text);
}

static void
on_row_changed_cb (WuyouEvidenceFactsForm *self)
{
  self->dirty = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_notes (WuyouFieldRow *row, const WuyouEvidenceFolder *folder, const WuyouEvidence *evidence)
{
  const WuyouField *fact = wuyou_field_row_get_field (row);
  const WuyouEvidenceConflict *conflict = wuyou_evidence_folder_find_conflict (folder, fact->name, evidence->slot);
  g_autofree char *sentence = conflict != NULL ? wuyou_evidence_conflict_dup_sentence (folder, conflict) : NULL;
  g_autofree char *reference = dup_reference (folder, fact);

  if (sentence != NULL)
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_CAUTION, sentence);
  else if (reference != NULL)
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_HINT, reference);
}

/* A masked value stays unless something is typed; what is not personal stands in its row. */
static void
show_value (WuyouFieldRow *row, const WuyouField *fact, const char *text)
{
  gboolean kept = wuyou_field_is_text (fact) && *text != '\0';

  if (kept)
    wuyou_field_row_set_kept (row, text);
  wuyou_field_row_set_text (row, kept ? "" : text);
}

static void
append_entry (WuyouEvidenceFactsForm *self,
              const WuyouEvidenceFolder *folder,
              const WuyouEvidence *evidence,
              const WuyouField *fact)
{
  WuyouFieldRow *row = wuyou_field_row_new (fact, NULL);
  g_autofree char *text = wuyou_field_dup_display (fact, evidence);

  show_value (row, fact, text);
  if (*text == '\0' && self->first == NULL)
    self->first = row;
  show_notes (row, folder, evidence);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed_cb), self, G_CONNECT_SWAPPED);
  wuyou_field_row_add_to (row, ADW_PREFERENCES_GROUP (self->group));
  g_ptr_array_add (self->rows, row);
}

static void
append_value (WuyouEvidenceFactsForm *self,
              const WuyouEvidenceFolder *folder,
              const WuyouEvidence *evidence,
              const WuyouField *fact)
{
  const WuyouEvidenceConflict *conflict = wuyou_evidence_folder_find_conflict (folder, fact->name, evidence->slot);
  g_autofree char *beside
      = conflict != NULL ? wuyou_evidence_conflict_dup_sentence (folder, conflict) : dup_reference (folder, fact);
  g_autofree char *text = wuyou_field_dup_display (fact, evidence);
  g_autofree char *title = g_strdup_printf (_ ("%s: %s"), _ (fact->label), *text != '\0' ? text : _ ("not typed"));
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", beside != NULL ? beside : "", "title-lines", 0,
                "subtitle-lines", 0, NULL);
  if (conflict != NULL) {
    GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

    gtk_widget_add_css_class (mark, "warning");
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
}

void
wuyou_evidence_facts_form_show (WuyouEvidenceFactsForm *self,
                                const WuyouEvidenceFolder *folder,
                                const WuyouEvidence *evidence,
                                gboolean editable)
{
  const char *const *facts = wuyou_evidence_facts_of_slot (evidence->slot);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  self->dirty = FALSE;
  self->first = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), facts[0] != NULL);
  if (facts[0] == NULL)
    return;
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _ ("What it says"));
  for (guint i = 0; facts[i] != NULL; i++) {
    const WuyouField *fact = wuyou_record_type_find (&wuyou_evidence_type, facts[i]);

    if (editable)
      append_entry (self, folder, evidence, fact);
    else
      append_value (self, folder, evidence, fact);
  }
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
}

gboolean
wuyou_evidence_facts_form_is_dirty (WuyouEvidenceFactsForm *self)
{
  return self->dirty;
}

void
wuyou_evidence_facts_form_focus (WuyouEvidenceFactsForm *self)
{
  if (self->first != NULL)
    wuyou_field_row_focus (self->first);
  else if (self->rows->len > 0)
    wuyou_field_row_focus (self->rows->pdata[0]);
}

static gboolean
read_row (WuyouFieldRow *row, WuyouEvidence *typed, GError **error)
{
  const WuyouField *fact = wuyou_field_row_get_field (row);
  const char *text = wuyou_field_row_get_text (row);

  if (wuyou_field_is_text (fact) && *text == '\0') /* nothing typed over it */
    return TRUE;
  return wuyou_field_parse_display (fact, typed, text, error)
         && (!wuyou_field_is_set (fact, typed) || wuyou_field_check (fact, typed, error));
}

gboolean
wuyou_evidence_facts_form_read (WuyouEvidenceFactsForm *self, WuyouEvidence *typed)
{
  for (guint i = 0; i < self->rows->len; i++) {
    WuyouFieldRow *row = self->rows->pdata[i];
    g_autoptr (GError) error = NULL;

    if (read_row (row, typed, &error))
      continue;
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
    wuyou_field_row_focus (row);
    return FALSE;
  }
  return TRUE;
}

void
wuyou_evidence_facts_form_drop_wrong (WuyouEvidenceFactsForm *self, const WuyouEvidence *evidence)
{
  for (guint i = 0; i < self->rows->len; i++) {
    WuyouFieldRow *row = self->rows->pdata[i];
    const WuyouField *fact = wuyou_field_row_get_field (row);
    g_autoptr (WuyouEvidence) tried = wuyou_evidence_new ();
    g_autofree char *before = wuyou_field_dup_display (fact, evidence);

    if (!read_row (row, tried, NULL))
      show_value (row, fact, before);
  }
}

static void
wuyou_evidence_facts_form_dispose (GObject *object)
{
  WuyouEvidenceFactsForm *self = WUYOU_EVIDENCE_FACTS_FORM (object);

  self->first = NULL;
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  G_OBJECT_CLASS (wuyou_evidence_facts_form_parent_class)->dispose (object);
}

static void
wuyou_evidence_facts_form_finalize (GObject *object)
{
  g_ptr_array_unref (WUYOU_EVIDENCE_FACTS_FORM (object)->rows);
  G_OBJECT_CLASS (wuyou_evidence_facts_form_parent_class)->finalize (object);
}

static void
wuyou_evidence_facts_form_class_init (WuyouEvidenceFactsFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wuyou_evidence_facts_form_dispose;
  object_class->finalize = wuyou_evidence_facts_form_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wuyou_evidence_facts_form_init (WuyouEvidenceFactsForm *self)
{
  self->rows = g_ptr_array_new ();
}

GtkWidget *
wuyou_evidence_facts_form_new (void)
{
  return g_object_new (WUYOU_TYPE_EVIDENCE_FACTS_FORM, NULL);
}
