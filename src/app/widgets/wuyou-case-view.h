/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-line.h"

G_BEGIN_DECLS

/* One record beside its list: what it is, its state in words, who holds the ball, the next step and the others, then
 * sections with a way to jump to each. The head stays in sight, except where text is so large that it would fill a low
 * window. Signals: "next" (), "step" (const char *name), "retry" (). */
#define WUYOU_TYPE_CASE_VIEW (wuyou_case_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouCaseView, wuyou_case_view, WUYOU, CASE_VIEW, AdwBin)

/* A step as it is offered: @refusal says why it is grey, or NULL. Strings are borrowed. */
typedef struct {
  const char *name;
  const char *label;
  const char *refusal;
  gboolean sensitive, destructive;
} WuyouCaseStep;

GtkWidget *wuyou_case_view_new (void);
void wuyou_case_view_show_none (WuyouCaseView *self, const char *icon, const char *title, const char *text);
void wuyou_case_view_show_error (WuyouCaseView *self, const GError *error); /* with its way out: "retry" */
void wuyou_case_view_show_case (WuyouCaseView *self);

/* @style is a style class: "warning", "success" … */
void wuyou_case_view_set_head (WuyouCaseView *self,
                               const char *title,
                               const char *state,
                               const char *style,
                               const char *turn);
/* The clock, with an icon and a style; @text NULL: none runs. */
void wuyou_case_view_set_clock (WuyouCaseView *self, const char *text, const char *icon, const char *style);
void wuyou_case_view_set_next (WuyouCaseView *self, const WuyouCaseStep *step); /* NULL: none */
/* The others. They are buttons, as items of a menu model cannot say why they are grey. */
void wuyou_case_view_set_steps (WuyouCaseView *self, const WuyouCaseStep *steps, guint n_steps);
void wuyou_case_view_add_button (WuyouCaseView *self, GtkWidget *button); /* after the next step */

/* A place for a section, below those that are there; invisible, it is not jumped to either. Borrowed. */
AdwBin *wuyou_case_view_add_section (WuyouCaseView *self, const char *label);
void wuyou_case_view_jump (WuyouCaseView *self, AdwBin *section);
void wuyou_case_view_show_widget (WuyouCaseView *self, GtkWidget *widget); /* scrolls to what is in a section */
/* Around filling the sections anew: what is looked at stays where it is. */
double wuyou_case_view_get_place (WuyouCaseView *self);
void wuyou_case_view_set_place (WuyouCaseView *self, double place);

/* In the place of the sections, below the head; NULL: the sections again. */
void wuyou_case_view_set_body (WuyouCaseView *self, GtkWidget *body);

WuyouBanner *wuyou_case_view_get_banner (WuyouCaseView *self); /* borrowed */
WuyouBusyLine *wuyou_case_view_get_line (WuyouCaseView *self); /* borrowed */
void wuyou_case_view_read_on (WuyouCaseView *self);            /* a page further down, from the end to the top */
void wuyou_case_view_focus (WuyouCaseView *self);

G_END_DECLS
