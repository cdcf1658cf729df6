/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-slot.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "claims/wuyou-claim-text.h"
#include "widgets/wuyou-tab-stop.h"
#include "widgets/wuyou-text-scale.h"
#include "widgets/wuyou-wrap-box.h"

struct _WuyouEvidenceSlot {
  GtkWidget parent_instance;
  char *slot;
  int phase;
  GtkImage *mark;
  GtkLabel *title, *subtitle, *state, *request, *conflict;
  GtkButton *add, *enter;
  GtkMenuButton *more;
  GtkLabel *wanted;
  GtkWidget *strip;
};

G_DEFINE_FINAL_TYPE (WuyouEvidenceSlot, wuyou_evidence_slot, GTK_TYPE_WIDGET)

static const struct {
  const char *icon, *style;
} marks[] = {
  [WUYOU_SLOT_MISSING] = { "mail-attachment-symbolic", "dim-label" },
  [WUYOU_SLOT_CHECKING] = { "document-open-recent-symbolic", "accent" },
  [WUYOU_SLOT_RETURNED] = { "mail-reply-sender-symbolic", "error" },
  [WUYOU_SLOT_FILLED] = { "emblem-ok-symbolic", "success" },
  [WUYOU_SLOT_VERIFIED] = { "security-high-symbolic", "success" },
};

static void
set_style (GtkWidget *widget, const char *style)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (marks[i].style != NULL)
      gtk_widget_remove_css_class (widget, marks[i].style);
  gtk_widget_add_css_class (widget, style);
}

/* What is missing and was asked for is not grey; what is brought only where there is one is not missing. */
static void
show_state (WuyouEvidenceSlot *self, const WuyouEvidencePlace *place)
{
  gboolean missing = place->state == WUYOU_SLOT_MISSING;
  gboolean wanted = missing && (place->row->required || place->requested);
  const char *words = missing && !wanted ? "" : wuyou_evidence_place_state (place);

  gtk_image_set_from_icon_name (self->mark, wanted ? "dialog-warning-symbolic" : marks[place->state].icon);
  gtk_label_set_text (self->state, words);
  gtk_widget_set_visible (GTK_WIDGET (self->state), *words != '\0');
  set_style (GTK_WIDGET (self->mark), wanted ? "accent" : marks[place->state].style);
  set_style (GTK_WIDGET (self->state), wanted ? "accent" : marks[place->state].style);
}

static void
show_note (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_request (WuyouEvidenceSlot *self, const WuyouEvidencePlace *place)
{
  g_autofree char *text = NULL;

  if (place->requested && place->request_reason != NULL)
    text = g_strdup_printf (_ ("Asked for now: %s"), place->request_reason);
  else if (place->requested)
    text = g_strdup (_ ("Asked for now"));
  show_note (self->request, text);
}

static void
show_subtitle (WuyouEvidenceSlot *self, const WuyouEvidencePlace *place)
{
  const WuyouClaimSlot *own = wuyou_claim_slot_find (self->slot);
  g_autofree char *need = own != NULL && own->need != NULL
                              ? g_strdup (_ (own->need))
                              : wuyou_claim_text_dup_need (place->row->required, place->row->when);
  g_autofree char *text = NULL;

  if (place->row->form != 0)
    text = g_strdup_printf ("%s · %s", need, _ (wuyou_enum_label (wuyou_document_forms, place->row->form)));
  else
    text = g_strdup (need);
  gtk_label_set_text (self->subtitle, text);
}

static void
show_add (WuyouEvidenceSlot *self, const WuyouEvidencePlace *place, gboolean may_add)
{
  g_autofree char *name = g_strdup_printf (_ ("Add files: %s"), place->row->title);
  g_autofree char *other = g_strdup_printf (_ ("Scan or take a picture: %s"), place->row->title);
  g_autofree char *target = g_strdup_printf ("%s %d", self->slot, self->phase);
  const char *tooltip = place->refusal != NULL ? place->refusal : name;
  gboolean open = place->refusal == NULL || place->needs_consent;

  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->add)), tooltip) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->add), tooltip);
  gtk_widget_set_visible (GTK_WIDGET (self->add), may_add && open);
  gtk_widget_set_visible (GTK_WIDGET (self->more),
                          may_add && open && gtk_menu_button_get_menu_model (self->more) != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add), "s", target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, other, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, place->refusal != NULL ? place->refusal : "",
                                  -1);
}

/* Only to who may enter it, and never instead of the file that is missing. */
static void
show_wanted (WuyouEvidenceSlot *self,
             const WuyouEvidenceFolder *folder,
             const WuyouEvidencePlace *place,
             gboolean may_add)
{
  const WuyouEvidence *file = NULL;
  g_autofree char *facts
      = may_add && place->refusal == NULL ? wuyou_evidence_folder_dup_wanted (folder, place, &file) : NULL;
  /* Translators: names of entries, as "VIN, Owner". */
  g_autofree char *text = facts != NULL ? g_strdup_printf (_ ("%s: enter what the paper says"), facts) : NULL;
  g_autofree char *name = g_strdup_printf (_ ("Enter what it says: %s"), place->row->title);

  show_note (self->wanted, text);
  gtk_widget_set_visible (GTK_WIDGET (self->enter), facts != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->enter), "s", facts != NULL ? file->id : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enter), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
}

void
wuyou_evidence_slot_show (WuyouEvidenceSlot *self,
                          const WuyouEvidenceFolder *folder,
                          const WuyouEvidencePlace *place,
                          gboolean may_add)
{
  const WuyouEvidenceConflict *conflict = wuyou_evidence_folder_find_conflict (folder, NULL, self->slot);
  g_autofree char *said = conflict != NULL ? wuyou_evidence_conflict_dup_sentence (folder, conflict) : NULL;
  g_autofree char *name = NULL;

  gtk_label_set_text (self->title, place->row->title);
  show_subtitle (self, place);
  show_state (self, place);
  show_request (self, place);
  show_note (self->conflict, said);
  show_add (self, place, may_add);
  show_wanted (self, folder, place, may_add);
  name = g_strdup_printf ("%s, %s", place->row->title, gtk_label_get_text (self->state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
wuyou_evidence_slot_set_menu (WuyouEvidenceSlot *self, GMenuModel *menu)
{
  gtk_menu_button_set_menu_model (self->more, menu);
}

GtkWidget *
wuyou_evidence_slot_get_strip (WuyouEvidenceSlot *self)
{
  return self->strip;
}

const char *
wuyou_evidence_slot_get_code (WuyouEvidenceSlot *self)
{
  return self->slot;
}

int
wuyou_evidence_slot_get_phase (WuyouEvidenceSlot *self)
{
  return self->phase;
}

static void
wuyou_evidence_slot_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&WUYOU_EVIDENCE_SLOT (object)->slot, g_free);
  G_OBJECT_CLASS (wuyou_evidence_slot_parent_class)->dispose (object);
}

static void
wuyou_evidence_slot_class_init (WuyouEvidenceSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_evidence_slot_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set (label, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "natural-wrap-mode",
                GTK_NATURAL_WRAP_NONE, NULL);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
build_enter (WuyouEvidenceSlot *self)
{
  self->enter = GTK_BUTTON (gtk_button_new_with_label (_ ("Enter…")));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->enter), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->enter), "evidence.enter");
  gtk_widget_set_visible (GTK_WIDGET (self->enter), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->enter), _ ("Open the file and enter what it says (E)"));
  gtk_widget_set_halign (GTK_WIDGET (self->enter), GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (self->enter), 4);
  return GTK_WIDGET (self->enter);
}

static GtkWidget *
build_words (WuyouEvidenceSlot *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->title = add_label (words, NULL);
  self->subtitle = add_label (words, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "dim-label");
  self->request = add_label (words, "warning");
  self->conflict = add_label (words, "warning");
  self->wanted = add_label (words, "accent");
  gtk_widget_set_visible (GTK_WIDGET (self->wanted), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->request), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->conflict), FALSE);
  gtk_box_append (GTK_BOX (words), build_enter (self));
  gtk_widget_set_hexpand (words, TRUE);
  return words;
}

static GtkWidget *
build_end (WuyouEvidenceSlot *self)
{
  gboolean large = wuyou_text_is_large (GTK_WIDGET (self));
  GtkWidget *end = gtk_box_new (large ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *add = gtk_button_new_with_label (_ ("Add…"));
  GtkWidget *adding = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *state = gtk_label_new (NULL);

  self->more = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->more, "pan-down-symbolic");
  /* Not to be seen before it has its tooltip: GTK would ask the display where the pointer is, and wait. */
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->more), _ ("Scan or take a picture"));
  gtk_widget_add_css_class (adding, "linked");
  gtk_widget_set_valign (adding, GTK_ALIGN_CENTER);
  self->add = GTK_BUTTON (add);
  self->state = GTK_LABEL (state);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (add), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "evidence.add");
  gtk_widget_set_visible (add, FALSE);
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (state, "caption-heading");
  gtk_widget_set_halign (state, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (end), state);
  gtk_box_append (GTK_BOX (adding), add);
  gtk_box_append (GTK_BOX (adding), GTK_WIDGET (self->more));
  gtk_box_append (GTK_BOX (end), adding);
  gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (end, GTK_ALIGN_END);
  return end;
}

static void
wuyou_evidence_slot_init (WuyouEvidenceSlot *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *stop;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "wuyou-slot");
  self->mark = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->mark), GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (self->mark), 3);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->mark));
  gtk_box_append (GTK_BOX (head), build_words (self));
  gtk_box_append (GTK_BOX (head), build_end (self));
  gtk_widget_set_parent (head, GTK_WIDGET (self));
  self->strip = wuyou_wrap_box_new (6);
  stop = wuyou_tab_stop_new (self->strip);
  gtk_widget_add_css_class (stop, "wuyou-strip");
  gtk_widget_set_parent (stop, GTK_WIDGET (self));
}

GtkWidget *
wuyou_evidence_slot_new (const char *slot, int phase)
{
  WuyouEvidenceSlot *self = g_object_new (WUYOU_TYPE_EVIDENCE_SLOT, NULL);

  self->slot = g_strdup (slot);
  self->phase = phase;
  return GTK_WIDGET (self);
}
