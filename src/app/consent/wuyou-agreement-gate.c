/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-gate-private.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "consent/wuyou-agreement-copy.h"
#include "consent/wuyou-consent-evidence.h"
#include "consent/wuyou-consent-gate.h"
#include "help/wuyou-hotline.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-text-scale.h"

G_DEFINE_FINAL_TYPE (WuyouAgreementGate, wuyou_agreement_gate, WUYOU_TYPE_GATE)

static WuyouAppContext *
get_context (WuyouAgreementGate *self)
{
  return wuyou_gate_get_context (WUYOU_GATE (self));
}

static void
note (WuyouAgreementGate *self, int kind, const char *document)
{
  if (self->log != NULL)
    wuyou_consent_log_add (self->log, kind, document, g_get_monotonic_time ());
}

/* --- what was read --- */

static void
on_reached_end_cb (WuyouAgreementGate *self, guint document)
{
  note (self, WUYOU_CONSENT_REACHED_END, wuyou_bundle_get_document (self->bundle, document)->code);
}

static void
on_first_scroll_cb (WuyouAgreementGate *self)
{
  note (self, WUYOU_CONSENT_FIRST_SCROLL, NULL);
}

static void
on_changes_shown_cb (WuyouAgreementGate *self)
{
  note (self, WUYOU_CONSENT_DIFF_VIEWED, NULL);
}

static void
on_active_changed_cb (WuyouAgreementGate *self)
{
  note (self, gtk_window_is_active (self->window) ? WUYOU_CONSENT_FOCUS_GAINED : WUYOU_CONSENT_FOCUS_LOST, NULL);
}

/* A narrow header has no room for them. */
static void
place_tools (WuyouAgreementGate *self, gboolean folded)
{
  gboolean in_header = gtk_widget_get_ancestor (self->tool_box, ADW_TYPE_HEADER_BAR) != NULL;

  if (in_header == !folded)
    return;
  g_object_ref (self->tool_box);
  if (folded) {
    adw_header_bar_remove (self->header, self->tool_box);
    _wuyou_agreement_gate_take_tools (self);
  } else {
    gtk_widget_unparent (self->tool_box);
    adw_header_bar_pack_end (self->header, self->tool_box);
  }
  g_object_unref (self->tool_box);
}

static void
label_sign_out (WuyouAgreementGate *self, gboolean folded)
{
  if (folded) {
    gtk_button_set_icon_name (GTK_BUTTON (self->sign_out), "system-log-out-symbolic");
  } else {
    gtk_button_set_label (GTK_BUTTON (self->sign_out), _ ("Sign _Out"));
    gtk_button_set_use_underline (GTK_BUTTON (self->sign_out), TRUE);
  }
  gtk_widget_set_tooltip_text (self->sign_out, folded ? _ ("Sign Out") : NULL);
}

static void
on_folded_cb (WuyouAgreementGate *self)
{
  gboolean folded;

  g_object_get (self->reader, "folded", &folded, NULL);
  gtk_widget_set_visible (self->contents_button, folded);
  _wuyou_agreement_gate_fold_footer (self, folded);
  label_sign_out (self, folded);
  place_tools (self, folded);
}

static void
build_reader (WuyouAgreementGate *self, WuyouBundle *accepted)
{
  WuyouAgreementView *view;

  self->reader = WUYOU_AGREEMENT_READER (wuyou_agreement_reader_new (self->bundle, accepted));
  wuyou_agreement_reader_fold_for (self->reader, gtk_widget_get_width (GTK_WIDGET (self)));
  if (self->told)
    wuyou_agreement_reader_hide_progress (self->reader);
  view = wuyou_agreement_reader_get_view (self->reader);
  self->log = wuyou_consent_log_new (wuyou_clock_now (wuyou_app_context_get_clock (get_context (self))),
                                     g_get_monotonic_time ());
  note (self, WUYOU_CONSENT_DISPLAYED, NULL);
  g_signal_connect_object (view, "reached-end", G_CALLBACK (on_reached_end_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "first-scroll", G_CALLBACK (on_first_scroll_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "progress", G_CALLBACK (_wuyou_agreement_gate_show_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "changes-shown", G_CALLBACK (on_changes_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "notify::folded", G_CALLBACK (on_folded_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->place, GTK_WIDGET (self->reader));
  on_folded_cb (self);
}

/* --- loading --- */

static void
set_tools (WuyouAgreementGate *self, gboolean visible)
{
  for (guint i = 0; i < self->tools->len; i++)
    gtk_widget_set_visible (self->tools->pdata[i], visible);
}

static void
show_problem (WuyouAgreementGate *self, const GError *error, const char *sentence)
{
  if (sentence != NULL)
    wuyou_empty_state_set (self->problem, "dialog-warning-symbolic", _ ("The agreements cannot be shown"), sentence,
                           _ ("Try Again"));
  else
    wuyou_empty_state_set_error (self->problem, error);
  set_tools (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  gtk_widget_grab_focus (GTK_WIDGET (self->problem));
}

static void
show_title (WuyouAgreementGate *self)
{
  guint n = self->bundle->documents->len;
  g_autofree char *documents = g_strdup_printf (ngettext ("%u document", "%u documents", n), n);
  g_autofree char *subtitle = NULL;
  char date[11];

  wuyou_date_format (self->bundle->effective_on, date);
  /* Translators: "2nd version · in force from 2027-01-01 · 3 documents". */
  subtitle = g_strdup_printf (_ ("%s · in force from %s · %s"), self->bundle->version_label, date, documents);
  adw_window_title_set_title (self->title, self->told ? _ ("Changed Agreements") : _ ("Please Read and Decide"));
  adw_window_title_set_subtitle (self->title, subtitle);
}

static void
show_why (WuyouAgreementGate *self, gboolean changed, gboolean declined)
{
  if (self->told)
    wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE,
                       _ ("The agreements have changed. Your consent covers the change."), NULL);
  else if (self->preview)
    wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE,
                       _ ("These agreements come into force later. You may read and accept them now."), NULL);
  else if (declined)
    wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE,
                       _ ("You declined these agreements before. You can still read and accept them."), NULL);
  else if (changed)
    wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE,
                       _ ("The agreements have changed. Your work and drafts are kept as they are."), NULL);
  else
    wuyou_banner_hide (self->banner);
}

static void
show_bundle (WuyouAgreementGate *self, WuyouBundle *accepted, gboolean declined)
{
  build_reader (self, accepted);
  show_title (self);
  gtk_widget_set_visible (self->sign_out, !self->preview && !self->told);
  show_why (self, accepted != NULL, declined);
  _wuyou_agreement_gate_fill_footer (self);
  set_tools (self, TRUE);
  on_folded_cb (self);
  gtk_stack_set_visible_child_name (self->stack, "reading");
  gtk_widget_grab_focus (GTK_WIDGET (self->reader));
  if (!self->told)
    _wuyou_agreement_gate_start_sender (self);
}

/* What is agreed to is what was read: complete, whole, and every emphasis on screen. */
static gboolean
check_bundle (WuyouAgreementGate *self, const char *hash, GError **error)
{
  g_autofree char *own = wuyou_bundle_dup_hash (self->bundle);

  if (g_strcmp0 (own, hash) == 0)
    return wuyou_bundle_check_complete (self->bundle, error);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "hash of the bundle");
  return FALSE;
}

static void
drop_bundle (WuyouAgreementGate *self)
{
  adw_bin_set_child (self->place, NULL);
  self->reader = NULL;
  self->usable = FALSE;
  g_clear_pointer (&self->bundle, wuyou_bundle_unref);
  g_clear_pointer (&self->organisation, g_free);
  g_clear_pointer (&self->log, wuyou_consent_log_free);
}

static void
take_bundle (WuyouAgreementGate *self, JsonObject *body)
{
  JsonObject *now = wuyou_json_get_object (body, "bundle"), *before = wuyou_json_get_object (body, "accepted");
  JsonObject *organisation = wuyou_json_get_object (body, "organisation");
  const WuyouEnum *known = wuyou_enum_find (wuyou_gate_states, wuyou_json_get_string (body, "state"));
  int state = known != NULL ? known->value : WUYOU_GATE_REQUIRED;
  g_autoptr (WuyouBundle) accepted = NULL;

  drop_bundle (self);
  if (state == WUYOU_GATE_OPEN) {
    wuyou_gate_passed (WUYOU_GATE (self));
    return;
  }
  self->preview = state == WUYOU_GATE_PREVIEW;
  self->told = state == WUYOU_GATE_NOTICE;
  self->bundle = now != NULL ? wuyou_bundle_read_json (now, NULL) : NULL;
  if (self->bundle == NULL || !check_bundle (self, wuyou_json_get_string (body, "hash"), NULL)) {
    show_problem (self, NULL,
                  _ ("They did not arrive complete and unchanged, so they cannot be agreed to. Try again, or call the "
                     "support line."));
    return;
  }
  if (organisation != NULL)
    self->organisation = g_strdup (wuyou_json_get_string (organisation, "name"));
  self->usable = TRUE;
  accepted = before != NULL ? wuyou_bundle_read_json (before, NULL) : NULL;
  show_bundle (self, accepted, wuyou_json_get_boolean (body, "declined"));
}

static void
on_bundle_got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouAgreementGate) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (get_context (self) == NULL)
    return;
  wuyou_busy_line_set_busy (self->busy, FALSE);
  if (body != NULL)
    take_bundle (self, body);
  else
    show_problem (self, error, NULL);
}

static void
load (WuyouAgreementGate *self)
{
  const char *const query[] = { "locale", wuyou_consent_evidence_get_locale (), NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CONSENT_BUNDLE, .query = query, .deadline = 60 };

  self->reload = FALSE;
  wuyou_busy_line_set_busy (self->busy, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (get_context (self)), &call,
                           wuyou_gate_get_cancellable (WUYOU_GATE (self)), on_bundle_got_cb, g_object_ref (self));
}

static void
on_banner_pressed_cb (WuyouAgreementGate *self)
{
  if (self->reload)
    load (self);
  else
    wuyou_consent_sender_repeat (self->sender);
}

static void
on_program_hashed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *weak = data;
  g_autoptr (WuyouAgreementGate) self = g_weak_ref_get (weak);
  g_autofree char *build = wuyou_consent_evidence_hash_program_finish (result);

  if (self != NULL)
    self->build = g_steal_pointer (&build);
  g_weak_ref_clear (weak);
  g_free (weak);
}

/* --- tools --- */

static void
toggle_contents (WuyouAgreementGate *self)
{
  if (self->reader != NULL)
    wuyou_agreement_reader_toggle_contents (self->reader);
}

static gboolean
find (WuyouAgreementGate *self)
{
  if (self->reader != NULL)
    wuyou_agreement_reader_find (self->reader);
  return self->reader != NULL;
}

static gboolean
save (WuyouAgreementGate *self)
{
  if (self->bundle != NULL && self->usable)
    wuyou_agreement_copy_save (get_context (self), GTK_WIDGET (self), self->bundle, NULL);
  return self->usable;
}

static gboolean
print (WuyouAgreementGate *self)
{
  if (self->bundle != NULL && self->usable)
    wuyou_agreement_copy_print (get_context (self), GTK_WIDGET (self), self->bundle, NULL);
  return self->usable;
}

static gboolean
on_key_find_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return find (WUYOU_AGREEMENT_GATE (widget));
}

static gboolean
on_key_save_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return save (WUYOU_AGREEMENT_GATE (widget));
}

static gboolean
on_key_print_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return print (WUYOU_AGREEMENT_GATE (widget));
}

static gboolean
on_key_zoom_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  WuyouAgreementGate *self = WUYOU_AGREEMENT_GATE (widget);
  int step = g_variant_get_int32 (arguments);
  WuyouAgreementView *view;

  if (self->reader == NULL)
    return FALSE;
  view = wuyou_agreement_reader_get_view (self->reader);
  wuyou_agreement_view_set_zoom (view, step == 0 ? 100 : (guint) ((int) wuyou_agreement_view_get_zoom (view) + step));
  return TRUE;
}

static gboolean
on_key_changes_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  WuyouAgreementGate *self = WUYOU_AGREEMENT_GATE (widget);

  if (self->reader == NULL || !wuyou_agreement_reader_has_changes (self->reader))
    return FALSE;
  wuyou_agreement_reader_show_changes (self->reader, !wuyou_agreement_reader_shows_changes (self->reader));
  return TRUE;
}

/* --- building --- */

static GtkWidget *
add_tool (WuyouAgreementGate *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (button, FALSE);
  g_ptr_array_add (self->tools, button);
  return button;
}

static GtkWidget *
build_header (WuyouAgreementGate *self)
{
  AdwHeaderBar *header = ADW_HEADER_BAR (adw_header_bar_new ());

  self->header = header;
  self->tool_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->sign_out = gtk_button_new ();
  label_sign_out (self, wuyou_text_is_large (self->sign_out));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sign_out), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Sign Out"), -1);
  self->title = ADW_WINDOW_TITLE (adw_window_title_new (_ ("Please Read and Decide"), ""));
  adw_header_bar_set_title_widget (header, GTK_WIDGET (self->title));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->sign_out), "win.sign-out");
  adw_header_bar_pack_start (header, self->sign_out);
  self->contents_button = add_tool (self, "view-list-symbolic", _ ("Contents"), G_CALLBACK (toggle_contents));
  gtk_box_append (GTK_BOX (self->tool_box), self->contents_button);
  gtk_box_append (GTK_BOX (self->tool_box),
                  add_tool (self, "edit-find-symbolic", _ ("Search all documents"), G_CALLBACK (find)));
  gtk_box_append (GTK_BOX (self->tool_box),
                  add_tool (self, "document-save-symbolic", _ ("Save a copy"), G_CALLBACK (save)));
  gtk_box_append (GTK_BOX (self->tool_box),
                  add_tool (self, "printer-symbolic", _ ("Print the agreements"), G_CALLBACK (print)));
  adw_header_bar_pack_end (header, self->tool_box);
  return GTK_WIDGET (header);
}

static GtkWidget *
build_problem (WuyouAgreementGate *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *hotline = wuyou_hotline_new (get_context (self));

  self->problem = WUYOU_EMPTY_STATE (wuyou_empty_state_new ("dialog-warning-symbolic", "", "", NULL));
  gtk_widget_set_vexpand (GTK_WIDGET (self->problem), TRUE);
  g_signal_connect_object (self->problem, "pressed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (hotline, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_bottom (hotline, 24);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (box), hotline);
  return box;
}

static GtkWidget *
build_reading (WuyouAgreementGate *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->place = ADW_BIN (adw_bin_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->place), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->place));
  gtk_box_append (GTK_BOX (box), _wuyou_agreement_gate_build_footer (self));
  return box;
}

static void
build (WuyouAgreementGate *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->busy = WUYOU_BUSY_LINE (wuyou_busy_line_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, adw_bin_new (), "loading");
  gtk_stack_add_named (self->stack, build_problem (self), "problem");
  gtk_stack_add_named (self->stack, build_reading (self), "reading");
  gtk_box_append (GTK_BOX (box), build_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->busy));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->banner, "pressed", G_CALLBACK (on_banner_pressed_cb), self, G_CONNECT_SWAPPED);
}

static void
wuyou_agreement_gate_constructed (GObject *object)
{
  WuyouAgreementGate *self = WUYOU_AGREEMENT_GATE (object);
  GCancellable *cancellable = wuyou_gate_get_cancellable (WUYOU_GATE (self));
  GWeakRef *weak;

  G_OBJECT_CLASS (wuyou_agreement_gate_parent_class)->constructed (object);
  build (self);
  self->sender = wuyou_consent_sender_new (get_context (self), GTK_WIDGET (self), cancellable);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  wuyou_consent_evidence_hash_program_async (cancellable, on_program_hashed_cb, weak);
  load (self);
}

static void
wuyou_agreement_gate_root (GtkWidget *widget)
{
  WuyouAgreementGate *self = WUYOU_AGREEMENT_GATE (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (wuyou_agreement_gate_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;
  g_set_weak_pointer (&self->window, GTK_WINDOW (root));
  g_signal_connect_object (root, "notify::is-active", G_CALLBACK (on_active_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
wuyou_agreement_gate_unroot (GtkWidget *widget)
{
  WuyouAgreementGate *self = WUYOU_AGREEMENT_GATE (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, on_active_changed_cb, self);
  g_clear_weak_pointer (&self->window);
  GTK_WIDGET_CLASS (wuyou_agreement_gate_parent_class)->unroot (widget);
}

static gboolean
wuyou_agreement_gate_grab_focus (GtkWidget *widget)
{
  WuyouAgreementGate *self = WUYOU_AGREEMENT_GATE (widget);

  if (self->reader != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->reader));
  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

GtkWidget *
wuyou_agreement_gate_new (WuyouAppContext *context)
{
  return g_object_new (WUYOU_TYPE_AGREEMENT_GATE, "context", context, NULL);
}

static void
wuyou_agreement_gate_dispose (GObject *object)
{
  WuyouAgreementGate *self = WUYOU_AGREEMENT_GATE (object);

  self->reader = NULL;
  self->usable = FALSE;
  g_clear_object (&self->sender);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (wuyou_agreement_gate_parent_class)->dispose (object);
}

static void
wuyou_agreement_gate_finalize (GObject *object)
{
  WuyouAgreementGate *self = WUYOU_AGREEMENT_GATE (object);

  g_clear_pointer (&self->bundle, wuyou_bundle_unref);
  g_clear_pointer (&self->log, wuyou_consent_log_free);
  g_ptr_array_unref (self->tools);
  g_free (self->organisation);
  g_free (self->build);
  G_OBJECT_CLASS (wuyou_agreement_gate_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *klass)
{
  gtk_widget_class_add_binding (klass, GDK_KEY_f, GDK_CONTROL_MASK, on_key_find_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_s, GDK_CONTROL_MASK, on_key_save_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_p, GDK_CONTROL_MASK, on_key_print_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_F6, 0, on_key_changes_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_plus, GDK_CONTROL_MASK, on_key_zoom_cb, "i", 10);
  gtk_widget_class_add_binding (klass, GDK_KEY_equal, GDK_CONTROL_MASK, on_key_zoom_cb, "i", 10);
  gtk_widget_class_add_binding (klass, GDK_KEY_minus, GDK_CONTROL_MASK, on_key_zoom_cb, "i", -10);
  gtk_widget_class_add_binding (klass, GDK_KEY_0, GDK_CONTROL_MASK, on_key_zoom_cb, "i", 0);
}

static void
wuyou_agreement_gate_class_init (WuyouAgreementGateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wuyou_agreement_gate_constructed;
  object_class->dispose = wuyou_agreement_gate_dispose;
  object_class->finalize = wuyou_agreement_gate_finalize;
  widget_class->root = wuyou_agreement_gate_root;
  widget_class->unroot = wuyou_agreement_gate_unroot;
  wuyou_focus_set_place (widget_class, wuyou_agreement_gate_grab_focus);
  add_keys (widget_class);
}

static void
wuyou_agreement_gate_init (WuyouAgreementGate *self)
{
  self->tools = g_ptr_array_new ();
}
