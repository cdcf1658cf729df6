/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-case-view.h"

#include <glib/gi18n.h>

#include "widgets/wuyou-empty-state.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-scroll-bin.h"
#include "widgets/wuyou-text-scale.h"
#include "widgets/wuyou-wrap-box.h"

struct _WuyouCaseView {
  AdwBin parent_instance;
  GtkStack *stack;
  WuyouEmptyState *empty;
  WuyouBanner *banner;
  WuyouBusyLine *line;
  GtkLabel *title, *state, *turn, *clock;
  GtkImage *clock_icon;
  GtkWidget *clock_line;
  GtkButton *next;
  GtkMenuButton *menu;
  WuyouWrapBox *buttons, *jumps;
  GtkBox *sections;
  GtkScrolledWindow *scroller;
  GtkWidget *scrolled; /* the scroller and what is around it */
  GtkWidget *moving;   /* what the scroller scrolls */
  AdwBin *body;        /* in the place of the sections */
};

enum { NEXT, STEP, RETRY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouCaseView, wuyou_case_view, ADW_TYPE_BIN)

static const char *const styles[] = { "dim-label", "warning", "error", "accent", "success" };

static void
set_style (gpointer widget, const char *style)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (widget, styles[i]);
  if (style != NULL)
    gtk_widget_add_css_class (widget, style);
}

void
wuyou_case_view_set_head (WuyouCaseView *self,
                          const char *title,
                          const char *state,
                          const char *style,
                          const char *turn)
{
  g_autofree char *text = g_strconcat ("● ", state, NULL);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->state, text);
  set_style (self->state, style);
  gtk_label_set_text (self->turn, turn);
}

void
wuyou_case_view_set_clock (WuyouCaseView *self, const char *text, const char *icon, const char *style)
{
  gtk_widget_set_visible (self->clock_line, text != NULL);
  gtk_label_set_text (self->clock, text != NULL ? text : "");
  if (icon != NULL)
    gtk_image_set_from_icon_name (self->clock_icon, icon);
  set_style (self->clock, style);
  set_style (self->clock_icon, style);
}

static void
show_step (GtkWidget *button, const WuyouCaseStep *step)
{
  gtk_widget_set_sensitive (button, step->sensitive);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (button), step->refusal) != 0)
    gtk_widget_set_tooltip_text (button, step->refusal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  step->refusal != NULL ? step->refusal : "", -1);
}

void
wuyou_case_view_set_next (WuyouCaseView *self, const WuyouCaseStep *step)
{
  gtk_widget_set_visible (GTK_WIDGET (self->next), step != NULL);
  if (step == NULL)
    return;
  gtk_button_set_label (self->next, step->label);
  show_step (GTK_WIDGET (self->next), step);
}

static void
on_step_clicked_cb (GtkButton *button, WuyouCaseView *self)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (button), "wuyou-step"));

  gtk_menu_button_popdown (self->menu);
  g_signal_emit (self, signals[STEP], 0, name);
}

static GtkWidget *
build_step (WuyouCaseView *self, const WuyouCaseStep *step)
{
  GtkWidget *button = gtk_button_new_with_label (step->label);

  gtk_widget_add_css_class (button, "flat");
  if (step->destructive)
    gtk_widget_add_css_class (button, "error");
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  show_step (button, step);
  g_object_set_data_full (G_OBJECT (button), "wuyou-step", g_strdup (step->name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_step_clicked_cb), self, 0);
  return button;
}

void
wuyou_case_view_set_steps (WuyouCaseView *self, const WuyouCaseStep *steps, guint n_steps)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < n_steps; i++)
    gtk_box_append (GTK_BOX (box), build_step (self, &steps[i]));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_add_css_class (popover, "menu");
  gtk_menu_button_set_popover (self->menu, popover);
  gtk_widget_set_visible (GTK_WIDGET (self->menu), n_steps > 0);
}

void
wuyou_case_view_add_button (WuyouCaseView *self, GtkWidget *button)
{
  GtkWidget *menu = g_object_ref (GTK_WIDGET (self->menu));

  gtk_widget_unparent (menu);
  wuyou_wrap_box_append (self->buttons, button);
  wuyou_wrap_box_append (self->buttons, menu);
  g_object_unref (menu);
}

void
wuyou_case_view_show_none (WuyouCaseView *self, const char *icon, const char *title, const char *text)
{
  wuyou_empty_state_set (self->empty, icon, title, text, NULL);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

void
wuyou_case_view_show_error (WuyouCaseView *self, const GError *error)
{
  wuyou_empty_state_set_error (self->empty, error);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

void
wuyou_case_view_show_case (WuyouCaseView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "case");
}

WuyouBanner *
wuyou_case_view_get_banner (WuyouCaseView *self)
{
  return self->banner;
}

WuyouBusyLine *
wuyou_case_view_get_line (WuyouCaseView *self)
{
  return self->line;
}

double
wuyou_case_view_get_place (WuyouCaseView *self)
{
  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
}

void
wuyou_case_view_set_place (WuyouCaseView *self, double place)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), place);
}

void
wuyou_case_view_read_on (WuyouCaseView *self)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (place);
  gboolean at_end = gtk_adjustment_get_value (place) + page >= gtk_adjustment_get_upper (place);

  gtk_adjustment_set_value (place, at_end ? 0 : gtk_adjustment_get_value (place) + page * 0.9);
}

void
wuyou_case_view_focus (WuyouCaseView *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->next)) && gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    gtk_widget_grab_focus (GTK_WIDGET (self->next));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->scroller), GTK_DIR_TAB_FORWARD);
}

void
wuyou_case_view_show_widget (WuyouCaseView *self, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (widget, self->moving, &bounds))
    wuyou_case_view_set_place (self, bounds.origin.y);
}

void
wuyou_case_view_jump (WuyouCaseView *self, AdwBin *section)
{
  /* Or the next Tab would go back to where the focus was, through everything that was jumped over. */
  gtk_widget_child_focus (GTK_WIDGET (section), GTK_DIR_TAB_FORWARD);
  wuyou_case_view_show_widget (self, GTK_WIDGET (section));
}

void
wuyou_case_view_set_body (WuyouCaseView *self, GtkWidget *body)
{
  adw_bin_set_child (self->body, body);
  gtk_widget_set_visible (GTK_WIDGET (self->body), body != NULL);
  gtk_widget_set_visible (self->scrolled, body == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->jumps), body == NULL);
}

static void
on_jump_clicked_cb (GtkButton *button, WuyouCaseView *self)
{
  wuyou_case_view_jump (self, g_object_get_data (G_OBJECT (button), "wuyou-section"));
}

AdwBin *
wuyou_case_view_add_section (WuyouCaseView *self, const char *label)
{
  GtkWidget *section = adw_bin_new ();
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "wuyou-chip");
  g_object_set_data (G_OBJECT (button), "wuyou-section", section);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_jump_clicked_cb), self, 0);
  wuyou_wrap_box_append (self->jumps, button);
  gtk_box_append (self->sections, section);
  g_object_bind_property (section, "visible", button, "visible", G_BINDING_SYNC_CREATE);
  return ADW_BIN (section);
}

static GtkWidget *
build_clock (WuyouCaseView *self)
{
  self->clock_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->clock_icon = GTK_IMAGE (gtk_image_new ());
  self->clock = GTK_LABEL (gtk_label_new (NULL));
  g_object_set (self->clock, "wrap", TRUE, "xalign", 0.0f, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->clock), "numeric");
  gtk_box_append (GTK_BOX (self->clock_line), GTK_WIDGET (self->clock_icon));
  gtk_box_append (GTK_BOX (self->clock_line), GTK_WIDGET (self->clock));
  gtk_widget_set_visible (self->clock_line, FALSE);
  return self->clock_line;
}

static GtkWidget *
build_head_text (WuyouCaseView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = wuyou_wrap_box_new (12);

  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->state = GTK_LABEL (gtk_label_new (NULL));
  self->turn = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "title-3");
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "numeric");
  g_object_set (self->title, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  wuyou_focus_let_mark (self->title);
  g_object_set (self->state, "wrap", TRUE, "xalign", 0.0f, NULL);
  g_object_set (self->turn, "wrap", TRUE, "xalign", 0.0f, NULL);
  gtk_label_set_xalign (self->title, 0);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (line), GTK_WIDGET (self->title));
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (line), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->turn));
  gtk_box_append (GTK_BOX (box), build_clock (self));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
on_next_clicked_cb (WuyouCaseView *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

static void
on_retry_cb (WuyouCaseView *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static GtkWidget *
build_head (WuyouCaseView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->buttons = WUYOU_WRAP_BOX (wuyou_wrap_box_new (6));
  self->next = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Continue")));
  gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "view-more-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), _ ("Other steps"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Other steps"), -1);
  wuyou_wrap_box_append (self->buttons, GTK_WIDGET (self->next));
  wuyou_wrap_box_append (self->buttons, GTK_WIDGET (self->menu));
  gtk_box_append (GTK_BOX (box), build_head_text (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons));
  g_object_set (box, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 10, NULL);
  g_signal_connect_object (self->next, "clicked", G_CALLBACK (on_next_clicked_cb), self, G_CONNECT_SWAPPED);
  return box;
}

static GtkWidget *
build_sections (WuyouCaseView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->sections = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  g_object_set (self->sections, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 24, NULL);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->sections));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), wuyou_text_scale_px (clamp, 720));
  return clamp;
}

static GtkWidget *
build_case (WuyouCaseView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *sections = build_sections (self);
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gboolean moving = wuyou_text_is_large (box);

  self->jumps = WUYOU_WRAP_BOX (wuyou_wrap_box_new (2));
  g_object_set (self->jumps, "margin-start", 12, "margin-end", 12, "margin-bottom", 6, NULL);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  self->scrolled = wuyou_scroll_bin_new (self->scroller);
  gtk_box_append (GTK_BOX (box), build_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->jumps));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), moving ? sections : self->scrolled);
  self->moving = moving ? box : sections;
  gtk_scrolled_window_set_child (self->scroller, self->moving);
  self->body = ADW_BIN (adw_bin_new ());
  g_object_set (self->body, "visible", FALSE, "vexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (outer), moving ? self->scrolled : box);
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->body));
  return outer;
}

static void
wuyou_case_view_class_init (WuyouCaseViewClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[NEXT] = g_signal_new ("next", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP] = g_signal_new ("step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[RETRY] = g_signal_new ("retry", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_case_view_init (WuyouCaseView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  /* What is not shown does not ask for room. */
  g_object_set (self->stack, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->line = WUYOU_BUSY_LINE (wuyou_busy_line_new ());
  self->empty = WUYOU_EMPTY_STATE (wuyou_empty_state_new (NULL, "", "", NULL));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_stack_add_named (self->stack, build_case (self), "case");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->line));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->empty, "pressed", G_CALLBACK (on_retry_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_case_view_new (void)
{
  return g_object_new (WUYOU_TYPE_CASE_VIEW, NULL);
}
