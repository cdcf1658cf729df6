/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-review.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "base/wuyou-route.h"
#include "base/wuyou-text.h"
#include "drafts/wuyou-kept-text.h"
#include "widgets/wuyou-row-layout.h"
#include "widgets/wuyou-value-rows.h"

#define N_CHECKS 4
#define MOST_GROUNDS 5

static const struct {
  const char *name;  /* on the wire */
  const char *field; /* of the claim */
  const char *hint;  /* N_() */
  /* What speaks against it, as the product words it. The last one is about all of the others. */
  int grounds[MOST_GROUNDS];
} checks[N_CHECKS] = {
  { "contract",
    "check_contract",
    N_ ("In force on the day of the loss, this car and this owner (definitions, duties of the owner)"),
    { WUYOU_EXCLUSION_IDENTITY_MISMATCH, WUYOU_EXCLUSION_BEFORE_EFFECTIVE, WUYOU_EXCLUSION_TRANSFERRED,
      WUYOU_EXCLUSION_FILED_LATE } },
  { "insurance",
    "check_insurance",
    N_ ("Commercial and compulsory policy valid, and the insurer settled a total loss"),
    { WUYOU_EXCLUSION_NO_MOTOR_COVER, WUYOU_EXCLUSION_PARTIAL_LOSS } },
  { "cause",
    "check_cause",
    N_ ("Report, certificates and pictures tell the same story"),
    { WUYOU_EXCLUSION_INTENT_OR_FRAUD } },
  { "exclusions", "check_exclusions", N_ ("None of the exclusions of this product, listed below"), { 0 } },
};

typedef struct {
  AdwActionRow *line;
  GtkToggleButton *met, *not_met;
  AdwEntryRow *note;
  AdwExpanderRow *clauses;
  GPtrArray *lines; /* below it, made anew with the claim */
} Row;

struct _WuyouClaimReview {
  AdwBin parent_instance;
  WuyouAppContext *context;
  Row rows[N_CHECKS];
  AdwPreferencesGroup *group;
  GtkBox *box;
  GtkWidget *exclusions; /* of the product; made anew */
  GtkWidget *save_line;
  GtkLabel *people;
  char *claim_id;
  char *kept; /* name of what was answered here and not saved */
  gint64 version;
  gboolean setting, dirty, editable;
};

enum { WRITE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouClaimReview, wuyou_claim_review, ADW_TYPE_BIN)

static void
set_dirty (WuyouClaimReview *self, gboolean dirty)
{
  self->dirty = dirty;
  gtk_widget_set_sensitive (self->save_line, dirty && self->editable);
}

static int
get_value (const Row *row)
{
  if (gtk_toggle_button_get_active (row->met))
    return WUYOU_CHECK_MET;
  return gtk_toggle_button_get_active (row->not_met) ? WUYOU_CHECK_NOT_MET : 0;
}

static void
write_check (WuyouClaimReview *self, guint i, GString *out)
{
  const Row *row = &self->rows[i];
  g_autofree char *note = wuyou_text_normalise (gtk_editable_get_text (GTK_EDITABLE (row->note)));

  wuyou_json_begin_object (out, checks[i].name);
  wuyou_json_add_string (out, "value", wuyou_enum_id (wuyou_checks, get_value (row)));
  wuyou_json_add_string (out, "note", *note != '\0' ? note : NULL);
  wuyou_json_end_object (out);
}

static char *
dup_body (WuyouClaimReview *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  for (guint i = 0; i < N_CHECKS; i++)
    write_check (self, i, out);
  wuyou_json_end_object (out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
on_changed_cb (WuyouClaimReview *self)
{
  g_autofree char *body = NULL;

  if (self->setting)
    return;
  set_dirty (self, TRUE);
  body = dup_body (self);
  if (self->kept != NULL)
    wuyou_kept_text_save (self->context, self->kept, self->claim_id, body);
}

gboolean
wuyou_claim_review_save (WuyouClaimReview *self)
{
  g_autofree char *body = NULL;

  if (!self->dirty || !self->editable)
    return FALSE;
  body = dup_body (self);
  g_signal_emit (self, signals[WRITE], 0, WUYOU_ROUTE_CLAIM_CHECKS, NULL, body);
  return TRUE;
}

void
wuyou_claim_review_set_narrow (WuyouClaimReview *self, gboolean narrow)
{
  for (guint i = 0; i < N_CHECKS; i++)
    wuyou_row_set_stacked (self->rows[i].line, narrow);
}

void
wuyou_claim_review_set_saved (WuyouClaimReview *self)
{
  set_dirty (self, FALSE);
  if (self->kept != NULL)
    wuyou_kept_text_save (self->context, self->kept, self->claim_id, NULL);
}

static void
on_save_cb (WuyouClaimReview *self)
{
  wuyou_claim_review_save (self);
}

static void
set_value (Row *row, int value)
{
  gtk_toggle_button_set_active (row->met, value == WUYOU_CHECK_MET);
  gtk_toggle_button_set_active (row->not_met, value == WUYOU_CHECK_NOT_MET);
}

static void
show_values (WuyouClaimReview *self, const WuyouClaim *claim)
{
  const char *json = claim->check_notes_json != NULL ? claim->check_notes_json : "{}";
  g_autoptr (JsonObject) notes = wuyou_json_parse_object (json, strlen (json), NULL);

  self->setting = TRUE;
  for (guint i = 0; i < N_CHECKS; i++) {
    const WuyouField *field = wuyou_record_type_find (&wuyou_claim_type, checks[i].field);
    const char *note = notes != NULL ? wuyou_json_get_string (notes, checks[i].field) : NULL;

    set_value (&self->rows[i], (int) wuyou_field_get_int (field, claim));
    gtk_editable_set_text (GTK_EDITABLE (self->rows[i].note), note != NULL ? note : "");
  }
  self->setting = FALSE;
  set_dirty (self, FALSE);
}

/* Of this round: a request for documents clears what was answered before it. */
static void
name_kept (WuyouClaimReview *self, const WuyouClaim *claim)
{
  g_free (self->kept);
  self->kept = g_strdup_printf ("checks:%d:%" G_GINT64_FORMAT, claim->phase, claim->requests);
}

static void
restore_check (WuyouClaimReview *self, guint i, JsonObject *answer)
{
  const char *note = wuyou_json_get_string (answer, "note");
  const WuyouEnum *value = wuyou_enum_find (wuyou_checks, wuyou_json_get_string (answer, "value"));

  set_value (&self->rows[i], value != NULL ? value->value : 0);
  gtk_editable_set_text (GTK_EDITABLE (self->rows[i].note), note != NULL ? note : "");
}

/* Another claim was looked at between two answers, or the program ended: what was not saved waited for the way back. */
static void
restore_answers (WuyouClaimReview *self)
{
  g_autofree char *text = wuyou_kept_text_dup (self->context, self->kept, self->claim_id);
  g_autoptr (JsonObject) kept = text != NULL ? wuyou_json_parse_object (text, strlen (text), NULL) : NULL;

  if (kept == NULL)
    return;
  self->setting = TRUE;
  for (guint i = 0; i < N_CHECKS; i++) {
    JsonObject *answer = wuyou_json_get_object (kept, checks[i].name);

    if (answer != NULL)
      restore_check (self, i, answer);
  }
  self->setting = FALSE;
  set_dirty (self, TRUE);
}

static void
show_editable (WuyouClaimReview *self, gboolean editable)
{
  self->editable = editable;
  for (guint i = 0; i < N_CHECKS; i++) {
    gtk_widget_set_sensitive (GTK_WIDGET (self->rows[i].met), editable);
    gtk_widget_set_sensitive (GTK_WIDGET (self->rows[i].not_met), editable);
    gtk_editable_set_editable (GTK_EDITABLE (self->rows[i].note), editable);
    gtk_widget_set_visible (GTK_WIDGET (self->rows[i].note),
                            editable || *gtk_editable_get_text (GTK_EDITABLE (self->rows[i].note)) != '\0');
  }
  gtk_widget_set_visible (self->save_line, editable);
  adw_preferences_group_set_description (
      self->group, editable ? _ ("Keys 1 to 4 choose a check, Y and N answer it, Ctrl+S saves.") : NULL);
}

/* As the product words it, with its clause and the words of that; NULL where it says nothing. */
static GtkWidget *
build_exclusion (const WuyouClaimDossier *dossier, int exclusion)
{
  const char *words = wuyou_claim_dossier_get_clause (dossier, exclusion);
  g_autofree char *title = NULL;
  g_autofree char *clause = NULL;
  g_autofree char *head = NULL;
  GtkWidget *line;

  wuyou_exclusion_read (dossier->benefit_json, exclusion, &title, &clause);
  if (title == NULL)
    return NULL;
  head = clause != NULL ? g_strdup_printf ("%s · %s", clause, title) : g_strdup (title);
  line = adw_action_row_new ();
  g_object_set (line, "use-markup", FALSE, "title", head, "subtitle", words != NULL ? words : "", NULL);
  return line;
}

static void
append_ground (Row *row, const WuyouClaimDossier *dossier, int exclusion, GString *text)
{
  GtkWidget *line = build_exclusion (dossier, exclusion);

  if (line == NULL)
    return;
  adw_expander_row_add_row (row->clauses, line);
  g_ptr_array_add (row->lines, line);
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                          adw_preferences_row_get_title (ADW_PREFERENCES_ROW (line)));
}

/* Beside each check the clauses of this product that speak against it; their words below them. */
static void
show_clauses (WuyouClaimReview *self, const WuyouClaimDossier *dossier)
{
  for (guint i = 0; i < N_CHECKS; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    Row *row = &self->rows[i];

    for (guint j = 0; j < row->lines->len; j++)
      adw_expander_row_remove (row->clauses, row->lines->pdata[j]);
    g_ptr_array_set_size (row->lines, 0);
    for (guint j = 0; dossier->benefit_json != NULL && j < MOST_GROUNDS && checks[i].grounds[j] != 0; j++)
      append_ground (row, dossier, checks[i].grounds[j], text);
    adw_expander_row_set_subtitle (row->clauses, text->str);
    gtk_widget_set_visible (GTK_WIDGET (row->clauses), text->len > 0);
  }
}

/* As the product words them, each with its clause. */
static void
show_exclusions (WuyouClaimReview *self, const WuyouClaimDossier *dossier)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_expander_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", _ ("Exclusions of this product"), NULL);
  for (const WuyouEnum *one = wuyou_exclusions; dossier->benefit_json != NULL && one->id != NULL; one++) {
    GtkWidget *line = build_exclusion (dossier, one->value);

    if (line != NULL)
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
  }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  if (self->exclusions != NULL)
    gtk_box_remove (self->box, self->exclusions);
  self->exclusions = group;
  gtk_box_append (self->box, group);
}

static void
show_people (WuyouClaimReview *self, const WuyouClaimDossier *dossier)
{
  const char *assessor = wuyou_claim_dossier_get_person (dossier, dossier->claim->assessor_id);
  const char *approver = wuyou_claim_dossier_get_person (dossier, dossier->claim->approver_id);
  g_autoptr (GString) text = g_string_new (NULL);

  if (*assessor != '\0')
    g_string_append_printf (text, _ ("Assessed by %s."), assessor);
  if (*approver != '\0')
    g_string_append_printf (text, _ (" Decided by %s."), approver);
  if (dossier->claim->exclusion != 0)
    g_string_append_printf (text, " %s.", _ (wuyou_enum_label (wuyou_exclusions, dossier->claim->exclusion)));
  if (dossier->claim->decision_reason != NULL)
    g_string_append_printf (text, " %s", dossier->claim->decision_reason);
  gtk_label_set_text (self->people, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->people), text->len > 0);
}

void
wuyou_claim_review_set (WuyouClaimReview *self, const WuyouClaimDossier *dossier, gboolean editable)
{
  const WuyouClaim *claim = dossier->claim;
  gboolean other = g_strcmp0 (self->claim_id, claim->id) != 0;
  gboolean begins = editable && (other || !self->editable);

  if (other || !self->dirty || !editable)
    show_values (self, claim);
  if (other || self->version != claim->version || self->exclusions == NULL) {
    show_exclusions (self, dossier);
    show_clauses (self, dossier);
  }
  g_free (self->claim_id);
  self->claim_id = g_strdup (claim->id);
  self->version = claim->version;
  name_kept (self, claim);
  if (begins)
    restore_answers (self);
  show_people (self, dossier);
  show_editable (self, editable);
  set_dirty (self, self->dirty);
}

static int
find_focused (WuyouClaimReview *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus != NULL && i < N_CHECKS; i++)
    if (focus == GTK_WIDGET (self->rows[i].met) || focus == GTK_WIDGET (self->rows[i].not_met)
        || (GTK_IS_LIST_BOX_ROW (focus) && gtk_widget_is_ancestor (GTK_WIDGET (self->rows[i].met), focus)))
      return (int) i;
  return -1;
}

/* Not while a note is written: then they are letters. */
gboolean
wuyou_claim_review_press (WuyouClaimReview *self, guint keyval, GdkModifierType state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int at = find_focused (self);

  if (!self->editable || (state & gtk_accelerator_get_default_mod_mask ()) != 0
      || GTK_IS_TEXT (gtk_root_get_focus (root)))
    return GDK_EVENT_PROPAGATE;
  if (keyval >= GDK_KEY_1 && keyval < GDK_KEY_1 + N_CHECKS) {
    gtk_widget_grab_focus (GTK_WIDGET (self->rows[keyval - GDK_KEY_1].met));
    return GDK_EVENT_STOP;
  }
  if (at < 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_y || keyval == GDK_KEY_Y)
    set_value (&self->rows[at], WUYOU_CHECK_MET);
  else if (keyval == GDK_KEY_n || keyval == GDK_KEY_N)
    set_value (&self->rows[at], WUYOU_CHECK_NOT_MET);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
on_key_pressed_cb (WuyouClaimReview *self, guint keyval, guint keycode, GdkModifierType state)
{
  return wuyou_claim_review_press (self, keyval, state);
}

void
wuyou_claim_review_focus (WuyouClaimReview *self)
{
  for (guint i = 0; i < N_CHECKS; i++)
    if (get_value (&self->rows[i]) == 0 || i + 1 == N_CHECKS) {
      gtk_widget_grab_focus (GTK_WIDGET (self->rows[i].met));
      return;
    }
}

gboolean
wuyou_claim_review_has_focus (WuyouClaimReview *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

static GtkToggleButton *
add_answer (WuyouClaimReview *self, GtkWidget *box, guint i, int value)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_claim_type, checks[i].field);
  const char *label = _ (wuyou_enum_label (wuyou_checks, value));
  GtkWidget *button = gtk_toggle_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s: %s", _ (field->label), label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return GTK_TOGGLE_BUTTON (button);
}

/* One of two, or none yet. */
static void
on_one_toggled_cb (GtkToggleButton *button, GtkToggleButton *other)
{
  if (gtk_toggle_button_get_active (button))
    gtk_toggle_button_set_active (other, FALSE);
}

static void
add_check (WuyouClaimReview *self, AdwPreferencesGroup *group, guint i)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_claim_type, checks[i].field);
  g_autofree char *title = g_strdup_printf ("%u · %s", i + 1, _ (field->label));
  AdwActionRow *line = wuyou_value_group_add_text (group, title, _ (checks[i].hint));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  Row *row = &self->rows[i];

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  row->met = add_answer (self, box, i, WUYOU_CHECK_MET);
  row->not_met = add_answer (self, box, i, WUYOU_CHECK_NOT_MET);
  g_signal_connect_object (row->met, "toggled", G_CALLBACK (on_one_toggled_cb), row->not_met, 0);
  g_signal_connect_object (row->not_met, "toggled", G_CALLBACK (on_one_toggled_cb), row->met, 0);
  adw_action_row_add_suffix (line, box);
  row->line = line;
  row->clauses = ADW_EXPANDER_ROW (adw_expander_row_new ());
  row->lines = g_ptr_array_new ();
  g_object_set (row->clauses, "use-markup", FALSE, "title", _ ("Clauses about it"), "visible", FALSE, NULL);
  adw_preferences_group_add (group, GTK_WIDGET (row->clauses));
  row->note = ADW_ENTRY_ROW (adw_entry_row_new ());
  g_object_set (row->note, "use-markup", FALSE, "title", _ ("Note"), NULL);
  g_signal_connect_object (row->note, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (row->note));
}

static void
wuyou_claim_review_finalize (GObject *object)
{
  WuyouClaimReview *self = WUYOU_CLAIM_REVIEW (object);

  for (guint i = 0; i < N_CHECKS; i++)
    g_ptr_array_unref (self->rows[i].lines);
  g_clear_object (&self->context);
  g_free (self->claim_id);
  g_free (self->kept);
  G_OBJECT_CLASS (wuyou_claim_review_parent_class)->finalize (object);
}

static void
wuyou_claim_review_class_init (WuyouClaimReviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_claim_review_finalize;
  signals[WRITE] = g_signal_new ("write", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_STRING, G_TYPE_STRING);
}

static void
wuyou_claim_review_init (WuyouClaimReview *self)
{
  AdwPreferencesGroup *group = wuyou_value_group_new (_ ("Review"));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->people = GTK_LABEL (gtk_label_new (NULL));
  g_object_set (self->people, "wrap", TRUE, "xalign", 0.0f, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  self->group = group;
  for (guint i = 0; i < N_CHECKS; i++)
    add_check (self, group, i);
  self->save_line = gtk_button_new_with_mnemonic (_ ("_Save the Checks"));
  gtk_widget_set_halign (self->save_line, GTK_ALIGN_START);
  g_signal_connect_object (self->save_line, "clicked", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (group));
  gtk_box_append (self->box, self->save_line);
  gtk_box_append (self->box, GTK_WIDGET (self->people));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
wuyou_claim_review_new (WuyouAppContext *context)
{
  WuyouClaimReview *self = g_object_new (WUYOU_TYPE_CLAIM_REVIEW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
