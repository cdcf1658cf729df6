/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-refund-preview.h"

#include <glib/gi18n.h>

#include "base/wuyou-money.h"
#include "sales/wuyou-contract-words.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-row-layout.h"

typedef enum { CANCEL_ON, REFUND, DUE_ON, BY_TERMS, FOR_COMPARISON, N_ROWS } Row;

struct _WuyouRefundPreview {
  AdwPreferencesGroup parent_instance;
  WuyouContract *contract; /* the terms of it */
  char *benefit_json;
  GtkWidget *rows[N_ROWS];
  GtkLabel *values[N_ROWS];
  WuyouRefund refund;
};

G_DEFINE_FINAL_TYPE (WuyouRefundPreview, wuyou_refund_preview, ADW_TYPE_PREFERENCES_GROUP)

static void
set_row (WuyouRefundPreview *self, Row row, const char *title, const char *value)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[row]), title);
  gtk_label_set_text (self->values[row], value);
}

static void
set_day (WuyouRefundPreview *self, Row row, const char *title, WuyouDate day)
{
  char text[11];

  wuyou_date_format (day, text);
  set_row (self, row, title, text);
}

static void
set_count (WuyouRefundPreview *self, Row row, gboolean with_day)
{
  g_autofree char *text = wuyou_contract_words_dup_count (&self->refund, with_day);
  g_autofree char *title = g_strdup_printf (row == BY_TERMS ? _ ("By the terms: %s") : _ ("For comparison: %s"),
                                            wuyou_contract_words_count_label (with_day));

  set_row (self, row, title, text);
}

static void
show_rows (WuyouRefundPreview *self, gboolean visible)
{
  for (guint i = 0; i < N_ROWS; i++)
    gtk_widget_set_visible (self->rows[i], visible);
}

static gboolean
compute (WuyouRefundPreview *self, WuyouDate requested_on)
{
  self->refund = (WuyouRefund){ 0 };
  return requested_on != WUYOU_DATE_NONE && self->benefit_json != NULL
         && wuyou_refund_compute (self->contract, self->benefit_json,
                                  wuyou_refund_cancel_on (self->benefit_json, requested_on), &self->refund, NULL);
}

void
wuyou_refund_preview_show (WuyouRefundPreview *self, WuyouDate requested_on)
{
  g_autofree char *amount = NULL;
  g_autofree char *shown = NULL;

  show_rows (self, compute (self, requested_on));
  amount = wuyou_money_format (self->refund.refund_fen);
  shown = g_strconcat ("¥", amount, NULL);
  if (self->refund.units == 0)
    return;
  set_day (self, CANCEL_ON, _ ("Day of cancellation"), self->refund.cancel_on);
  set_row (self, REFUND, _ ("Refund to the owner"), shown);
  set_day (self, DUE_ON, _ ("Refund due by"), self->refund.due_on);
  set_count (self, BY_TERMS, self->refund.day_included);
  set_count (self, FOR_COMPARISON, !self->refund.day_included);
}

gint64
wuyou_refund_preview_get_fen (WuyouRefundPreview *self)
{
  return self->refund.refund_fen;
}

static void
add_row (WuyouRefundPreview *self, Row row)
{
  GtkWidget *value = gtk_label_new (NULL);

  self->rows[row] = adw_action_row_new ();
  self->values[row] = GTK_LABEL (value);
  g_object_set (value, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 1.0f, "natural-wrap-mode",
                GTK_NATURAL_WRAP_NONE, NULL);
  wuyou_focus_let_mark (self->values[row]);
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (self->rows[row], "wuyou-value");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->rows[row]), value);
  wuyou_row_keep_title (ADW_ACTION_ROW (self->rows[row]));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->rows[row]), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, value, NULL,
                                  -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->rows[row]);
}

static void
wuyou_refund_preview_finalize (GObject *object)
{
  WuyouRefundPreview *self = WUYOU_REFUND_PREVIEW (object);

  wuyou_contract_free (self->contract);
  g_free (self->benefit_json);
  G_OBJECT_CLASS (wuyou_refund_preview_parent_class)->finalize (object);
}

static void
wuyou_refund_preview_class_init (WuyouRefundPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_refund_preview_finalize;
}

static void
wuyou_refund_preview_init (WuyouRefundPreview *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("What the owner gets back"));
  gtk_widget_add_css_class (GTK_WIDGET (self), "wuyou-values");
  for (Row row = 0; row < N_ROWS; row++)
    add_row (self, row);
  show_rows (self, FALSE);
}

WuyouRefundPreview *
wuyou_refund_preview_new (const WuyouContract *contract, const char *benefit_json)
{
  WuyouRefundPreview *self = g_object_new (WUYOU_TYPE_REFUND_PREVIEW, NULL);

  self->contract = wuyou_contract_new ();
  wuyou_record_copy (&wuyou_contract_type, contract, self->contract);
  self->benefit_json = g_strdup (benefit_json);
  return self;
}
