/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claims-page.h"

#include <glib/gi18n.h>

#include "base/wuyou-id.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-claim-choose.h"
#include "claims/wuyou-claim-detail.h"
#include "claims/wuyou-claim-form.h"
#include "claims/wuyou-claim-list.h"
#include "claims/wuyou-claim-notice.h"
#include "claims/wuyou-claim-text.h"
#include "drafts/wuyou-draft-courier.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-split-view.h"

#define LIST_MIN 412
#define LIST_MAX 760
#define DETAIL_MIN 350
#define ON_CONTRACT "contract:"

struct _WuyouClaimsPage {
  WuyouPage parent_instance;
  GtkStack *stack;
  WuyouSplitView *split;
  WuyouRecordList *list;
  WuyouClaimDetail *detail;
  WuyouClaimForm *form; /* NULL while none is open */
  WuyouBanner *drafts;
  GtkWidget *browse_buttons;
  AdwButtonContent *new_words; /* NULL for who may not report */
};

G_DEFINE_FINAL_TYPE (WuyouClaimsPage, wuyou_claims_page, WUYOU_TYPE_PAGE)

static WuyouAppContext *
get_context (WuyouClaimsPage *self)
{
  return wuyou_page_get_context (WUYOU_PAGE (self));
}

static gboolean
can_create (WuyouClaimsPage *self)
{
  return wuyou_session_can (wuyou_app_context_get_session (get_context (self)), WUYOU_OBJECT_CLAIM, WUYOU_VERB_CREATE);
}

/* There is room for one column only, and it is the claim. */
static gboolean
is_covered (WuyouClaimsPage *self)
{
  return wuyou_split_view_get_folded (self->split) && wuyou_split_view_get_show_content (self->split);
}

static gboolean
is_seen (WuyouClaimsPage *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self))
         && (!wuyou_split_view_get_folded (self->split) || wuyou_split_view_get_show_content (self->split));
}

static void
tell_shown (WuyouClaimsPage *self)
{
  const char *id = self->form != NULL ? wuyou_claim_form_get_id (self->form) : wuyou_claim_detail_get_id (self->detail);

  wuyou_claim_notice_set_shown (get_context (self), is_seen (self) ? id : NULL);
}

static void
show_header (WuyouClaimsPage *self)
{
  gboolean editing = self->form != NULL;

  gtk_widget_set_visible (self->browse_buttons, !editing && !is_covered (self));
  if (self->new_words != NULL)
    adw_button_content_set_label (self->new_words,
                                  wuyou_split_view_get_folded (self->split) ? "" : _ ("Report a Loss"));
  wuyou_page_set_inner (WUYOU_PAGE (self), editing || is_covered (self));
  wuyou_page_set_title (WUYOU_PAGE (self), editing ? wuyou_claim_form_get_title (self->form) : _ ("Claims"));
  tell_shown (self);
}

static void
drop_form (WuyouClaimsPage *self)
{
  WuyouClaimForm *form = self->form;

  if (form == NULL)
    return;
  self->form = NULL;
  wuyou_claim_form_flush (form);
  gtk_stack_set_visible_child_name (self->stack, "browse");
  gtk_stack_remove (self->stack, GTK_WIDGET (form));
  show_header (self);
}

static void
show_local_drafts (WuyouClaimsPage *self)
{
  guint n_drafts = 0;
  g_autofree char *newest = wuyou_draft_courier_find_local (get_context (self), &wuyou_claim_draft_kind, &n_drafts);
  g_autofree char *text
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u draft is on this computer only, until it can be sent.",
                                      "%u drafts are on this computer only, until they can be sent.", n_drafts),
                         n_drafts);

  if (n_drafts > 0)
    wuyou_banner_show (self->drafts, WUYOU_BANNER_NOTE, text, _ ("_Open"));
  else
    wuyou_banner_hide (self->drafts);
}

static void
close_form (WuyouClaimsPage *self)
{
  g_autofree char *id = self->form != NULL ? g_strdup (wuyou_claim_form_get_id (self->form)) : NULL;

  drop_form (self);
  show_local_drafts (self);
  wuyou_record_list_refresh (self->list);
  wuyou_record_list_select (self->list, id);
  wuyou_claim_detail_show (self->detail, id);
  if (is_covered (self))
    wuyou_claim_detail_focus (self->detail);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_form_closed_cb (WuyouClaimsPage *self)
{
  wuyou_split_view_set_show_content (self->split, TRUE);
  close_form (self);
}

static void
open_form (WuyouClaimsPage *self, const char *id, const char *contract_id, const char *field)
{
  drop_form (self);
  self->form = WUYOU_CLAIM_FORM (wuyou_claim_form_new (get_context (self), id, contract_id));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->form), "form");
  gtk_stack_set_visible_child_name (self->stack, "form");
  g_signal_connect_object (self->form, "closed", G_CALLBACK (on_form_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "notify::title", G_CALLBACK (show_header), self, G_CONNECT_SWAPPED);
  show_header (self);
  wuyou_claim_form_focus (self->form, field);
}

static void
on_contract_chosen_cb (const char *contract_id, gpointer data)
{
  open_form (data, NULL, contract_id, NULL);
}

static void
on_new_requested_cb (WuyouClaimsPage *self)
{
  if (can_create (self))
    wuyou_claim_choose_present (get_context (self), GTK_WIDGET (self), on_contract_chosen_cb, self);
}

static void
on_edit_requested_cb (WuyouClaimsPage *self, const char *id, const char *field)
{
  open_form (self, id, NULL, field);
}

static void
on_list_selected_cb (WuyouClaimsPage *self, const char *id)
{
  wuyou_claim_detail_show (self->detail, id);
  tell_shown (self);
}

static void
on_list_opened_cb (WuyouClaimsPage *self, const char *id)
{
  wuyou_claim_detail_show (self->detail, id);
  wuyou_split_view_set_show_content (self->split, TRUE);
  wuyou_claim_detail_focus (self->detail);
  tell_shown (self);
}

/* What is beside the list is read on in; what the list covers is shown. */
static void
on_list_peeked_cb (WuyouClaimsPage *self, const char *id)
{
  if (wuyou_split_view_get_folded (self->split))
    on_list_opened_cb (self, id);
  else
    wuyou_claim_detail_read_on (self->detail);
}

static void
on_detail_changed_cb (WuyouClaimsPage *self, const char *id)
{
  wuyou_record_list_touch (self->list, id, TRUE);
}

static void
on_list_busy_cb (WuyouClaimsPage *self)
{
  if (self->form == NULL)
    wuyou_page_set_busy (WUYOU_PAGE (self), wuyou_record_list_get_busy (self->list));
}

static void
on_feed_event_cb (WuyouClaimsPage *self, JsonObject *event)
{
  const char *id = wuyou_json_get_string (event, "record");

  if (g_strcmp0 (wuyou_json_get_string (event, "object"), "claim") != 0 || id == NULL)
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return; /* entering the page asks anyway */
  if (self->form != NULL)
    wuyou_claim_form_touch (self->form, id);
  wuyou_record_list_touch (self->list, id, TRUE);
  if (self->form == NULL && g_strcmp0 (id, wuyou_claim_detail_get_id (self->detail)) == 0)
    wuyou_claim_detail_refresh (self->detail);
}

static void
on_drafts_pressed_cb (WuyouClaimsPage *self)
{
  guint n_drafts = 0;
  g_autofree char *newest = wuyou_draft_courier_find_local (get_context (self), &wuyou_claim_draft_kind, &n_drafts);

  if (newest != NULL)
    open_form (self, newest, NULL, NULL);
}

static void
wuyou_claims_page_refresh (WuyouPage *page)
{
  WuyouClaimsPage *self = WUYOU_CLAIMS_PAGE (page);

  tell_shown (self);
  if (self->form != NULL) {
    wuyou_claim_form_refresh (self->form);
    return;
  }
  show_local_drafts (self);
  wuyou_record_list_refresh (self->list);
  wuyou_claim_detail_refresh (self->detail);
}

static void
wuyou_claims_page_open_record (WuyouPage *page, const char *record)
{
  WuyouClaimsPage *self = WUYOU_CLAIMS_PAGE (page);

  if (g_str_equal (record, "new")) {
    on_new_requested_cb (self);
    return;
  }
  if (g_str_has_prefix (record, ON_CONTRACT) && wuyou_id_is_valid (record + strlen (ON_CONTRACT))
      && can_create (self)) {
    open_form (self, NULL, record + strlen (ON_CONTRACT), NULL);
    return;
  }
  if (!wuyou_id_is_valid (record))
    return;
  drop_form (self);
  wuyou_record_list_select (self->list, record);
  wuyou_claim_detail_show (self->detail, record);
  wuyou_split_view_set_show_content (self->split, TRUE);
  tell_shown (self);
}

/* Leaving keeps what was typed: it is sealed on this machine with every key. */
static void
wuyou_claims_page_left (WuyouPage *page)
{
  WuyouClaimsPage *self = WUYOU_CLAIMS_PAGE (page);

  if (self->form != NULL)
    wuyou_claim_form_flush (self->form);
  wuyou_claim_detail_stop (self->detail);
  wuyou_claim_notice_set_shown (get_context (self), NULL);
  WUYOU_PAGE_CLASS (wuyou_claims_page_parent_class)->left (page);
}

static gboolean
find (WuyouClaimsPage *self)
{
  if (self->form != NULL)
    return FALSE;
  wuyou_split_view_set_show_content (self->split, FALSE);
  wuyou_record_list_focus_search (self->list);
  return TRUE;
}

static gboolean
save (WuyouClaimsPage *self)
{
  if (self->form == NULL)
    return wuyou_claim_detail_save (self->detail);
  wuyou_claim_form_flush (self->form);
  wuyou_app_context_toast (get_context (self), _ ("Saved"));
  return TRUE;
}

/* One way back at a time: from the form, then from the claim that covers the list. */
static gboolean
go_back (WuyouClaimsPage *self)
{
  if (self->form != NULL)
    close_form (self);
  else if (is_covered (self))
    wuyou_split_view_set_show_content (self->split, FALSE);
  else
    return FALSE;
  return TRUE;
}

static gboolean
wuyou_claims_page_act (WuyouPage *page, WuyouPageAct act)
{
  WuyouClaimsPage *self = WUYOU_CLAIMS_PAGE (page);

  switch (act) {
  case WUYOU_PAGE_BACK:
    return go_back (self);
  case WUYOU_PAGE_FIND:
    return find (self);
  case WUYOU_PAGE_NEW:
    if (self->form == NULL)
      on_new_requested_cb (self);
    return TRUE;
  case WUYOU_PAGE_SAVE:
    return save (self);
  default:
    return FALSE;
  }
}

/* The list first: its arrow keys are what most of the day is about. */
static gboolean
wuyou_claims_page_grab_focus (GtkWidget *widget)
{
  WuyouClaimsPage *self = WUYOU_CLAIMS_PAGE (widget);

  if (self->form != NULL || is_covered (self))
    return GTK_WIDGET_CLASS (wuyou_claims_page_parent_class)->grab_focus (widget);
  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
build_header (WuyouClaimsPage *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  self->browse_buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  adw_header_bar_pack_start (wuyou_page_get_header (WUYOU_PAGE (self)), self->browse_buttons);
  gtk_box_append (GTK_BOX (self->browse_buttons), button);
  gtk_widget_set_visible (button, can_create (self));
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  self->new_words = ADW_BUTTON_CONTENT (content);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, _ ("Report a loss (Ctrl+N)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Report a Loss"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_new_requested_cb), self, G_CONNECT_SWAPPED);
}

static void
connect_parts (WuyouClaimsPage *self)
{
  g_signal_connect_object (self->split, "notify::folded", G_CALLBACK (show_header), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "notify::show-content", G_CALLBACK (show_header), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drafts, "pressed", G_CALLBACK (on_drafts_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "selected", G_CALLBACK (on_list_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "opened", G_CALLBACK (on_list_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "peeked", G_CALLBACK (on_list_peeked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "new-requested", G_CALLBACK (on_new_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::busy", G_CALLBACK (on_list_busy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail, "edit-requested", G_CALLBACK (on_edit_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail, "changed", G_CALLBACK (on_detail_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_outbox (get_context (self)), "sent", G_CALLBACK (show_local_drafts),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_feed (get_context (self)), "event", G_CALLBACK (on_feed_event_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
build_content (WuyouClaimsPage *self)
{
  GtkWidget *browse = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = WUYOU_RECORD_LIST (wuyou_claim_list_new (get_context (self)));
  self->detail = WUYOU_CLAIM_DETAIL (wuyou_claim_detail_new (get_context (self)));
  self->split = g_object_new (WUYOU_TYPE_SPLIT_VIEW, "sidebar-min", LIST_MIN, "sidebar-max", LIST_MAX, "sidebar-share",
                              0.5, "content-min", DETAIL_MIN, NULL);
  wuyou_split_view_set_sidebar (self->split, GTK_WIDGET (self->list));
  wuyou_split_view_set_content (self->split, GTK_WIDGET (self->detail));
  self->drafts = WUYOU_BANNER (wuyou_banner_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->split), TRUE);
  gtk_box_append (GTK_BOX (browse), GTK_WIDGET (self->drafts));
  gtk_box_append (GTK_BOX (browse), GTK_WIDGET (self->split));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, browse, "browse");
  wuyou_page_set_content (WUYOU_PAGE (self), GTK_WIDGET (self->stack));
}

static void
wuyou_claims_page_constructed (GObject *object)
{
  WuyouClaimsPage *self = WUYOU_CLAIMS_PAGE (object);

  G_OBJECT_CLASS (wuyou_claims_page_parent_class)->constructed (object);
  build_content (self);
  build_header (self);
  connect_parts (self);
  show_header (self);
}

static void
wuyou_claims_page_dispose (GObject *object)
{
  WuyouClaimsPage *self = WUYOU_CLAIMS_PAGE (object);

  if (self->form != NULL)
    wuyou_claim_form_flush (self->form);
  self->form = NULL;
  G_OBJECT_CLASS (wuyou_claims_page_parent_class)->dispose (object);
}

static void
wuyou_claims_page_class_init (WuyouClaimsPageClass *klass)
{
  WuyouPageClass *page_class = WUYOU_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = wuyou_claims_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = wuyou_claims_page_dispose;
  page_class->refresh = wuyou_claims_page_refresh;
  page_class->open_record = wuyou_claims_page_open_record;
  page_class->left = wuyou_claims_page_left;
  page_class->act = wuyou_claims_page_act;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_claims_page_grab_focus);
}

static void
wuyou_claims_page_init (WuyouClaimsPage *self)
{
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  JsonArray *items = answer != NULL ? wuyou_json_get_array (answer, "items") : NULL;
  GPtrArray *found;

  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_finding_free);
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonObject *object = wuyou_json_array_get_object (items, i);
    g_autoptr (WuyouClaim) claim = wuyou_claim_new ();
    g_autofree char *title = NULL;
    g_autofree char *text = NULL;

    if (object == NULL || !wuyou_record_read_json (&wuyou_claim_type, claim, object, WUYOU_CODEC_MASKED_INPUT, NULL))
      continue;
    title = wuyou_claim_text_dup_number (claim);
    text = g_strdup_printf ("%s · %s", claim->contract_owner_name != NULL ? claim->contract_owner_name : "",
                            wuyou_claim_text_state (claim->state));
    g_ptr_array_add (found, wuyou_finding_new (claim->id, title, text));
  }
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

void
wuyou_claims_page_find_async (WuyouAppContext *context, const char *text, GTask *task)
{
  const char *query[] = { "q", text, "limit", "8", NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIMS_LIST, .query = query };

  wuyou_client_call_async (wuyou_app_context_get_client (context), &call, g_task_get_cancellable (task), on_found_cb,
                           g_object_ref (task));
}

static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (answer != NULL)
    g_task_return_int (task, CLAMP (wuyou_json_get_int (answer, "total"), 0, G_MAXINT));
  else
    g_task_return_error (task, error);
}

void
wuyou_claims_page_count_async (WuyouAppContext *context, GTask *task)
{
  const char *query[] = { "queue", "true", "limit", "1", NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIMS_LIST, .query = query };

  wuyou_client_call_async (wuyou_app_context_get_client (context), &call, g_task_get_cancellable (task), on_counted_cb,
                           g_object_ref (task));
}
