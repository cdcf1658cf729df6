/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-talk.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim-text.h"
#include "drafts/wuyou-kept-text.h"
#include "widgets/wuyou-value-rows.h"

#define SEND "claim.message"
#define KEPT "message"

struct _WuyouClaimTalk {
  AdwBin parent_instance;
  WuyouAppContext *context;
  char *claim_id, *label;
  GPtrArray *notes; /* WuyouClaimNote, what was said as far as the server told */
  GtkBox *box;
  GtkWidget *list; /* of what was said; made anew */
  GtkWidget *entry_group;
  AdwEntryRow *entry;
  GtkWidget *send;
  gboolean setting;
};

enum { SENT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouClaimTalk, wuyou_claim_talk, ADW_TYPE_BIN)

/* Of their own in the outbox: an entry of the claim that is refused does not hold back what people say. */
static char *
dup_record (WuyouClaimTalk *self)
{
  return g_strconcat ("messages:", self->claim_id, NULL);
}

/* Written, and not at the server yet; returns how many. */
static guint
add_waiting (WuyouClaimTalk *self, AdwPreferencesGroup *group)
{
  guint n = 0;
  GListModel *outbox = G_LIST_MODEL (wuyou_app_context_get_outbox (self->context));
  g_autofree char *record = dup_record (self);

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++) {
    g_autoptr (WuyouOutboxItem) item = g_list_model_get_item (outbox, i);
    const char *body = wuyou_outbox_item_get_body (item);
    g_autoptr (JsonObject) said = NULL;
    AdwActionRow *row;

    if (g_strcmp0 (wuyou_outbox_item_get_kind (item), SEND) != 0
        || g_strcmp0 (wuyou_outbox_item_get_record (item), record) != 0 || body == NULL)
      continue;
    said = wuyou_json_parse_object (body, strlen (body), NULL);
    row = wuyou_value_group_add_text (group, _ ("You · waits to be sent"),
                                      said != NULL ? wuyou_json_get_string (said, "text") : NULL);
    gtk_widget_add_css_class (GTK_WIDGET (row), "dim-label");
    n++;
  }
  return n;
}

static void
add_note (AdwPreferencesGroup *group, const WuyouClaimNote *note)
{
  g_autofree char *at = wuyou_instant_format_local (note->at);
  const char *side = g_strcmp0 (note->side, "OPERATOR") == 0 ? _ ("Operator") : _ ("Dealership");
  g_autofree char *title = g_strdup_printf ("%s%s%s · %s", side, note->actor != NULL ? " · " : "",
                                            note->actor != NULL ? note->actor : "", at);

  wuyou_value_group_add_text (group, title, note->text);
}

static void
show_list (WuyouClaimTalk *self)
{
  AdwPreferencesGroup *group = wuyou_value_group_new (_ ("Messages"));

  for (guint i = 0; i < self->notes->len; i++)
    add_note (group, self->notes->pdata[i]);
  if (add_waiting (self, group) + self->notes->len == 0)
    wuyou_value_group_add_nothing (group, _ ("Nothing was written yet."));
  if (self->list != NULL)
    gtk_box_remove (self->box, self->list);
  self->list = GTK_WIDGET (group);
  gtk_box_prepend (self->box, self->list);
}

static gboolean
can_write (WuyouClaimTalk *self, const WuyouClaimDossier *dossier)
{
  guint32 roles = wuyou_session_get_roles_for (wuyou_app_context_get_session (self->context), dossier->for_dealer);

  return wuyou_permission_check (roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_SUBMIT)
         || wuyou_permission_check (roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_APPROVE);
}

/* What is being written about it. */
static void
show_kept (WuyouClaimTalk *self)
{
  g_autofree char *text = wuyou_kept_text_dup (self->context, KEPT, self->claim_id);

  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  self->setting = FALSE;
}

void
wuyou_claim_talk_set (WuyouClaimTalk *self, const WuyouClaimDossier *dossier)
{
  if (g_strcmp0 (self->claim_id, dossier->claim->id) != 0) {
    g_free (self->claim_id);
    self->claim_id = g_strdup (dossier->claim->id);
    show_kept (self);
  }
  g_free (self->label);
  self->label = wuyou_claim_text_dup_number (dossier->claim);
  gtk_widget_set_visible (self->entry_group, can_write (self, dossier));
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  self->notes = g_ptr_array_ref (dossier->notes);
  show_list (self);
}

static void
on_text_changed_cb (WuyouClaimTalk *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *text = wuyou_text_normalise (typed);

  gtk_widget_set_sensitive (self->send, *text != '\0');
  if (!self->setting && self->claim_id != NULL)
    wuyou_kept_text_save (self->context, KEPT, self->claim_id, typed);
}

static void
on_send_cb (WuyouClaimTalk *self)
{
  const char *args[] = { self->claim_id, NULL };
  g_autofree char *text = wuyou_text_normalise (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autofree char *id = NULL;
  g_autofree char *label = NULL;
  g_autofree char *record = NULL;
  g_autoptr (GString) body = NULL;

  if (*text == '\0' || self->claim_id == NULL)
    return;
  id = wuyou_app_context_new_id (self->context);
  label = g_strdup_printf (_ ("Message about %s"), self->label);
  record = dup_record (self);
  body = g_string_new (NULL);
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "id", id);
  wuyou_json_add_string (body, "text", text);
  wuyou_json_end_object (body);
  wuyou_outbox_add (wuyou_app_context_get_outbox (self->context),
                    &(WuyouWrite){
                        .call = { .route = WUYOU_ROUTE_CLAIM_MESSAGE, .args = args, .body = body->str },
                        .kind = SEND,
                        .record = record,
                        .label = label,
                    });
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_list (self); /* at once: without the server nothing is read again */
  g_signal_emit (self, signals[SENT], 0);
}

static void
on_outbox_sent_cb (WuyouClaimTalk *self, WuyouOutboxItem *item)
{
  g_autofree char *record = dup_record (self);

  if (g_strcmp0 (wuyou_outbox_item_get_kind (item), SEND) == 0
      && g_strcmp0 (wuyou_outbox_item_get_record (item), record) == 0)
    g_signal_emit (self, signals[SENT], 0);
}

static void
wuyou_claim_talk_finalize (GObject *object)
{
  WuyouClaimTalk *self = WUYOU_CLAIM_TALK (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self->claim_id);
  g_free (self->label);
  G_OBJECT_CLASS (wuyou_claim_talk_parent_class)->finalize (object);
}

static void
wuyou_claim_talk_class_init (WuyouClaimTalkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_claim_talk_finalize;
  signals[SENT]
      = g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_claim_talk_init (WuyouClaimTalk *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->entry_group = adw_preferences_group_new ();
  self->entry = ADW_ENTRY_ROW (adw_entry_row_new ());
  self->send = gtk_button_new_with_mnemonic (_ ("_Send"));
  g_object_set (self->entry, "use-markup", FALSE, "title", _ ("Write to the other side"), NULL);
  g_object_set (self->send, "valign", GTK_ALIGN_CENTER, "sensitive", FALSE, NULL);
  adw_entry_row_add_suffix (self->entry, self->send);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->entry_group), GTK_WIDGET (self->entry));
  gtk_box_append (self->box, self->entry_group);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "entry-activated", G_CALLBACK (on_send_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->send, "clicked", G_CALLBACK (on_send_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_claim_talk_new (WuyouAppContext *context)
{
  WuyouClaimTalk *self = g_object_new (WUYOU_TYPE_CLAIM_TALK, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (wuyou_app_context_get_outbox (context), "sent", G_CALLBACK (on_outbox_sent_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
