/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* One entry of the sidebar. A page is made when it is first shown and lives until sign-out. */
#define WUYOU_TYPE_PAGE (wuyou_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WuyouPage, wuyou_page, WUYOU, PAGE, AdwBin)

typedef enum {
  WUYOU_PAGE_BACK, /* from a record to its list, say; what the button in the header does first */
  WUYOU_PAGE_LIST, /* named once more while it is on: what a record covers comes back */
  WUYOU_PAGE_FIND, /* the cursor into the search entry */
  WUYOU_PAGE_NEW,
  WUYOU_PAGE_PRINT,
  WUYOU_PAGE_SAVE,
  WUYOU_PAGE_COMPARE, /* a claim's evidence beside what is decided of it, and back */
  WUYOU_PAGE_PANEL,   /* there: the picture or the entries, where there is room for one */
} WuyouPageAct;

struct _WuyouPageClass {
  AdwBinClass parent_class;

  /* Brings the page up to date with one request; called when it is shown, on F5 and after reconnecting.
   * What is on the screen stays until the answer is there. */
  void (*refresh) (WuyouPage *self);
  /* FALSE and one translated sentence in @ret_reason (owned) when leaving would lose something. */
  gboolean (*can_leave) (WuyouPage *self, char **ret_reason);
  /* Shows one record; the window calls it for Today's rows, the finder and links. */
  void (*open_record) (WuyouPage *self, const char *record);
  /* The page was left; its cancellable is cancelled already. Chain up. */
  void (*left) (WuyouPage *self);
  /* What a key or the finder asks of whichever page is on. FALSE: it means nothing here. */
  gboolean (*act) (WuyouPage *self, WuyouPageAct act);
  gpointer padding[6];
};

/* Construct property "context" (WuyouAppContext, construct only). Others: "title", "subtitle", "busy", "content".
 * A page has a header bar of its own, with the way back when the window is narrow: in a template, <child type="start">,
 * "end" and "title" go into it, <property name="content"> below it. */
AdwHeaderBar *wuyou_page_get_header (WuyouPage *self); /* borrowed */
void wuyou_page_set_content (WuyouPage *self, GtkWidget *content);
WuyouAppContext *wuyou_page_get_context (WuyouPage *self); /* borrowed */
/* For every call of the page: fresh each time the page is entered, cancelled when it is left. Borrowed. */
GCancellable *wuyou_page_get_cancellable (WuyouPage *self);
const char *wuyou_page_get_title (WuyouPage *self);
void wuyou_page_set_title (WuyouPage *self, const char *title);
gboolean wuyou_page_get_busy (WuyouPage *self);
void wuyou_page_set_busy (WuyouPage *self, gboolean busy); /* the window shows it after 300 ms */

void wuyou_page_enter (WuyouPage *self);
void wuyou_page_leave (WuyouPage *self);
void wuyou_page_refresh (WuyouPage *self);
gboolean wuyou_page_can_leave (WuyouPage *self, char **ret_reason);
void wuyou_page_open_record (WuyouPage *self, const char *record);
gboolean wuyou_page_act (WuyouPage *self, WuyouPageAct act);
/* The page shows something it can go back from by itself, so that its header has the way back in wide windows too. */
void wuyou_page_set_inner (WuyouPage *self, gboolean inner);

/* One record the finder (Ctrl+K) offers. Strings owned by the entry. */
typedef struct {
  char *record;
  char *title;
  char *subtitle;
} WuyouFinding;
WuyouFinding *wuyou_finding_new (const char *record, const char *title, const char *subtitle);
void wuyou_finding_free (WuyouFinding *finding);

/* The one place where a page is registered. */
typedef struct {
  const char *id;    /* "sales"; also the parameter of win.go */
  const char *label; /* N_() */
  const char *icon;
  WuyouObject object; /* shown when the session has @verbs on it */
  guint verbs;
  GType (*get_type) (void); /* a WuyouPage */
  const char *accel;        /* "<Control>1" */
  const char *help;         /* topic of F1 */
  /* Records that answer a text typed into the finder; returns a GPtrArray of WuyouFinding with its free function,
   * by GTask: g_task_return_pointer (task, array, g_ptr_array_unref). NULL: none. */
  void (*find_async) (WuyouAppContext *context, const char *text, GTask *task);
  gboolean at_bottom; /* below the rule: settings, help */
  /* How much waits there for this person, for the sidebar; g_task_return_int. NULL: nothing is counted. */
  void (*count_async) (WuyouAppContext *context, GTask *task);
  const char *counts; /* object of the feed's events that may change it */
} WuyouPageInfo;

const WuyouPageInfo *wuyou_pages_get (guint *ret_n);
const WuyouPageInfo *wuyou_pages_find (const char *id); /* NULL when unknown */

G_END_DECLS
