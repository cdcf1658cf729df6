/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "widgets/wuyou-record-list.h"
#include "wuyou-page.h"
#include "wuyou-record-detail.h"
#include "wuyou-record-form.h"

G_BEGIN_DECLS

/* A list of records with one of them beside it, and the form of one in the place of both. */
#define WUYOU_TYPE_RECORD_PAGE (wuyou_record_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WuyouRecordPage, wuyou_record_page, WUYOU, RECORD_PAGE, WuyouPage)

/* What differs between kinds of records; a constant. */
typedef struct {
  const char *event;  /* object of the feed's events: "claim" */
  WuyouObject object; /* who may create it sees the button for a new one */
  const WuyouDraftKind *draft;
  const char *title, *create, *create_tooltip; /* N_() */
  double share;                                /* of the width that is the list's */
} WuyouRecordPageKind;

struct _WuyouRecordPageClass {
  WuyouPageClass parent_class;
  const WuyouRecordPageKind *kind;
  void (*prepare) (WuyouRecordPage *self);           /* before the parts are made; may be NULL */
  GtkWidget *(*create_list) (WuyouRecordPage *self); /* a WuyouRecordList */
  WuyouRecordDetail *(*create_detail) (WuyouRecordPage *self);
  /* @id NULL: a new one, of what begin gave to open_form. */
  WuyouRecordForm *(*create_form) (WuyouRecordPage *self, const char *id, const char *basis);
  void (*begin) (WuyouRecordPage *self); /* a new one is wanted: asks for its basis; NULL: it has none */
  void (*shown) (WuyouRecordPage *self); /* what is on the screen may be another one; may be NULL */
};

WuyouRecordDetail *wuyou_record_page_get_detail (WuyouRecordPage *self); /* borrowed */
WuyouRecordForm *wuyou_record_page_get_form (WuyouRecordPage *self);     /* borrowed; NULL while none is open */
/* The id of the record that a person sees, or NULL. */
const char *wuyou_record_page_get_shown (WuyouRecordPage *self);
gboolean wuyou_record_page_can_create (WuyouRecordPage *self);
void wuyou_record_page_open_form (WuyouRecordPage *self, const char *id, const char *basis, const char *field);

G_END_DECLS
