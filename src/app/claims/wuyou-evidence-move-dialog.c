/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-move-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/wuyou-escape.h"

typedef struct {
  GWeakRef owner;
  WuyouEvidenceFolder *folder;
  char *id;
  void (*chosen) (GtkWidget *owner, const char *id, const char *slot, int phase);
} Question;

static void
free_question (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->owner);
  wuyou_evidence_folder_unref (question->folder);
  g_free (question->id);
  g_free (question);
}

static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  Question *question = data;
  const WuyouEvidencePlace *place = g_object_get_data (G_OBJECT (row), "place");
  g_autoptr (GObject) owner = g_weak_ref_get (&question->owner);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (list)));

  if (owner != NULL)
    question->chosen (GTK_WIDGET (owner), question->id, place->row->slot, place->row->phase);
  gtk_window_close (GTK_WINDOW (window));
}

static GtkWidget *
build_row (const WuyouEvidencePlace *place, gboolean present)
{
  GtkWidget *row = adw_action_row_new ();
  const char *phase = _ (wuyou_enum_label (wuyou_claim_phases, place->row->phase));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", phase, wuyou_evidence_place_state (place));

  g_object_set (row, "use-markup", FALSE, "title", place->row->title, "activatable", !present, "subtitle",
                present                  ? _ ("It is here now")
                : place->refusal != NULL ? place->refusal
                                         : subtitle,
                NULL);
  gtk_widget_set_sensitive (row, place->refusal == NULL || place->needs_consent);
  g_object_set_data (G_OBJECT (row), "place", (gpointer) place);
  return row;
}

static GtkWidget *
build_list (const WuyouEvidenceFolder *folder, const char *present_slot, int phase)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  for (guint i = 0; i < folder->places->len; i++) {
    const WuyouEvidencePlace *place = folder->places->pdata[i];

    if (phase == 0 || place->row->phase == phase)
      gtk_list_box_append (GTK_LIST_BOX (list), build_row (place, g_strcmp0 (place->row->slot, present_slot) == 0));
  }
  return list;
}

static GtkWidget *
build_content (GtkWidget *list, const char *file_name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_ ("Move to…"), file_name));
  g_object_set (list, "margin-start", 12, "margin-end", 12, "margin-top", 12, "margin-bottom", 18, NULL);
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

void
wuyou_evidence_move_dialog_present (GtkWidget *owner,
                                    WuyouEvidenceFolder *folder,
                                    const char *file_name,
                                    const char *present_slot,
                                    int phase,
                                    void (*chosen) (GtkWidget *owner, const char *id, const char *slot, int phase),
                                    const char *id)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWidget *window = adw_window_new ();
  GtkWidget *list = build_list (folder, present_slot, phase);
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->owner, owner);
  question->folder = wuyou_evidence_folder_ref (folder);
  question->id = g_strdup (id);
  question->chosen = chosen;
  g_signal_connect_data (list, "row-activated", G_CALLBACK (on_row_activated_cb), question, free_question, 0);
  adw_window_set_content (ADW_WINDOW (window), build_content (list, file_name));
  gtk_window_set_title (GTK_WINDOW (window), _ ("Move to…"));
  gtk_window_set_default_size (GTK_WINDOW (window), 420, 560);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  wuyou_escape_closes (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}
