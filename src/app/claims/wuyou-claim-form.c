/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-form.h"

#include <glib/gi18n.h>

#include "claims/wuyou-claim-text.h"
#include "drafts/wuyou-draft-conflict.h"
#include "sales/wuyou-dossier.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-field-row.h"
#include "widgets/wuyou-text-scale.h"
#include "widgets/wuyou-value-rows.h"

static const struct {
  const char *section, *title, *text; /* N_(), text or NULL */
} sections[] = {
  { "loss", N_ ("Loss"), N_ ("As the informant tells it. It is saved as you type, also without a connection.") },
  { "consent", N_ ("Owner’s consent"),
    N_ ("Identity card, licences and bank slips are taken only after the owner consented to it separately.") },
  { "determination", N_ ("Insurer’s figures"), NULL },
  { "replacement", N_ ("New car"), NULL },
  { "costs", N_ ("Costs of both cars"), N_ ("By their receipts. Up to those of the old car they may be paid back.") },
};

struct _WuyouClaimForm {
  WuyouRecordForm parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  WuyouDraft *draft;
  WuyouClaimDossier *dossier; /* as loaded last; NULL for a new one */
  WuyouContract *contract;    /* of a new one, as this machine knows it; or NULL */
  GHashTable *rows;           /* field name → WuyouFieldRow, borrowed from their groups */
  GtkWidget *groups[G_N_ELEMENTS (sections)];
  WuyouBanner *banner;
  GtkScrolledWindow *scroller;
  GtkBox *column;
  GtkWidget *missing; /* group of what is missing */
  GtkLabel *saved;
  WuyouBusyButton *send;
  GtkWindow *conflict; /* the question that is open, or NULL */
  gboolean setting, show_missing;
  guint update_source;
};

G_DEFINE_FINAL_TYPE (WuyouClaimForm, wuyou_claim_form, WUYOU_TYPE_RECORD_FORM)

static char *
dup_number (gconstpointer record)
{
  return wuyou_claim_text_dup_number (record);
}

const WuyouDraftKind wuyou_claim_draft_kind = {
  .type = &wuyou_claim_type,
  .create_route = WUYOU_ROUTE_CLAIM_CREATE,
  .put_route = WUYOU_ROUTE_CLAIM_PUT,
  .create = "claim.create",
  .save = "claim.save",
  .dup_number = dup_number,
};

static int
get_state (WuyouClaimForm *self)
{
  return self->dossier != NULL ? self->dossier->claim->state : WUYOU_CLAIM_DRAFT;
}

/* What this form sends on; NULL: it only saves. */
static const struct {
  int state;
  const char *action, *section, *button; /* N_() */
} steps[] = {
  { WUYOU_CLAIM_DRAFT, "report", "loss", N_ ("_Report the Loss") },
  { WUYOU_CLAIM_PRE_APPROVED, "replace", "replacement", N_ ("_Register the New Car") },
};

static int
find_step (WuyouClaimForm *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].state == get_state (self))
      return (int) i;
  return -1;
}

static gboolean
is_open (WuyouClaimForm *self, const char *section)
{
  static const char *const fresh[] = { "loss", "consent", "determination", NULL };

  return self->dossier != NULL ? wuyou_claim_dossier_is_open (self->dossier, section)
                               : g_strv_contains (fresh, section);
}

static const WuyouContract *
get_contract (WuyouClaimForm *self)
{
  return self->dossier != NULL ? self->dossier->contract : self->contract;
}

static WuyouFieldRow *
get_row (WuyouClaimForm *self, const char *field)
{
  return field != NULL ? g_hash_table_lookup (self->rows, field) : NULL;
}

static void
show_title (WuyouClaimForm *self)
{
  g_autofree char *title
      = self->dossier != NULL ? wuyou_claim_text_dup_number (self->dossier->claim) : g_strdup (_ ("New claim"));

  wuyou_record_form_set_title (WUYOU_RECORD_FORM (self), title);
}

static gboolean
has_focus (WuyouClaimForm *self, WuyouFieldRow *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, wuyou_field_row_get_row (row));
}

/* Never under the fingers of who types. */
static void
show_row (WuyouClaimForm *self, WuyouFieldRow *row)
{
  const WuyouField *field = wuyou_field_row_get_field (row);
  const GError *error = wuyou_draft_get_error (self->draft, field);

  if (!has_focus (self, row) || *wuyou_field_row_get_text (row) == '\0')
    wuyou_field_row_set_text (row, wuyou_draft_get_text (self->draft, field));
  wuyou_field_row_set_kept (row,
                            *wuyou_field_row_get_text (row) == '\0' ? wuyou_draft_get_kept (self->draft, field) : NULL);
  if (error != NULL)
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
  else
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_QUIET, NULL);
}

/* As if it were reported now. Holidays are the server's to know: a last day that is one is taken for a working day. */
static gboolean
is_late (WuyouClaimForm *self, const WuyouClaim *claim, const WuyouClaimClocks *clocks)
{
  g_autoptr (WuyouCalendar) calendar = wuyou_calendar_new ();
  WuyouClaim reported = *claim;

  for (int weekday = 1; weekday <= 5; weekday++)
    wuyou_calendar_set_hours (calendar, weekday, 9 * 60, 18 * 60);
  if (reported.reported_at == 0)
    reported.reported_at = wuyou_app_context_now (self->context);
  return wuyou_claim_is_late (&reported, clocks, calendar);
}

/* Late, or outside the term: told at once, as it decides what is worth gathering. */
static void
show_loss_time (WuyouClaimForm *self, const WuyouClaim *claim)
{
  WuyouFieldRow *row = get_row (self, "loss_at");
  const WuyouContract *contract = get_contract (self);
  WuyouClaimClocks clocks = { .notify_days = 3 };

  if (claim->loss_at == 0)
    return;
  if (self->dossier != NULL && self->dossier->clocks.notify_days > 0)
    clocks = self->dossier->clocks;
  if (claim->loss_at > wuyou_app_context_now (self->context))
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_WRONG, _ ("The loss lies in the future."));
  else if (contract != NULL && contract->effective_on != WUYOU_DATE_NONE
           && !wuyou_claim_is_covered (contract, wuyou_date_of_instant (claim->loss_at)))
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_WRONG,
                                  _ ("The contract was not in force on the day of the loss."));
  else if (is_late (self, claim, &clocks))
    wuyou_field_row_set_sentence (
        row, WUYOU_FIELD_ROW_CAUTION,
        _ ("Later than the days agreed for the notice. It can be reported all the same; the assessor decides."));
}

static gboolean
check_loss (gconstpointer record, gconstpointer section, GError **error)
{
  return wuyou_claim_check_section (record, section, error);
}

static void
on_missing_activated_cb (AdwActionRow *row, WuyouClaimForm *self)
{
  wuyou_record_form_focus (WUYOU_RECORD_FORM (self), g_object_get_data (G_OBJECT (row), "wuyou-field"));
}

static void
add_problem (WuyouClaimForm *self, AdwPreferencesGroup *group, const GError *problem)
{
  const char *field = wuyou_error_get_field (problem);
  AdwActionRow *row
      = wuyou_value_group_add_text (group, wuyou_claim_text_field (field), wuyou_error_sentence (problem));

  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "wuyou-field", g_strdup (field), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_missing_activated_cb), self, 0);
}

static void
show_problems (WuyouClaimForm *self, const GError *problems)
{
  const GPtrArray *parts = problems != NULL ? wuyou_error_get_violations (problems) : NULL;
  guint n = parts != NULL ? parts->len : 0;
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u entry is still to be done", "%u entries are still to be done", n), n);

  gtk_box_insert_child_after (self->column, group, self->missing);
  gtk_box_remove (self->column, self->missing);
  self->missing = group;
  gtk_widget_set_visible (group, n > 0);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < n; i++) {
    WuyouFieldRow *row = get_row (self, wuyou_error_get_field (parts->pdata[i]));

    add_problem (self, ADW_PREFERENCES_GROUP (group), parts->pdata[i]);
    if (row != NULL)
      wuyou_field_row_set_sentence (
          row, *wuyou_field_row_get_text (row) == '\0' ? WUYOU_FIELD_ROW_MISSING : WUYOU_FIELD_ROW_WRONG,
          wuyou_error_sentence (parts->pdata[i]));
  }
}

static void
show_sections (WuyouClaimForm *self)
{
  int step = find_step (self);

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    gtk_widget_set_visible (self->groups[i], is_open (self, sections[i].section));
  gtk_widget_set_visible (GTK_WIDGET (self->send), step >= 0);
  if (step >= 0)
    g_object_set (self->send, "label", _ (steps[step].button), NULL);
}

static void
update (WuyouClaimForm *self)
{
  const WuyouClaim *claim = wuyou_draft_get_record (self->draft);
  GHashTableIter iter;
  gpointer row;
  g_autoptr (GError) problems = NULL;
  int step = find_step (self);

  self->setting = TRUE;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    show_row (self, row);
  self->setting = FALSE;
  show_sections (self);
  show_loss_time (self, claim);
  if (self->show_missing && step >= 0)
    wuyou_draft_check (self->draft, check_loss, steps[step].section, &problems);
  show_problems (self, problems);
}

static gboolean
on_update_due_cb (gpointer data)
{
  WuyouClaimForm *self = data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (WuyouClaimForm *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (on_update_due_cb, self);
}

static const char *
wuyou_claim_form_get_action (WuyouRecordForm *form)
{
  int step = find_step (WUYOU_CLAIM_FORM (form));

  return step >= 0 ? steps[step].action : NULL;
}

static const char *
wuyou_claim_form_get_etag (WuyouRecordForm *form)
{
  const WuyouClaimDossier *dossier = WUYOU_CLAIM_FORM (form)->dossier;

  return dossier != NULL ? dossier->etag : NULL;
}

static void
wuyou_claim_form_show_problems (WuyouRecordForm *form, const GError *error)
{
  show_problems (WUYOU_CLAIM_FORM (form), error);
}

static void
on_send_pressed_cb (WuyouClaimForm *self)
{
  int step = find_step (self);
  g_autoptr (GError) problems = NULL;

  if (wuyou_busy_button_get_busy (self->send) || step < 0)
    return;
  self->show_missing = TRUE;
  if (!wuyou_draft_check (self->draft, check_loss, steps[step].section, &problems)) {
    const GPtrArray *parts = wuyou_error_get_violations (problems);

    update (self);
    if (parts != NULL && parts->len > 0)
      wuyou_record_form_focus (WUYOU_RECORD_FORM (self), wuyou_error_get_field (parts->pdata[0]));
    return;
  }
  wuyou_record_form_submit (WUYOU_RECORD_FORM (self));
}

static void
show_saved (WuyouClaimForm *self)
{
  const GError *problem = wuyou_draft_get_problem (self->draft);
  gboolean online = wuyou_client_get_online (wuyou_app_context_get_client (self->context));
  WuyouDraftState state = wuyou_draft_get_state (self->draft);

  if (state == WUYOU_DRAFT_SAVED)
    gtk_label_set_text (self->saved, _ ("Saved"));
  else if (state == WUYOU_DRAFT_SENDING && online)
    gtk_label_set_text (self->saved, _ ("Saving…"));
  else
    gtk_label_set_text (self->saved, _ ("Kept on this computer"));
  if (state != WUYOU_DRAFT_REFUSED)
    wuyou_banner_hide (self->banner);
  else if (problem != NULL && !g_error_matches (problem, WUYOU_ERROR, WUYOU_ERROR_STALE))
    wuyou_banner_show_error (self->banner, problem);
}

static void
on_conflict_cb (WuyouClaimForm *self, JsonObject *current)
{
  wuyou_draft_conflict_present (GTK_WIDGET (self), self->draft, current, &self->conflict);
}

static gboolean
keep_dossier (WuyouClaimForm *self, JsonObject *answer, const char *etag)
{
  g_autoptr (GError) error = NULL;
  WuyouClaimDossier *dossier = wuyou_claim_dossier_new (answer, etag, &error);

  if (dossier == NULL) {
    wuyou_banner_show_error (self->banner, error);
    return FALSE;
  }
  /* A slow answer that a newer one overtook. */
  if (self->dossier != NULL && dossier->claim->version < self->dossier->claim->version) {
    wuyou_claim_dossier_free (dossier);
    return FALSE;
  }
  g_clear_pointer (&self->dossier, wuyou_claim_dossier_free);
  self->dossier = dossier;
  show_title (self);
  queue_update (self);
  return TRUE;
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouClaimForm) self = data;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (self->cancellable == NULL)
    return;
  if (answer != NULL) {
    wuyou_dossier_keep_answer (wuyou_app_context_get_local (self->context), &wuyou_claim_type, answer);
    if (keep_dossier (self, answer, etag))
      wuyou_draft_take (self->draft, self->dossier->claim);
  } else if (!g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE)
             && !g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
    wuyou_banner_show_error (self->banner, error);
  }
  wuyou_record_form_loaded (WUYOU_RECORD_FORM (self), answer == NULL ? error : NULL);
}

static void
wuyou_claim_form_refresh (WuyouRecordForm *form)
{
  WuyouClaimForm *self = WUYOU_CLAIM_FORM (form);
  const char *args[] = { wuyou_draft_get_id (self->draft), NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIM_GET, .args = args };

  if (wuyou_draft_exists (self->draft))
    wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_loaded_cb,
                             g_object_ref (self));
}

/* The draft takes the values itself; it hears of them after this. */
static void
on_outbox_sent_cb (WuyouClaimForm *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  if (self->draft != NULL && g_strcmp0 (wuyou_outbox_item_get_record (item), wuyou_draft_get_id (self->draft)) == 0
      && reply != NULL && json_object_has_member (reply, "claim"))
    keep_dossier (self, reply, etag);
}

/* A third from the top, so that what stands under it is seen too. */
static void
show_widget (WuyouClaimForm *self, GtkWidget *widget)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (widget, GTK_WIDGET (self->column), &bounds))
    gtk_adjustment_set_value (adjustment, MAX (0, bounds.origin.y - gtk_adjustment_get_page_size (adjustment) / 3));
}

static void
wuyou_claim_form_focus (WuyouRecordForm *form, const char *field)
{
  WuyouClaimForm *self = WUYOU_CLAIM_FORM (form);
  WuyouFieldRow *row = get_row (self, field);

  for (guint i = 0; row == NULL && i < wuyou_claim_type.n_fields; i++)
    if (is_open (self, wuyou_claim_type.fields[i].section))
      row = get_row (self, wuyou_claim_type.fields[i].name);
  if (row == NULL)
    return;
  show_widget (self, wuyou_field_row_get_row (row));
  wuyou_field_row_focus (row);
}

static void
on_row_changed_cb (WuyouFieldRow *row, WuyouClaimForm *self)
{
  if (!self->setting)
    wuyou_draft_set_text (self->draft, wuyou_field_row_get_field (row), wuyou_field_row_get_text (row));
}

static void
add_rows (WuyouClaimForm *self, const char *section, AdwPreferencesGroup *group)
{
  for (guint i = 0; i < wuyou_claim_type.n_fields; i++) {
    const WuyouField *field = &wuyou_claim_type.fields[i];
    WuyouFieldRow *row;

    if (!g_str_equal (field->section, section) || (field->flags & WUYOU_FIELD_SERVER))
      continue;
    row = wuyou_field_row_new (field, NULL);
    g_hash_table_insert (self->rows, (gpointer) field->name, row);
    wuyou_field_row_add_to (row, group);
    g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed_cb), self, 0);
  }
}

static void
build_end (WuyouClaimForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->missing = adw_preferences_group_new ();
  gtk_widget_set_visible (self->missing, FALSE);
  self->send = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (_ ("_Report the Loss")));
  g_object_set (self->send, "suggested", TRUE, NULL);
  self->saved = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->saved), "dim-label");
  g_object_set (self->saved, "hexpand", TRUE, "xalign", 0.0f, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->saved));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->send));
  gtk_box_append (self->column, self->missing);
  gtk_box_append (self->column, box);
  g_signal_connect_object (self->send, "pressed", G_CALLBACK (on_send_pressed_cb), self, G_CONNECT_SWAPPED);
}

static void
build (WuyouClaimForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *clamp = adw_clamp_new ();

  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    self->groups[i] = adw_preferences_group_new ();
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->groups[i]), _ (sections[i].title));
    if (sections[i].text != NULL)
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->groups[i]), _ (sections[i].text));
    add_rows (self, sections[i].section, ADW_PREFERENCES_GROUP (self->groups[i]));
    gtk_box_append (self->column, self->groups[i]);
  }
  build_end (self);
  g_object_set (self->column, "margin-start", 18, "margin-end", 18, "margin-top", 18, "margin-bottom", 36, NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), wuyou_text_scale_px (clamp, 640));
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->column));
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, clamp);
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->scroller));
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
wuyou_claim_form_dispose (GObject *object)
{
  WuyouClaimForm *self = WUYOU_CLAIM_FORM (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_weak_pointer (&self->conflict);
  G_OBJECT_CLASS (wuyou_claim_form_parent_class)->dispose (object);
}

static void
wuyou_claim_form_finalize (GObject *object)
{
  WuyouClaimForm *self = WUYOU_CLAIM_FORM (object);

  g_clear_object (&self->context);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->dossier, wuyou_claim_dossier_free);
  g_clear_pointer (&self->contract, wuyou_contract_free);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  G_OBJECT_CLASS (wuyou_claim_form_parent_class)->finalize (object);
}

static void
wuyou_claim_form_class_init (WuyouClaimFormClass *klass)
{
  static const WuyouRecordFormKind kind = {
    .route = WUYOU_ROUTE_CLAIM_ACT,
    .sent = N_ ("Sent."),
    .away = N_ ("The server cannot be reached. Everything is kept here; report it when it is back."),
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WuyouRecordFormClass *form_class = WUYOU_RECORD_FORM_CLASS (klass);

  object_class->dispose = wuyou_claim_form_dispose;
  object_class->finalize = wuyou_claim_form_finalize;
  form_class->refresh = wuyou_claim_form_refresh;
  form_class->focus = wuyou_claim_form_focus;
  form_class->kind = &kind;
  form_class->get_action = wuyou_claim_form_get_action;
  form_class->get_etag = wuyou_claim_form_get_etag;
  form_class->show_problems = wuyou_claim_form_show_problems;
}

static void
wuyou_claim_form_init (WuyouClaimForm *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
load_cached (WuyouClaimForm *self, const char *id)
{
  g_autoptr (JsonObject) kept
      = wuyou_dossier_load_answer (wuyou_app_context_get_local (self->context), &wuyou_claim_type, id);

  if (kept != NULL && keep_dossier (self, kept, NULL))
    wuyou_draft_show_kept (self->draft, self->dossier->claim);
}

/* What this machine knows of the contract says whether the loss lies in its term, also without the server. */
static void
load_contract (WuyouClaimForm *self)
{
  const WuyouClaim *claim = wuyou_draft_get_record (self->draft);
  g_autoptr (JsonObject) kept
      = claim->contract_id != NULL
            ? wuyou_dossier_load_kept (wuyou_app_context_get_local (self->context), claim->contract_id)
            : NULL;
  g_autoptr (WuyouDossier) dossier = kept != NULL ? wuyou_dossier_new (kept, NULL, NULL) : NULL;

  if (dossier != NULL)
    self->contract = g_steal_pointer (&dossier->contract);
}

WuyouRecordForm *
wuyou_claim_form_new (WuyouAppContext *context, const char *id, const char *contract_id)
{
  WuyouClaimForm *self = g_object_new (WUYOU_TYPE_CLAIM_FORM, NULL);

  self->context = g_object_ref (context);
  /* Before the draft hears of it, so that what follows from it finds the new version. */
  g_signal_connect_object (wuyou_app_context_get_outbox (context), "sent", G_CALLBACK (on_outbox_sent_cb), self,
                           G_CONNECT_SWAPPED);
  self->draft = wuyou_draft_new (context, &wuyou_claim_draft_kind, id);
  wuyou_record_form_set_draft (WUYOU_RECORD_FORM (self), self->draft);
  build (self);
  if (id == NULL)
    wuyou_draft_set_text (self->draft, wuyou_record_type_find (&wuyou_claim_type, "contract_id"), contract_id);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "state-changed", G_CALLBACK (show_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "conflict", G_CALLBACK (on_conflict_cb), self, G_CONNECT_SWAPPED);
  wuyou_record_form_set_submit (WUYOU_RECORD_FORM (self), context, self->send, self->banner);
  show_title (self);
  if (id != NULL)
    load_cached (self, id);
  load_contract (self);
  wuyou_record_form_refresh (WUYOU_RECORD_FORM (self));
  update (self);
  return WUYOU_RECORD_FORM (self);
}
