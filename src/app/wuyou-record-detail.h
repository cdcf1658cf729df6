/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"
#include "base/wuyou-route.h"
#include "widgets/wuyou-case-view.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* One record beside its list: loads it, shows what this machine kept while it does, sends what is written to it with
 * the version that is shown, and shows full values to who may see them. What it looks like is the subclass's. Signals:
 * "edit-requested" (const char *id, const char *field): the form is wanted, at that field unless NULL;
 * "changed" (const char *id): something was written here. */
#define WUYOU_TYPE_RECORD_DETAIL (wuyou_record_detail_get_type ())
G_DECLARE_DERIVABLE_TYPE (WuyouRecordDetail, wuyou_record_detail, WUYOU, RECORD_DETAIL, AdwBin)

#define WUYOU_UNMASK_REASONS 3

/* What differs between kinds of records; a constant. */
typedef struct {
  const WuyouRecordType *type;
  const char *object; /* its name on the wire: "claim" */
  WuyouRouteId get, unmask;
  const char *none;                                 /* N_(): no one is chosen */
  const char *stale;                                /* N_(): somebody else changed it */
  const char *unmask_reasons[WUYOU_UNMASK_REASONS]; /* N_(): to choose from */
} WuyouRecordDetailKind;

struct _WuyouRecordDetailClass {
  AdwBinClass parent_class;
  const WuyouRecordDetailKind *kind;
  /* Shows @answer. FALSE when it cannot be read: what was shown stays. */
  gboolean (*take) (WuyouRecordDetail *self, JsonObject *answer, const char *etag, GError **error);
  void (*forget) (WuyouRecordDetail *self); /* another record or none: nothing of the last may stay */
  /* A record that was never seen on this computer is being read: what belongs to it may come meanwhile. May be NULL. */
  void (*expect) (WuyouRecordDetail *self, const char *id);
  const char *(*get_etag) (WuyouRecordDetail *self);
  const char *(*get_hint) (WuyouRecordDetail *self); /* translated: what the keys do while none is chosen */
  /* By this desk, before it is shown; @route WUYOU_N_ROUTES: in a dialog. May be NULL. */
  void (*written) (WuyouRecordDetail *self, WuyouRouteId route, JsonObject *answer);
  void (*next) (WuyouRecordDetail *self); /* the button of the next step */
  void (*step) (WuyouRecordDetail *self, const char *name);
};

void wuyou_record_detail_show (WuyouRecordDetail *self, const char *id); /* NULL: none chosen */
const char *wuyou_record_detail_get_id (WuyouRecordDetail *self);
void wuyou_record_detail_refresh (WuyouRecordDetail *self);
void wuyou_record_detail_stop (WuyouRecordDetail *self);    /* the page was left */
void wuyou_record_detail_read_on (WuyouRecordDetail *self); /* a page further down, from the end to the top */
void wuyou_record_detail_focus (WuyouRecordDetail *self);

/* --- for subclasses --- */

/* NULL once it is disposed of; borrowed. */
WuyouAppContext *wuyou_record_detail_get_context (WuyouRecordDetail *self);
WuyouCaseView *wuyou_record_detail_get_view (WuyouRecordDetail *self); /* borrowed */
gboolean wuyou_record_detail_can (WuyouRecordDetail *self, WuyouObject object, guint verbs);
gboolean wuyou_record_detail_is_writing (WuyouRecordDetail *self);
void wuyou_record_detail_request_edit (WuyouRecordDetail *self, const char *field); /* NULL: none in particular */
/* Any write to it. @arg: the second part of the route, or NULL; @toast translated, or NULL. Ignored while one is under
 * way. */
void wuyou_record_detail_write (WuyouRecordDetail *self,
                                WuyouRouteId route,
                                const char *arg,
                                const char *body,
                                const char *toast);
/* What a dialog has written; @answer NULL: it was closed, and may have changed something all the same. */
void wuyou_record_detail_take_made (WuyouRecordDetail *self, JsonObject *answer, const char *etag, const char *toast);
/* Shows the full value of @field ("owner_name", of another record in the answer "contract.owner_name") in a masked row.
 * The reason is asked once a record. */
void wuyou_record_detail_unmask (WuyouRecordDetail *self, GtkWidget *row, const char *field);

G_END_DECLS
