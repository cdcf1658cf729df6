/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-tile.h"

#include <adwaita.h>

#include "claims/wuyou-evidence-folder.h"
#include "widgets/wuyou-text-scale.h"

#define WIDTH 116 /* sp */
#define PALE 0.5
#define PICTURE 84
#define SPACE 4
#define BAR 4

/* How the line below the name is coloured; the words say the same. */
typedef enum { MOOD_QUIET, MOOD_GOOD, MOOD_CAUTION, MOOD_BAD } Mood;

struct _WuyouEvidenceTile {
  GtkButton parent_instance;
  char *id, *name, *state, *warning;
  gboolean replaced; /* drawn pale */
  const char *icon;  /* static */
  Mood mood;
  WuyouUploadItem *upload;
  GdkTexture *texture;
  PangoLayout *name_layout, *state_layout;
  int line_height; /* 0: to be looked up */
  GtkIconPaintable *sign;
};

G_DEFINE_FINAL_TYPE (WuyouEvidenceTile, wuyou_evidence_tile, GTK_TYPE_BUTTON)

static void
update_name (WuyouEvidenceTile *self)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", self->name, self->state);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->warning != NULL ? self->warning : "", -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->warning != NULL ? self->warning : name);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  g_clear_object (&self->name_layout);
  g_clear_object (&self->state_layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static const struct {
  int state;
  Mood mood;
} moods[] = {
  { WUYOU_EVIDENCE_UPLOADING, MOOD_QUIET },   { WUYOU_EVIDENCE_QUARANTINED, MOOD_QUIET },
  { WUYOU_EVIDENCE_AVAILABLE, MOOD_QUIET },   { WUYOU_EVIDENCE_VERIFIED, MOOD_GOOD },
  { WUYOU_EVIDENCE_RETURNED, MOOD_BAD },      { WUYOU_EVIDENCE_INFECTED, MOOD_BAD },
  { WUYOU_EVIDENCE_REJECTED_TYPE, MOOD_BAD },
};

static Mood
find_mood (const WuyouEvidence *evidence)
{
  if (evidence->unmade && wuyou_evidence_is_usable (evidence->state))
    return MOOD_BAD;
  for (guint i = 0; i < G_N_ELEMENTS (moods); i++)
    if (moods[i].state == evidence->state)
      return moods[i].mood;
  return MOOD_QUIET;
}

static const char *
find_icon (const char *media_type, const char *name)
{
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : g_strdup ("");

  if (g_strcmp0 (media_type, "application/pdf") == 0 || g_str_has_suffix (lower, ".pdf"))
    return "x-office-document-symbolic";
  return "image-x-generic-symbolic";
}

static void
set_icon (WuyouEvidenceTile *self, const char *icon)
{
  if (self->icon == icon)
    return;
  self->icon = icon;
  g_clear_object (&self->sign);
}

/* TRUE when there is something to say anew: two hundred tiles that stay as they are cost nothing. */
static gboolean
set_words (WuyouEvidenceTile *self, const char *name, char *state, Mood mood)
{
  gboolean same = g_strcmp0 (self->name, name) == 0 && g_strcmp0 (self->state, state) == 0 && self->mood == mood;

  if (same) {
    g_free (state);
    return FALSE;
  }
  if (self->name != name) {
    g_free (self->name);
    self->name = g_strdup (name != NULL ? name : "");
  }
  g_free (self->state);
  self->state = state;
  self->mood = mood;
  return TRUE;
}

void
wuyou_evidence_tile_show_evidence (WuyouEvidenceTile *self, const WuyouEvidence *evidence)
{
  g_autofree char *name = wuyou_evidence_dup_name (evidence);

  if (self->replaced != (evidence->state == WUYOU_EVIDENCE_SUPERSEDED)) {
    self->replaced = !self->replaced;
    gtk_widget_set_opacity (GTK_WIDGET (self), self->replaced ? PALE : 1);
  }
  set_icon (self, find_icon (evidence->media_type, evidence->file_name));
  if (set_words (self, name, wuyou_evidence_dup_state (evidence), find_mood (evidence)))
    update_name (self);
}

static void
on_upload_changed_cb (WuyouEvidenceTile *self)
{
  WuyouUploadItemState state = wuyou_upload_item_get_state (self->upload);
  Mood mood;

  mood = state == WUYOU_UPLOAD_ITEM_REFUSED                                        ? MOOD_BAD
         : state == WUYOU_UPLOAD_ITEM_WAITING || state == WUYOU_UPLOAD_ITEM_PAUSED ? MOOD_CAUTION
                                                                                   : MOOD_QUIET;
  if (set_words (self, wuyou_upload_item_get_name (self->upload), wuyou_upload_item_dup_sentence (self->upload), mood))
    update_name (self);
  else
    gtk_widget_queue_draw (GTK_WIDGET (self)); /* how far it is */
}

void
wuyou_evidence_tile_show_upload (WuyouEvidenceTile *self, WuyouUploadItem *item)
{
  g_set_object (&self->upload, item);
  set_icon (self, find_icon (NULL, wuyou_upload_item_get_name (item)));
  g_signal_connect_object (item, "notify", G_CALLBACK (on_upload_changed_cb), self, G_CONNECT_SWAPPED);
  on_upload_changed_cb (self);
}

WuyouUploadItem *
wuyou_evidence_tile_get_upload (WuyouEvidenceTile *self)
{
  return self->upload;
}

const char *
wuyou_evidence_tile_get_id (WuyouEvidenceTile *self)
{
  return self->id;
}

GdkTexture *
wuyou_evidence_tile_get_texture (WuyouEvidenceTile *self)
{
  return self->texture;
}

void
wuyou_evidence_tile_set_texture (WuyouEvidenceTile *self, GdkTexture *texture)
{
  if (g_set_object (&self->texture, texture))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wuyou_evidence_tile_set_warning (WuyouEvidenceTile *self, const char *sentence)
{
  if (g_strcmp0 (self->warning, sentence) == 0)
    return;
  g_free (self->warning);
  self->warning = g_strdup (sentence);
  update_name (self);
}

static PangoLayout *
get_layout (WuyouEvidenceTile *self, PangoLayout **layout, const char *text, double scale)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (*layout != NULL)
    return *layout;
  *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_layout_set_attributes (*layout, attributes);
  pango_layout_set_ellipsize (*layout, layout == &self->name_layout ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END);
  pango_layout_set_height (*layout, -1);
  pango_layout_set_alignment (*layout, PANGO_ALIGN_CENTER);
  return *layout;
}

static int
get_line_height (WuyouEvidenceTile *self)
{
  PangoFontMetrics *metrics;

  if (self->line_height != 0)
    return self->line_height;
  metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);
  self->line_height = PANGO_PIXELS (pango_font_metrics_get_height (metrics)) + 1;
  pango_font_metrics_unref (metrics);
  return self->line_height;
}

static void
wuyou_evidence_tile_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  int length = orientation == GTK_ORIENTATION_HORIZONTAL ? wuyou_text_scale_px (widget, WIDTH)
                                                         : PICTURE + 2 * get_line_height (WUYOU_EVIDENCE_TILE (widget));

  *minimum = *natural = length;
  *minimum_baseline = *natural_baseline = -1;
}

static void
draw_text (WuyouEvidenceTile *self, GtkSnapshot *snapshot, PangoLayout *layout, int y, const GdkRGBA *colour)
{
  pango_layout_set_width (layout, gtk_widget_get_width (GTK_WIDGET (self)) * PANGO_SCALE);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_texture (WuyouEvidenceTile *self, GtkSnapshot *snapshot, int width, const GdkRGBA *colour)
{
  const GdkRGBA faint = { colour->red, colour->green, colour->blue, colour->alpha * 0.2f };
  const float widths[] = { 1, 1, 1, 1 };
  const GdkRGBA colours[] = { faint, faint, faint, faint };
  GskRoundedRect edge;
  double across = gdk_texture_get_width (self->texture), down = gdk_texture_get_height (self->texture);
  double scale = MIN (width / across, PICTURE / down);
  graphene_rect_t area;

  scale = MIN (scale, 1);
  graphene_rect_init (&area, (float) ((width - across * scale) / 2), (float) ((PICTURE - down * scale) / 2),
                      (float) (across * scale), (float) (down * scale));
  gtk_snapshot_append_texture (snapshot, self->texture, &area);
  gsk_rounded_rect_init_from_rect (&edge, &area, 0); /* white paper on a white card */
  gtk_snapshot_append_border (snapshot, &edge, widths, colours);
}

static void
draw_sign (WuyouEvidenceTile *self, GtkSnapshot *snapshot, int width, const GdkRGBA *colour)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkRGBA faint = *colour;

  faint.alpha *= 0.55f;
  if (self->sign == NULL)
    self->sign
        = gtk_icon_theme_lookup_icon (theme, self->icon, NULL, 32, gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                      gtk_widget_get_direction (GTK_WIDGET (self)), 0);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (width - 32) / 2, (float) (PICTURE - 32) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->sign), snapshot, 32, 32, &faint, 1);
  gtk_snapshot_restore (snapshot);
}

static void
draw_bar (WuyouEvidenceTile *self, GtkSnapshot *snapshot, int width, const GdkRGBA *colour)
{
  double progress = wuyou_upload_item_get_progress (self->upload);
  GdkRGBA faint = *colour;
  graphene_rect_t area;

  faint.alpha *= 0.2f;
  graphene_rect_init (&area, 0, PICTURE - BAR, (float) width, BAR);
  gtk_snapshot_append_color (snapshot, &faint, &area);
  area.size.width = (float) (width * progress);
  gtk_snapshot_append_color (snapshot, colour, &area);
}

/* Names of the theme, so that dark and high contrast have their own. */
static void
find_colour (WuyouEvidenceTile *self, Mood mood, GdkRGBA *ret_colour)
{
  static const char *const names[] = { NULL, "success_color", "warning_color", "error_color" };
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (names[mood] == NULL || !gtk_style_context_lookup_color (style, names[mood], ret_colour)) {
    gtk_style_context_get_color (style, ret_colour);
    ret_colour->alpha *= 0.75f;
  }
}

static void
wuyou_evidence_tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WuyouEvidenceTile *self = WUYOU_EVIDENCE_TILE (widget);
  int width = gtk_widget_get_width (widget);
  GdkRGBA colour, state_colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  find_colour (self, self->warning != NULL && self->mood == MOOD_QUIET ? MOOD_CAUTION : self->mood, &state_colour);
  if (self->texture != NULL)
    draw_texture (self, snapshot, width, &colour);
  else
    draw_sign (self, snapshot, width, &colour);
  if (self->upload != NULL && wuyou_upload_item_get_state (self->upload) != WUYOU_UPLOAD_ITEM_UNASSIGNED)
    draw_bar (self, snapshot, width, &colour);
  draw_text (self, snapshot, get_layout (self, &self->name_layout, self->name, 0.85), PICTURE + SPACE, &colour);
  draw_text (self, snapshot, get_layout (self, &self->state_layout, self->state, 0.85),
             PICTURE + SPACE + get_line_height (self), &state_colour);
}

static void
drop_layouts (GtkWidget *widget)
{
  WuyouEvidenceTile *self = WUYOU_EVIDENCE_TILE (widget);

  self->line_height = 0;
  g_clear_object (&self->name_layout);
  g_clear_object (&self->state_layout);
  g_clear_object (&self->sign);
}

static void
wuyou_evidence_tile_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  drop_layouts (widget);
  GTK_WIDGET_CLASS (wuyou_evidence_tile_parent_class)->css_changed (widget, change);
}

static void
wuyou_evidence_tile_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  drop_layouts (widget);
  gtk_widget_queue_resize (widget);
  GTK_WIDGET_CLASS (wuyou_evidence_tile_parent_class)->system_setting_changed (widget, setting);
}

static void
wuyou_evidence_tile_finalize (GObject *object)
{
  WuyouEvidenceTile *self = WUYOU_EVIDENCE_TILE (object);

  drop_layouts (GTK_WIDGET (self));
  g_clear_object (&self->upload);
  g_clear_object (&self->texture);
  g_free (self->id);
  g_free (self->name);
  g_free (self->state);
  g_free (self->warning);
  G_OBJECT_CLASS (wuyou_evidence_tile_parent_class)->finalize (object);
}

static void
wuyou_evidence_tile_class_init (WuyouEvidenceTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wuyou_evidence_tile_finalize;
  widget_class->measure = wuyou_evidence_tile_measure;
  widget_class->snapshot = wuyou_evidence_tile_snapshot;
  widget_class->css_changed = wuyou_evidence_tile_css_changed;
  widget_class->system_setting_changed = wuyou_evidence_tile_system_setting_changed;
}

static void
wuyou_evidence_tile_init (WuyouEvidenceTile *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  /* Until it has its words: for a tooltip on what can be seen GTK asks the display where the pointer is, two hundred
   * times when a claim is opened. */
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "wuyou-tile");
  self->name = g_strdup ("");
  self->state = g_strdup ("");
  self->icon = "image-x-generic-symbolic";
}

GtkWidget *
wuyou_evidence_tile_new (const char *id)
{
  WuyouEvidenceTile *self = g_object_new (WUYOU_TYPE_EVIDENCE_TILE, NULL);

  self->id = g_strdup (id);
  return GTK_WIDGET (self);
}
