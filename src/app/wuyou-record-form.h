/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "drafts/wuyou-draft.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"

G_BEGIN_DECLS

/* The form of a record: what is typed goes into a draft. Property "title". Signal "closed": it was sent on or given
 * up, and is no longer needed. */
#define WUYOU_TYPE_RECORD_FORM (wuyou_record_form_get_type ())
G_DECLARE_DERIVABLE_TYPE (WuyouRecordForm, wuyou_record_form, WUYOU, RECORD_FORM, AdwBin)

/* What its button says; a constant. */
typedef struct {
  WuyouRouteId route; /* of {id}, {action} */
  const char *sent;   /* N_(): it was */
  const char *away;   /* N_(): the server is away, and what was typed is kept here */
} WuyouRecordFormKind;

struct _WuyouRecordFormClass {
  AdwBinClass parent_class;
  const WuyouRecordFormKind *kind;
  void (*refresh) (WuyouRecordForm *self);                  /* asks the server, for what it has of it */
  void (*focus) (WuyouRecordForm *self, const char *field); /* NULL: the first one */
  const char *(*get_action) (WuyouRecordForm *self);        /* the step of its button; NULL: there is none any more */
  const char *(*get_etag) (WuyouRecordForm *self);          /* NULL: the record is not known yet */
  void (*show_problems) (WuyouRecordForm *self, const GError *error); /* violations that the server found */
};

const char *wuyou_record_form_get_id (WuyouRecordForm *self);
const char *wuyou_record_form_get_title (WuyouRecordForm *self);
void wuyou_record_form_focus (WuyouRecordForm *self, const char *field);
void wuyou_record_form_flush (WuyouRecordForm *self); /* saves now */
void wuyou_record_form_refresh (WuyouRecordForm *self);
void wuyou_record_form_touch (WuyouRecordForm *self, const char *id); /* the record changed at the server */

/* --- for subclasses --- */

void wuyou_record_form_set_draft (WuyouRecordForm *self, WuyouDraft *draft); /* once, before it is shown */
void wuyou_record_form_set_title (WuyouRecordForm *self, const char *title); /* translated */
void wuyou_record_form_close (WuyouRecordForm *self);
/* Once, after all else that listens to the draft: what the banner says is not wiped away again. */
void wuyou_record_form_set_submit (WuyouRecordForm *self,
                                   WuyouAppContext *context,
                                   WuyouBusyButton *button,
                                   WuyouBanner *banner);
void wuyou_record_form_submit (WuyouRecordForm *self); /* what was typed last, then the step */
void wuyou_record_form_loaded (WuyouRecordForm *self,
                               const GError *error); /* what refresh() asked for; NULL: it is here */

G_END_DECLS
