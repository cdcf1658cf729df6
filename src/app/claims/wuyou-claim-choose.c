/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-choose.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-contract-words.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-escape.h"

#define SEARCH_DELAY_MS 250
#define HINT N_ ("The contracts in force are found by any of these. The loss is reported on one of them.")
#define MIN_CHARS 2

typedef struct {
  AdwWindow *window; /* NULL once closed */
  WuyouAppContext *context;
  GWeakRef owner;
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkLabel *nothing;
  WuyouBanner *banner;
  GCancellable *cancellable; /* of the newest search */
  guint timer;
  void (*chosen) (const char *contract_id, gpointer data);
  gpointer data;
} Dialog;

static void
free_dialog (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->context);
  g_object_unref (dialog->cancellable);
  g_weak_ref_clear (&dialog->owner);
  g_free (dialog);
}

static void
on_closed_cb (Dialog *dialog)
{
  dialog->window = NULL;
  g_clear_handle_id (&dialog->timer, g_source_remove);
  g_cancellable_cancel (dialog->cancellable);
}

/* Under the search, where there is no list; NULL: there is one. */
static void
tell (Dialog *dialog, const char *text)
{
  gtk_label_set_text (dialog->nothing, text != NULL ? _ (text) : "");
  gtk_widget_set_visible (GTK_WIDGET (dialog->nothing), text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (dialog->list), text == NULL);
}

static void
clear_list (Dialog *dialog)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (dialog->list, 0)) != NULL)
    gtk_list_box_remove (dialog->list, GTK_WIDGET (row));
}

static void
add_contract (Dialog *dialog, JsonObject *object)
{
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();
  g_autofree char *number = NULL;
  g_autofree char *vehicle = NULL;
  g_autofree char *text = NULL;
  GtkWidget *row;

  if (object == NULL
      || !wuyou_record_read_json (&wuyou_contract_type, contract, object, WUYOU_CODEC_MASKED_INPUT, NULL))
    return;
  number = wuyou_contract_words_dup_number (contract);
  vehicle = wuyou_contract_words_dup_vehicle (contract);
  text = g_strdup_printf ("%s · %s · %s", contract->owner_name != NULL ? contract->owner_name : "", vehicle,
                          wuyou_contract_words_state (contract->state));
  row = adw_action_row_new ();
  g_object_set (row, "use-markup", FALSE, "title", number, "subtitle", text, "activatable", TRUE, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "wuyou-id", g_strdup (contract->id), g_free);
  gtk_list_box_append (dialog->list, row);
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWidget *window = data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "wuyou-dialog");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  JsonArray *items = answer != NULL ? wuyou_json_get_array (answer, "items") : NULL;

  if (dialog->window != NULL && g_task_get_cancellable (G_TASK (result)) == dialog->cancellable) {
    wuyou_banner_show_error (dialog->banner, error);
    clear_list (dialog);
    for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
      add_contract (dialog, wuyou_json_array_get_object (items, i));
    if (answer != NULL && gtk_list_box_get_row_at_index (dialog->list, 0) == NULL)
      tell (dialog, N_ ("No contract in force was found."));
    else
      tell (dialog, NULL);
  }
  g_object_unref (window);
}

static gboolean
on_search_due_cb (gpointer data)
{
  Dialog *dialog = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (dialog->search));
  const char *query[] = { "q", text, "state", "ACTIVE,EXPIRED,CANCEL_REQUESTED", "limit", "12", NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = query };

  dialog->timer = 0;
  g_cancellable_cancel (dialog->cancellable);
  g_object_unref (dialog->cancellable);
  dialog->cancellable = g_cancellable_new ();
  if (g_utf8_strlen (text, -1) >= MIN_CHARS) {
    wuyou_client_call_async (wuyou_app_context_get_client (dialog->context), &call, dialog->cancellable, on_found_cb,
                             g_object_ref (dialog->window));
  } else {
    clear_list (dialog);
    tell (dialog, HINT);
  }
  return G_SOURCE_REMOVE;
}

static void
on_search_changed_cb (Dialog *dialog)
{
  g_clear_handle_id (&dialog->timer, g_source_remove);
  dialog->timer = g_timeout_add (SEARCH_DELAY_MS, on_search_due_cb, dialog);
}

static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Dialog *dialog)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&dialog->owner);
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "wuyou-id"));
  void (*chosen) (const char *, gpointer) = dialog->chosen;
  gpointer data = dialog->data;

  gtk_window_destroy (GTK_WINDOW (dialog->window));
  if (owner != NULL)
    chosen (id, data);
}

/* Return takes the only one, or goes to the list. */
static void
on_search_entered_cb (Dialog *dialog)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (dialog->list, 0);

  if (row != NULL && gtk_list_box_get_row_at_index (dialog->list, 1) == NULL)
    on_row_activated_cb (dialog->list, row, dialog);
  else if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static GtkWidget *
build (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  dialog->banner = WUYOU_BANNER (wuyou_banner_new ());
  dialog->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  dialog->list = GTK_LIST_BOX (gtk_list_box_new ());
  dialog->nothing = GTK_LABEL (gtk_label_new (NULL));
  g_object_set (dialog->nothing, "wrap", TRUE, "xalign", 0.0f, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (dialog->nothing), "dim-label");
  tell (dialog, HINT);
  g_object_set (dialog->search, "placeholder-text", _ ("VIN, name, phone, plate, number"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search contracts"), -1);
  gtk_list_box_set_selection_mode (dialog->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (dialog->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (dialog->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Contracts"), -1);
  g_object_set (column, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 18, NULL);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (dialog->search));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (dialog->nothing));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (dialog->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (dialog->banner));
  gtk_box_append (GTK_BOX (box), scroller);
  g_signal_connect_swapped (dialog->search, "search-changed", G_CALLBACK (on_search_changed_cb), dialog);
  g_signal_connect_swapped (dialog->search, "activate", G_CALLBACK (on_search_entered_cb), dialog);
  g_signal_connect (dialog->list, "row-activated", G_CALLBACK (on_row_activated_cb), dialog);
  return box;
}

void
wuyou_claim_choose_present (WuyouAppContext *context,
                            GtkWidget *owner,
                            void (*chosen) (const char *contract_id, gpointer data),
                            gpointer data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  dialog->window = ADW_WINDOW (window);
  dialog->context = g_object_ref (context);
  g_weak_ref_init (&dialog->owner, owner);
  dialog->cancellable = g_cancellable_new ();
  dialog->chosen = chosen;
  dialog->data = data;
  g_object_set_data_full (G_OBJECT (window), "wuyou-dialog", dialog, free_dialog);
  adw_window_set_content (dialog->window, build (dialog));
  gtk_window_set_title (window, _ ("Report a Loss: Which Contract?"));
  gtk_window_set_modal (window, TRUE);
  gtk_window_set_default_size (window, 520, 520);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (window, GTK_WINDOW (root));
  wuyou_escape_closes (window);
  /* The search entry keeps Escape for itself. */
  g_signal_connect_object (dialog->search, "stop-search", G_CALLBACK (gtk_window_close), window, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (on_closed_cb), dialog);
  gtk_window_present (window);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->search));
}
