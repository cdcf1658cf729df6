/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-review.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "base/wuyou-route.h"
#include "base/wuyou-text.h"
#include "widgets/wuyou-value-rows.h"

#define N_CHECKS 4

static const struct {
  const char *name;  /* on the wire */
  const char *field; /* of the claim */
  const char *hint;  /* N_(), with the clause it rests on */
} checks[N_CHECKS] = {
  { "contract", "check_contract",
    N_ ("In force on the day of the loss, this car and this owner (definitions, duties of the owner)") },
  { "insurance", "check_insurance",
    N_ ("Commercial and compulsory policy valid, and the insurer settled a total loss") },
  { "cause", "check_cause", N_ ("Report, certificates and pictures tell the same story") },
  { "exclusions", "check_exclusions", N_ ("None of the exclusions of this product, listed below") },
};

typedef struct {
  GtkToggleButton *met, *not_met;
  AdwEntryRow *note;
} Row;

struct _WuyouClaimReview {
  AdwBin parent_instance;
  Row rows[N_CHECKS];
  AdwPreferencesGroup *group;
  GtkBox *box;
  GtkWidget *exclusions; /* of the product; made anew */
  GtkWidget *save_line;
  GtkLabel *people;
  char *claim_id;
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

static void
on_changed_cb (WuyouClaimReview *self)
{
  if (!self->setting)
    set_dirty (self, TRUE);
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

gboolean
wuyou_claim_review_save (WuyouClaimReview *self)
{
  g_autoptr (GString) out = NULL;

  if (!self->dirty || !self->editable)
    return FALSE;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  for (guint i = 0; i < N_CHECKS; i++)
    write_check (self, i, out);
  wuyou_json_end_object (out);
  g_signal_emit (self, signals[WRITE], 0, WUYOU_ROUTE_CLAIM_CHECKS, NULL, out->str);
  return TRUE;
}

void
wuyou_claim_review_set_saved (WuyouClaimReview *self)
{
  set_dirty (self, FALSE);
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

/* As the product words them, each with its clause. */
static void
show_exclusions (WuyouClaimReview *self, const WuyouClaimDossier *dossier)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_expander_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", _ ("Exclusions of this product"), NULL);
  for (const WuyouEnum *one = wuyou_exclusions; dossier->benefit_json != NULL && one->id != NULL; one++) {
    g_autofree char *title = NULL;
    g_autofree char *clause = NULL;
    GtkWidget *line;

    wuyou_exclusion_read (dossier->benefit_json, one->value, &title, &clause);
    if (title == NULL)
      continue;
    line = adw_action_row_new ();
    g_object_set (line, "use-markup", FALSE, "title", title, "subtitle", clause != NULL ? clause : "", NULL);
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

  if (other || !self->dirty || !editable)
    show_values (self, claim);
  if (other || self->version != claim->version || self->exclusions == NULL)
    show_exclusions (self, dossier);
  g_free (self->claim_id);
  self->claim_id = g_strdup (claim->id);
  self->version = claim->version;
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
    if (focus == GTK_WIDGET (self->rows[i].met) || focus == GTK_WIDGET (self->rows[i].not_met))
      return (int) i;
  return -1;
}

/* Not while a note is written: then they are letters. */
static gboolean
on_key_pressed_cb (WuyouClaimReview *self, guint keyval, guint keycode, GdkModifierType state)
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
  row->note = ADW_ENTRY_ROW (adw_entry_row_new ());
  g_object_set (row->note, "use-markup", FALSE, "title", _ ("Note"), NULL);
  g_signal_connect_object (row->note, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (row->note));
}

static void
wuyou_claim_review_finalize (GObject *object)
{
  g_free (WUYOU_CLAIM_REVIEW (object)->claim_id);
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
wuyou_claim_review_new (void)
{
  return g_object_new (WUYOU_TYPE_CLAIM_REVIEW, NULL);
}
