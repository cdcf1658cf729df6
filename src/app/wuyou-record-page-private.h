/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-split-view.h"
#include "wuyou-record-page.h"

G_BEGIN_DECLS

typedef struct {
  GtkStack *stack;
  WuyouSplitView *split;
  WuyouRecordList *list;
  WuyouRecordDetail *detail;
  WuyouRecordForm *form; /* NULL while none is open */
  WuyouBanner *drafts;
  GtkWidget *browse_buttons;
  AdwButtonContent *new_words; /* NULL for who may not create */
} WuyouRecordPagePrivate;

WuyouRecordPagePrivate *_wuyou_record_page_get_private (WuyouRecordPage *self);
const WuyouRecordPageKind *_wuyou_record_page_get_kind (WuyouRecordPage *self);
/* There is room for one column only, and it is the record. */
gboolean _wuyou_record_page_is_covered (WuyouRecordPage *self);
void _wuyou_record_page_show_header (WuyouRecordPage *self);

/* wuyou-record-page-form.c */
void _wuyou_record_page_show_drafts (WuyouRecordPage *self); /* that only this machine has */
void _wuyou_record_page_open_newest_draft (WuyouRecordPage *self);
void _wuyou_record_page_begin (WuyouRecordPage *self); /* a new one, for who may */
void _wuyou_record_page_drop_form (WuyouRecordPage *self);
void _wuyou_record_page_close_form (WuyouRecordPage *self); /* and shows its record */

G_END_DECLS
