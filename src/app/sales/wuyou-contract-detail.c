/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-detail-private.h"

#include <glib/gi18n.h>

#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-print-window.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-text-scale.h"

enum { EDIT_REQUESTED, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouContractDetail, wuyou_contract_detail, ADW_TYPE_BIN)

static void
show_state (WuyouContractDetail *self)
{
  static const char *const styles[] = { "dim-label", "warning", "error", "accent", "success" };
  int state = self->dossier->contract->state;
  g_autofree char *text = g_strconcat ("● ", wuyou_contract_words_state (state), NULL);
  g_autofree char *turn = wuyou_contract_words_dup_turn (self->dossier, wuyou_app_context_get_session (self->context));

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), wuyou_contract_words_style (state));
  gtk_label_set_text (self->state, text);
  gtk_label_set_text (self->turn, turn);
}

static gboolean
is_draft (WuyouContractDetail *self)
{
  return self->dossier->contract->state == WUYOU_CONTRACT_DRAFT;
}

/* A draft is submitted from its form, where what is missing can be filled in. */
static void
show_next (WuyouContractDetail *self)
{
  const WuyouDossierAction *next = wuyou_dossier_get_next (self->dossier);
  g_autofree char *refusal = next != NULL ? wuyou_contract_words_dup_refusal (next) : NULL;
  gboolean can_edit
      = wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_CONTRACT, WUYOU_VERB_EDIT);

  gtk_widget_set_visible (GTK_WIDGET (self->next), next != NULL && (!is_draft (self) || can_edit));
  if (next == NULL)
    return;
  gtk_button_set_label (self->next, is_draft (self) ? _ ("_Continue") : _ (next->transition->label));
  gtk_widget_set_sensitive (GTK_WIDGET (self->next),
                            !self->acting && (is_draft (self) || _wuyou_contract_detail_can_act (next)));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->next), refusal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  refusal != NULL ? refusal : "", -1);
}

static GtkWidget *
build_menu_row (WuyouContractDetail *self, const WuyouDossierAction *action)
{
  GtkWidget *button = gtk_button_new_with_label (_ (action->transition->label));
  g_autofree char *refusal = wuyou_contract_words_dup_refusal (action);
  g_autofree char *detailed = g_strconcat ("contract.", action->action, NULL);

  gtk_widget_add_css_class (button, "flat");
  if (action->transition->flags & WUYOU_TRANSITION_DESTRUCTIVE)
    gtk_widget_add_css_class (button, "error");
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_widget_set_sensitive (button, !self->acting && _wuyou_contract_detail_can_act (action));
  gtk_widget_set_tooltip_text (button, refusal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  refusal != NULL ? refusal : "", -1);
  g_object_set_data_full (G_OBJECT (button), "wuyou-action", g_strdup (action->action), g_free);
  return button;
}

static void
on_menu_row_clicked_cb (GtkButton *button, WuyouContractDetail *self)
{
  const char *name = g_object_get_data (G_OBJECT (button), "wuyou-action");
  const WuyouDossierAction *action = self->dossier != NULL ? wuyou_dossier_find_action (self->dossier, name) : NULL;

  gtk_menu_button_popdown (self->menu);
  if (action != NULL)
    _wuyou_contract_detail_act (self, action);
}

/* A popover of buttons instead of a menu model: items of a model cannot say why they are insensitive. */
static void
show_menu (WuyouContractDetail *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const WuyouDossierAction *next = wuyou_dossier_get_next (self->dossier);
  guint n_rows = 0;

  for (guint i = 0; i < self->dossier->actions->len; i++) {
    const WuyouDossierAction *action = self->dossier->actions->pdata[i];
    GtkWidget *row;

    if (action == next || action->transition == NULL || (action->transition->flags & WUYOU_TRANSITION_SYSTEM))
      continue;
    row = build_menu_row (self, action);
    g_signal_connect_object (row, "clicked", G_CALLBACK (on_menu_row_clicked_cb), self, 0);
    gtk_box_append (GTK_BOX (box), row);
    n_rows++;
  }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_add_css_class (popover, "menu");
  gtk_menu_button_set_popover (self->menu, popover);
  gtk_widget_set_visible (GTK_WIDGET (self->menu), n_rows > 0);
}

gboolean
_wuyou_contract_detail_has_papers (WuyouContractDetail *self)
{
  return self->dossier != NULL && self->dossier->contract->content_sha256 != NULL
         && wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_CONTRACT, WUYOU_VERB_PRINT);
}

static void
show_dossier (WuyouContractDetail *self)
{
  g_autofree char *number = wuyou_contract_words_dup_number (self->dossier->contract);
  double place = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));

  gtk_label_set_text (self->number, number);
  show_state (self);
  show_next (self);
  show_menu (self);
  gtk_widget_set_visible (GTK_WIDGET (self->print), _wuyou_contract_detail_has_papers (self));
  _wuyou_contract_detail_fill (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), place);
  gtk_stack_set_visible_child_name (self->stack, "contract");
}

void
_wuyou_contract_detail_take (WuyouContractDetail *self, JsonObject *answer, const char *etag, gboolean keep)
{
  g_autoptr (GError) error = NULL;
  WuyouDossier *dossier = wuyou_dossier_new (answer, etag, &error);

  if (dossier == NULL) {
    wuyou_banner_show_error (self->banner, error);
    return;
  }
  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  self->dossier = dossier;
  if (keep)
    wuyou_dossier_keep (wuyou_app_context_get_local (self->context), answer);
  show_dossier (self);
}

static void
show_load_error (WuyouContractDetail *self, const GError *error)
{
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    return;
  if (self->dossier != NULL) {
    if (!g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE))
      wuyou_banner_show_error (self->banner, error);
    return;
  }
  wuyou_empty_state_set_error (self->empty, error);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

typedef struct {
  WuyouContractDetail *detail;
  char *id;
} Load;

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Load *load = data;
  WuyouContractDetail *self = load->detail;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (self->context != NULL && g_strcmp0 (self->id, load->id) == 0) {
    self->loading = FALSE;
    wuyou_busy_line_set_busy (self->line, FALSE);
    if (answer != NULL) {
      wuyou_banner_hide (self->banner);
      _wuyou_contract_detail_take (self, answer, etag, TRUE);
    } else {
      show_load_error (self, error);
    }
  }
  g_object_unref (load->detail);
  g_free (load->id);
  g_free (load);
}

void
wuyou_contract_detail_refresh (WuyouContractDetail *self)
{
  const char *args[] = { self->id, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACT_GET, .args = args };
  Load *load;

  if (self->id == NULL || self->loading || self->acting)
    return;
  self->loading = TRUE;
  if (g_cancellable_is_cancelled (self->cancellable)) {
    g_object_unref (self->cancellable);
    self->cancellable = g_cancellable_new ();
  }
  load = g_new0 (Load, 1);
  load->detail = g_object_ref (self);
  load->id = g_strdup (self->id);
  wuyou_busy_line_set_busy (self->line, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_loaded_cb, load);
}

static void
show_none (WuyouContractDetail *self)
{
  wuyou_empty_state_set (self->empty, "view-list-symbolic", _ ("Choose a contract"),
                         _ ("Up and Down go through the list, Enter opens, Ctrl+N begins a new one."), NULL);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_cached (WuyouContractDetail *self)
{
  g_autoptr (JsonObject) kept = wuyou_dossier_load_kept (wuyou_app_context_get_local (self->context), self->id);

  if (kept != NULL)
    _wuyou_contract_detail_take (self, kept, NULL, FALSE);
}

void
wuyou_contract_detail_stop (WuyouContractDetail *self)
{
  g_cancellable_cancel (self->cancellable);
  self->loading = FALSE;
  wuyou_busy_line_set_busy (self->line, FALSE);
}

void
wuyou_contract_detail_show (WuyouContractDetail *self, const char *id)
{
  if (id != NULL && g_strcmp0 (self->id, id) == 0) {
    wuyou_contract_detail_refresh (self);
    return;
  }
  wuyou_contract_detail_stop (self);
  g_free (self->id);
  self->id = g_strdup (id);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  wuyou_banner_hide (self->banner);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  if (id == NULL) {
    show_none (self);
    return;
  }
  show_cached (self);
  wuyou_contract_detail_refresh (self);
}

const char *
wuyou_contract_detail_get_id (WuyouContractDetail *self)
{
  return self->id;
}

gboolean
wuyou_contract_detail_print (WuyouContractDetail *self)
{
  if (!_wuyou_contract_detail_has_papers (self))
    return FALSE;
  wuyou_print_window_present (self->context, GTK_WIDGET (self), self->dossier, NULL);
  return TRUE;
}

void
wuyou_contract_detail_focus (WuyouContractDetail *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->next)) && gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    gtk_widget_grab_focus (GTK_WIDGET (self->next));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->scroller), GTK_DIR_TAB_FORWARD);
}

void
wuyou_contract_detail_read_on (WuyouContractDetail *self)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (place);
  gboolean at_end = gtk_adjustment_get_value (place) + page >= gtk_adjustment_get_upper (place);

  gtk_adjustment_set_value (place, at_end ? 0 : gtk_adjustment_get_value (place) + page * 0.9);
}

static void
on_next_clicked_cb (WuyouContractDetail *self)
{
  const WuyouDossierAction *next = self->dossier != NULL ? wuyou_dossier_get_next (self->dossier) : NULL;

  if (next == NULL)
    return;
  if (is_draft (self))
    g_signal_emit (self, signals[EDIT_REQUESTED], 0, self->id, NULL);
  else
    _wuyou_contract_detail_act (self, next);
}

static void
on_empty_pressed_cb (WuyouContractDetail *self)
{
  wuyou_contract_detail_refresh (self);
}

static GtkWidget *
build_head_text (WuyouContractDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = wuyou_wrap_box_new (12);

  self->number = GTK_LABEL (gtk_label_new (NULL));
  self->state = GTK_LABEL (gtk_label_new (NULL));
  self->turn = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "title-3");
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "numeric");
  g_object_set (self->number, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  wuyou_focus_let_mark (self->number);
  g_object_set (self->turn, "wrap", TRUE, "xalign", 0.0f, NULL);
  gtk_label_set_xalign (self->number, 0);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (line), GTK_WIDGET (self->number));
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (line), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->turn));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
build_head (WuyouContractDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *buttons = wuyou_wrap_box_new (6);

  self->next = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Continue")));
  gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  self->print = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Print…")));
  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "view-more-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), _ ("Other steps"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Other steps"), -1);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (buttons), GTK_WIDGET (self->next));
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (buttons), GTK_WIDGET (self->print));
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (buttons), GTK_WIDGET (self->menu));
  gtk_box_append (GTK_BOX (box), build_head_text (self));
  gtk_box_append (GTK_BOX (box), buttons);
  g_object_set (box, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 10, NULL);
  g_signal_connect_object (self->next, "clicked", G_CALLBACK (on_next_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->print, "clicked", G_CALLBACK (wuyou_contract_detail_print), self, G_CONNECT_SWAPPED);
  return box;
}

static GtkWidget *
build_jumps (WuyouContractDetail *self)
{
  self->jumps = WUYOU_WRAP_BOX (wuyou_wrap_box_new (2));
  g_object_set (self->jumps, "margin-start", 12, "margin-end", 12, "margin-bottom", 6, NULL);
  return GTK_WIDGET (self->jumps);
}

static GtkWidget *
build_sections (WuyouContractDetail *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->sections = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  g_object_set (self->sections, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 24, NULL);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->sections));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), wuyou_text_scale_px (clamp, 720));
  return clamp;
}

/* The head stays in sight, except where text is so large that it would fill a low window and leave nothing to read. */
static GtkWidget *
build_contract (WuyouContractDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *sections = build_sections (self);
  gboolean moving = wuyou_text_is_large (box);

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_box_append (GTK_BOX (box), build_head (self));
  gtk_box_append (GTK_BOX (box), build_jumps (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), moving ? sections : GTK_WIDGET (self->scroller));
  self->moving = moving ? box : sections;
  gtk_scrolled_window_set_child (self->scroller, self->moving);
  return moving ? GTK_WIDGET (self->scroller) : box;
}

static void
wuyou_contract_detail_dispose (GObject *object)
{
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_contract_detail_parent_class)->dispose (object);
}

static void
wuyou_contract_detail_finalize (GObject *object)
{
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  g_free (self->id);
  g_free (self->reason);
  G_OBJECT_CLASS (wuyou_contract_detail_parent_class)->finalize (object);
}

static void
wuyou_contract_detail_class_init (WuyouContractDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wuyou_contract_detail_dispose;
  object_class->finalize = wuyou_contract_detail_finalize;
  signals[EDIT_REQUESTED] = g_signal_new ("edit-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wuyou_contract_detail_init (WuyouContractDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->cancellable = g_cancellable_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->line = WUYOU_BUSY_LINE (wuyou_busy_line_new ());
  self->empty = WUYOU_EMPTY_STATE (wuyou_empty_state_new (NULL, "", "", NULL));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_stack_add_named (self->stack, build_contract (self), "contract");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->line));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  show_none (self);
  g_signal_connect_object (self->empty, "pressed", G_CALLBACK (on_empty_pressed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_contract_detail_new (WuyouAppContext *context)
{
  WuyouContractDetail *self = g_object_new (WUYOU_TYPE_CONTRACT_DETAIL, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
