/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-evidence-view-private.h"

/* The evidence view's sections and the places of documents in them. */

static char *
dup_place_key (const char *slot, int phase)
{
  return g_strdup_printf ("%s %d", slot, phase);
}

GtkLabel *
_wuyou_evidence_view_append_title (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  g_object_set (label, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

/* An insurer reads its own determination only. */
static gboolean
may_read (WuyouEvidenceView *self)
{
  WuyouSession *session = wuyou_app_context_get_session (self->context);

  return !wuyou_roles_are_insurer (wuyou_session_get_roles (session))
         && wuyou_session_can (session, WUYOU_OBJECT_CLAIM_DOCUMENT, WUYOU_VERB_READ);
}

static guint
count_wanted (WuyouEvidenceView *self, int phase)
{
  guint count = 0;

  for (guint i = 0; i < self->folder->places->len; i++) {
    const WuyouEvidencePlace *place = self->folder->places->pdata[i];
    const WuyouEvidence *file = NULL;
    g_autofree char *facts = NULL;

    if (place->row->phase != phase || place->refusal != NULL)
      continue;
    facts = wuyou_evidence_folder_dup_wanted (self->folder, place, &file);
    count += facts != NULL;
  }
  return count;
}

/* What is there, and to who enters it also what they say. */
static char *
dup_count (WuyouEvidenceView *self, int phase, guint *ret_required)
{
  guint filled, n_wanted = _wuyou_evidence_view_may_add (self) ? count_wanted (self, phase) : 0;
  g_autofree char *there = NULL;
  g_autofree char *wanted = NULL;

  *ret_required = wuyou_evidence_folder_count (self->folder, phase, &filled);
  there = g_strdup_printf (_ ("%u of %u required documents are there"), filled, *ret_required);
  if (n_wanted == 0)
    return g_steal_pointer (&there);
  wanted = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "what %u of them says is not entered yet",
                                         "what %u of them say is not entered yet", n_wanted),
                            n_wanted);
  return g_strdup_printf ("%s · %s", there, wanted);
}

static GtkWidget *
append_section (WuyouEvidenceView *self, int phase)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  guint required;
  g_autofree char *count = dup_count (self, phase, &required);

  _wuyou_evidence_view_append_title (section, _ (wuyou_enum_label (wuyou_claim_phases, phase)), "heading");
  g_object_set_data (G_OBJECT (section), "count", _wuyou_evidence_view_append_title (section, count, "caption"));
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (section), "count"), may_read (self));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "wuyou-slots");
  gtk_box_append (GTK_BOX (section), card);
  g_object_set_data (G_OBJECT (section), "phase", GINT_TO_POINTER (phase));
  gtk_box_append (GTK_BOX (self->phases), section);
  return card;
}

static void
append_place (WuyouEvidenceView *self, GtkWidget *card, const WuyouEvidencePlace *place)
{
  GtkWidget *slot = wuyou_evidence_slot_new (place->row->slot, place->row->phase);
  char *key = dup_place_key (place->row->slot, place->row->phase);
  g_autoptr (GMenuModel) menu = _wuyou_evidence_view_build_capture_menu (self, key);

  wuyou_evidence_slot_set_menu (WUYOU_EVIDENCE_SLOT (slot), menu);

  if (gtk_widget_get_first_child (card) != NULL)
    gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (card), slot);
  _wuyou_evidence_view_accept_drops (self, slot, key);
  g_hash_table_insert (self->slots, key, slot);
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* The new car's papers stand here from the day there is one to choose. */
static gboolean
has_begun (const WuyouEvidenceFolder *folder, int phase)
{
  static const int states[]
      = { WUYOU_CLAIM_PRE_APPROVED, WUYOU_CLAIM_REPLACING, WUYOU_CLAIM_FINAL_SUBMITTED, WUYOU_CLAIM_FINAL_REVIEW,
          WUYOU_CLAIM_APPROVED,     WUYOU_CLAIM_SETTLING,  WUYOU_CLAIM_CLOSED_PAID };

  if (folder->claim->phase >= phase)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (folder->claim->state == states[i])
      return TRUE;
  for (guint i = 0; i < folder->evidence->len; i++)
    if (((const WuyouEvidence *) folder->evidence->pdata[i])->phase == phase)
      return TRUE;
  return FALSE;
}

/* To who may not read the papers only those stand here that they bring. */
static gboolean
is_shown (WuyouEvidenceView *self, const WuyouEvidencePlace *place)
{
  return has_begun (self->folder, place->row->phase)
         && (place->refusal == NULL || place->state != WUYOU_SLOT_MISSING || may_read (self));
}

static void
build_places (WuyouEvidenceView *self)
{
  static const int phases[] = { WUYOU_PHASE_LOSS, WUYOU_PHASE_REPLACEMENT };

  g_hash_table_remove_all (self->slots);
  g_hash_table_remove_all (self->tiles);
  clear_box (self->phases);
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++) {
    GtkWidget *card = NULL;

    for (guint j = 0; j < self->folder->places->len; j++) {
      const WuyouEvidencePlace *place = self->folder->places->pdata[j];

      if (place->row->phase != phases[i] || !is_shown (self, place))
        continue;
      if (card == NULL)
        card = append_section (self, phases[i]);
      append_place (self, card, place);
    }
  }
}

static char *
dup_outline (WuyouEvidenceView *self)
{
  GString *outline = g_string_new (self->folder->claim_id);

  for (guint i = 0; i < self->folder->places->len; i++) {
    const WuyouEvidencePlace *place = self->folder->places->pdata[i];

    if (is_shown (self, place))
      g_string_append_printf (outline, "|%s %d", place->row->slot, place->row->phase);
  }
  return g_string_free (outline, FALSE);
}

static void
update_counts (WuyouEvidenceView *self)
{
  for (GtkWidget *section = gtk_widget_get_first_child (self->phases); section != NULL;
       section = gtk_widget_get_next_sibling (section)) {
    int phase = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (section), "phase"));
    guint required;
    g_autofree char *count = dup_count (self, phase, &required);

    gtk_label_set_text (g_object_get_data (G_OBJECT (section), "count"), count);
    gtk_widget_set_visible (g_object_get_data (G_OBJECT (section), "count"), required > 0);
  }
}

static void
update_places (WuyouEvidenceView *self)
{
  for (guint i = 0; i < self->folder->places->len; i++) {
    const WuyouEvidencePlace *place = self->folder->places->pdata[i];
    g_autofree char *key = dup_place_key (place->row->slot, place->row->phase);
    WuyouEvidenceSlot *slot = g_hash_table_lookup (self->slots, key);

    if (slot != NULL)
      wuyou_evidence_slot_show (slot, self->folder, place, _wuyou_evidence_view_may_add (self));
  }
  update_counts (self);
}

/* Built anew only when there are others. */
void
_wuyou_evidence_view_show_places (WuyouEvidenceView *self)
{
  g_autofree char *outline = dup_outline (self);

  if (g_strcmp0 (outline, self->outline) != 0) {
    g_free (self->outline);
    self->outline = g_steal_pointer (&outline);
    build_places (self);
  }
  update_places (self);
}

GtkWidget *
_wuyou_evidence_view_find_strip (WuyouEvidenceView *self, const char *slot, int phase)
{
  g_autofree char *key = slot != NULL ? dup_place_key (slot, phase) : NULL;
  WuyouEvidenceSlot *place = key != NULL ? g_hash_table_lookup (self->slots, key) : NULL;

  return place != NULL ? wuyou_evidence_slot_get_strip (place) : self->tray_strip;
}

GtkWidget *
wuyou_evidence_view_focus_slot (WuyouEvidenceView *self, const char *slot)
{
  const WuyouEvidencePlace *place
      = self->folder != NULL ? wuyou_evidence_folder_find_place (self->folder, slot, 0) : NULL;
  g_autofree char *key = place != NULL ? dup_place_key (slot, place->row->phase) : NULL;
  GtkWidget *widget = key != NULL ? g_hash_table_lookup (self->slots, key) : NULL;

  return widget != NULL && gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD) ? widget : NULL;
}
