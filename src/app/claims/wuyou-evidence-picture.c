/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-picture.h"

#define WHOLE ((double) WUYOU_EDITS_WHOLE)
#define STEP 100 /* of 10000 */
#define EDGE 12  /* around the page */

struct _WuyouEvidencePicture {
  GtkWidget parent_instance;
  WuyouEvidenceEditor *editor;
  GdkTexture *texture;
  int page;
  double zoom;
  WuyouPictureTool tool;
  int selected;
  gboolean dragging;
  WuyouEditsBox drawn; /* by the drag under way */
  double from_x, from_y;
};

enum { PROP_0, PROP_TOOL, PROP_SELECTED, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WuyouEvidencePicture, wuyou_evidence_picture, GTK_TYPE_WIDGET)

static gboolean
is_across (WuyouEvidencePicture *self)
{
  return wuyou_evidence_editor_get_rotation (self->editor, self->page) % 180 != 0;
}

/* The page in pixels after it was turned. */
static void
get_page_size (WuyouEvidencePicture *self, double *ret_width, double *ret_height)
{
  double width = gdk_texture_get_width (self->texture), height = gdk_texture_get_height (self->texture);

  *ret_width = is_across (self) ? height : width;
  *ret_height = is_across (self) ? width : height;
}

/* The part of the page that is seen: with a tool in hand all of it. */
static void
get_shown (WuyouEvidencePicture *self, graphene_rect_t *ret_shown)
{
  WuyouEditsBox crop = wuyou_evidence_editor_get_crop (self->editor, self->page);
  double width, height;

  get_page_size (self, &width, &height);
  if (crop.width == 0 || self->tool != WUYOU_PICTURE_LOOK)
    crop = (WuyouEditsBox){ 0, 0, WUYOU_EDITS_WHOLE, WUYOU_EDITS_WHOLE };
  graphene_rect_init (ret_shown, (float) (crop.x / WHOLE * width), (float) (crop.y / WHOLE * height),
                      (float) (crop.width / WHOLE * width), (float) (crop.height / WHOLE * height));
}

static double
get_scale (WuyouEvidencePicture *self, const graphene_rect_t *shown)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * EDGE;
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * EDGE;

  if (self->zoom > 0)
    return self->zoom;
  return MAX (0.01, MIN (width / shown->size.width, height / shown->size.height));
}

/* Where the shown part lies in the widget. */
static double
place_shown (WuyouEvidencePicture *self, graphene_rect_t *ret_shown, graphene_rect_t *ret_area)
{
  double scale, width, height;

  get_shown (self, ret_shown);
  scale = get_scale (self, ret_shown);
  width = ret_shown->size.width * scale;
  height = ret_shown->size.height * scale;
  graphene_rect_init (ret_area, (float) ((gtk_widget_get_width (GTK_WIDGET (self)) - width) / 2),
                      (float) ((gtk_widget_get_height (GTK_WIDGET (self)) - height) / 2), (float) width,
                      (float) height);
  return scale;
}

double
wuyou_evidence_picture_get_zoom (WuyouEvidencePicture *self)
{
  graphene_rect_t shown;

  if (self->texture == NULL)
    return 1;
  get_shown (self, &shown);
  return get_scale (self, &shown);
}

/* --- drawing, in pixels of the turned page --- */

static void
draw_turned (WuyouEvidencePicture *self, GtkSnapshot *snapshot, double width, double height)
{
  float across = (float) gdk_texture_get_width (self->texture), down = (float) gdk_texture_get_height (self->texture);
  int rotation = wuyou_evidence_editor_get_rotation (self->editor, self->page);

  gtk_snapshot_save (snapshot);
  if (rotation == 90)
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) width, 0));
  else if (rotation == 180)
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) width, (float) height));
  else if (rotation == 270)
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) height));
  gtk_snapshot_rotate (snapshot, (float) rotation);
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (0, 0, across, down));
  gtk_snapshot_restore (snapshot);
}

static void
fill_box (GtkSnapshot *snapshot, const WuyouEditsBox *box, double width, double height, const GdkRGBA *colour)
{
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float) (box->x / WHOLE * width), (float) (box->y / WHOLE * height),
                                                  (float) (box->width / WHOLE * width),
                                                  (float) (box->height / WHOLE * height)));
}

static void
outline_box (GtkSnapshot *snapshot, const WuyouEditsBox *box, double width, double height, double scale)
{
  float line = (float) (3 / scale);
  GskRoundedRect outline;
  const GdkRGBA colour = { 1.0f, 0.75f, 0.1f, 1 };

  gsk_rounded_rect_init_from_rect (
      &outline,
      &GRAPHENE_RECT_INIT ((float) (box->x / WHOLE * width), (float) (box->y / WHOLE * height),
                           (float) (box->width / WHOLE * width), (float) (box->height / WHOLE * height)),
      0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ line, line, line, line },
                              (GdkRGBA[4]){ colour, colour, colour, colour });
}

static void
draw_redactions (WuyouEvidencePicture *self, GtkSnapshot *snapshot, double width, double height, double scale)
{
  const GArray *redactions = wuyou_evidence_editor_get_redactions (self->editor, self->page);
  const GdkRGBA black = { 0, 0, 0, 1 };

  for (guint i = 0; i < redactions->len; i++) {
    const WuyouEditsBox *box = &g_array_index (redactions, WuyouEditsBox, i);

    fill_box (snapshot, box, width, height, &black);
    if (self->tool == WUYOU_PICTURE_REDACT && (int) i == self->selected)
      outline_box (snapshot, box, width, height, scale);
  }
}

/* What will be cut off, darkened. */
static void
draw_crop (WuyouEvidencePicture *self, GtkSnapshot *snapshot, double width, double height, double scale)
{
  WuyouEditsBox crop = wuyou_evidence_editor_get_crop (self->editor, self->page);
  const GdkRGBA shade = { 0, 0, 0, 0.5f };

  if (self->tool == WUYOU_PICTURE_CROP && self->dragging)
    crop = self->drawn;
  if (crop.width == 0 || self->tool == WUYOU_PICTURE_LOOK)
    return;
  fill_box (snapshot, &(WuyouEditsBox){ 0, 0, WUYOU_EDITS_WHOLE, crop.y }, width, height, &shade);
  fill_box (snapshot,
            &(WuyouEditsBox){ 0, crop.y + crop.height, WUYOU_EDITS_WHOLE, WUYOU_EDITS_WHOLE - crop.y - crop.height },
            width, height, &shade);
  fill_box (snapshot, &(WuyouEditsBox){ 0, crop.y, crop.x, crop.height }, width, height, &shade);
  fill_box (snapshot,
            &(WuyouEditsBox){ crop.x + crop.width, crop.y, WUYOU_EDITS_WHOLE - crop.x - crop.width, crop.height },
            width, height, &shade);
  outline_box (snapshot, &crop, width, height, scale);
}

static void
draw_drag (WuyouEvidencePicture *self, GtkSnapshot *snapshot, double width, double height, double scale)
{
  const GdkRGBA dark = { 0, 0, 0, 0.6f };

  if (!self->dragging || self->tool != WUYOU_PICTURE_REDACT)
    return;
  fill_box (snapshot, &self->drawn, width, height, &dark);
  outline_box (snapshot, &self->drawn, width, height, scale);
}

static void
wuyou_evidence_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WuyouEvidencePicture *self = WUYOU_EVIDENCE_PICTURE (widget);
  graphene_rect_t shown, area;
  double scale, width, height;

  if (self->texture == NULL)
    return;
  scale = place_shown (self, &shown, &area);
  get_page_size (self, &width, &height);
  gtk_snapshot_push_clip (snapshot, &area);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &area.origin);
  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-shown.origin.x, -shown.origin.y));
  draw_turned (self, snapshot, width, height);
  draw_redactions (self, snapshot, width, height, scale);
  draw_crop (self, snapshot, width, height, scale);
  draw_drag (self, snapshot, width, height, scale);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
wuyou_evidence_picture_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  WuyouEvidencePicture *self = WUYOU_EVIDENCE_PICTURE (widget);
  graphene_rect_t shown;
  double length = 1;

  if (self->texture != NULL && self->zoom > 0) {
    get_shown (self, &shown);
    length = (orientation == GTK_ORIENTATION_HORIZONTAL ? shown.size.width : shown.size.height) * self->zoom + 2 * EDGE;
  }
  *minimum = *natural = (int) length;
  *minimum_baseline = *natural_baseline = -1;
}

/* --- by the mouse --- */

static gboolean
find_point (WuyouEvidencePicture *self, double x, double y, double *ret_x, double *ret_y)
{
  graphene_rect_t shown, area;
  double scale, width, height;

  if (self->texture == NULL)
    return FALSE;
  scale = place_shown (self, &shown, &area);
  get_page_size (self, &width, &height);
  *ret_x = CLAMP (((x - area.origin.x) / scale + shown.origin.x) / width, 0, 1) * WHOLE;
  *ret_y = CLAMP (((y - area.origin.y) / scale + shown.origin.y) / height, 0, 1) * WHOLE;
  return TRUE;
}

static void
on_drag_begun_cb (GtkGestureDrag *gesture, double x, double y, WuyouEvidencePicture *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->tool == WUYOU_PICTURE_LOOK || !find_point (self, x, y, &self->from_x, &self->from_y)) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  self->dragging = TRUE;
  self->drawn = (WuyouEditsBox){ (int) self->from_x, (int) self->from_y, 0, 0 };
}

static void
on_dragged_cb (GtkGestureDrag *gesture, double across, double down, WuyouEvidencePicture *self)
{
  double x, y, start_x, start_y;

  if (!self->dragging || !gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y)
      || !find_point (self, start_x + across, start_y + down, &x, &y))
    return;
  self->drawn = (WuyouEditsBox){ (int) MIN (x, self->from_x), (int) MIN (y, self->from_y), (int) ABS (x - self->from_x),
                                 (int) ABS (y - self->from_y) };
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A press without a drag marks the part below it. */
static void
select_at (WuyouEvidencePicture *self, double x, double y)
{
  const GArray *redactions = wuyou_evidence_editor_get_redactions (self->editor, self->page);
  int found = -1;

  for (guint i = 0; i < redactions->len; i++) {
    const WuyouEditsBox *box = &g_array_index (redactions, WuyouEditsBox, i);

    if (x >= box->x && x <= box->x + box->width && y >= box->y && y <= box->y + box->height)
      found = (int) i;
  }
  wuyou_evidence_picture_select (self, found);
}

static void
on_drag_ended_cb (GtkGestureDrag *gesture, double across, double down, WuyouEvidencePicture *self)
{
  WuyouEditsBox box = self->drawn;

  if (!self->dragging)
    return;
  self->dragging = FALSE;
  if (box.width < STEP / 4 || box.height < STEP / 4)
    select_at (self, self->from_x, self->from_y);
  else if (self->tool == WUYOU_PICTURE_CROP)
    wuyou_evidence_editor_crop (self->editor, self->page, &box);
  else
    wuyou_evidence_picture_select (self, wuyou_evidence_editor_redact (self->editor, self->page, &box));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- by the keyboard --- */

/* Each a little lower than the one before, so that none hides another. */
void
wuyou_evidence_picture_add_part (WuyouEvidencePicture *self)
{
  guint n = wuyou_evidence_editor_get_redactions (self->editor, self->page)->len;
  const WuyouEditsBox box = { 3500, 1000 + (int) (n % 11) * 800, 3000, 600 };

  wuyou_evidence_picture_set_tool (self, WUYOU_PICTURE_REDACT);
  wuyou_evidence_picture_select (self, wuyou_evidence_editor_redact (self->editor, self->page, &box));
}

static gboolean
add_box (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  WuyouEvidencePicture *self = WUYOU_EVIDENCE_PICTURE (widget);

  if (self->tool != WUYOU_PICTURE_REDACT || self->texture == NULL)
    return FALSE;
  wuyou_evidence_picture_add_part (self);
  return TRUE;
}

static gboolean
remove_box (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  WuyouEvidencePicture *self = WUYOU_EVIDENCE_PICTURE (widget);
  int selected = self->selected;

  if (self->tool == WUYOU_PICTURE_CROP) {
    wuyou_evidence_editor_crop (self->editor, self->page, NULL);
    return TRUE;
  }
  if (self->tool != WUYOU_PICTURE_REDACT || selected < 0)
    return FALSE;
  wuyou_evidence_picture_select (self, -1);
  wuyou_evidence_editor_remove (self->editor, self->page, (guint) selected);
  return TRUE;
}

static void
shift_box (WuyouEditsBox *box, int across, int down, gboolean size)
{
  if (size) {
    box->width += across;
    box->height += down;
  } else {
    box->x += across;
    box->y += down;
  }
}

static gboolean
shift (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  WuyouEvidencePicture *self = WUYOU_EVIDENCE_PICTURE (widget);
  const GArray *redactions = wuyou_evidence_editor_get_redactions (self->editor, self->page);
  int across, down;
  gboolean size;
  WuyouEditsBox box;

  g_variant_get (arguments, "(iib)", &across, &down, &size);
  if (self->tool == WUYOU_PICTURE_CROP) {
    box = wuyou_evidence_editor_get_crop (self->editor, self->page);
    if (box.width == 0)
      box = (WuyouEditsBox){ 500, 500, 9000, 9000 };
    shift_box (&box, across, down, size);
    wuyou_evidence_editor_crop (self->editor, self->page, &box);
    return TRUE;
  }
  if (self->tool != WUYOU_PICTURE_REDACT || self->selected < 0 || (guint) self->selected >= redactions->len)
    return FALSE;
  box = g_array_index (redactions, WuyouEditsBox, self->selected);
  shift_box (&box, across, down, size);
  wuyou_evidence_editor_change (self->editor, self->page, (guint) self->selected, &box);
  return TRUE;
}

static void
on_edited_cb (WuyouEvidencePicture *self)
{
  const GArray *redactions = wuyou_evidence_editor_get_redactions (self->editor, self->page);

  if (self->selected >= (int) redactions->len)
    wuyou_evidence_picture_select (self, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
wuyou_evidence_picture_set_page (WuyouEvidencePicture *self, GdkTexture *texture, int page)
{
  g_set_object (&self->texture, texture);
  if (self->page != page)
    wuyou_evidence_picture_select (self, -1);
  self->page = page;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
wuyou_evidence_picture_set_zoom (WuyouEvidencePicture *self, double zoom)
{
  self->zoom = zoom <= 0 ? 0 : CLAMP (zoom, 0.05, 8);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
wuyou_evidence_picture_set_tool (WuyouEvidencePicture *self, WuyouPictureTool tool)
{
  if (self->tool == tool)
    return;
  self->tool = tool;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), tool == WUYOU_PICTURE_LOOK ? NULL : "crosshair");
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOOL]);
}

WuyouPictureTool
wuyou_evidence_picture_get_tool (WuyouEvidencePicture *self)
{
  return self->tool;
}

void
wuyou_evidence_picture_select (WuyouEvidencePicture *self, int index)
{
  if (self->selected == index)
    return;
  self->selected = index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

int
wuyou_evidence_picture_get_selected (WuyouEvidencePicture *self)
{
  return self->selected;
}

static void
wuyou_evidence_picture_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouEvidencePicture *self = WUYOU_EVIDENCE_PICTURE (object);

  switch (prop_id) {
  case PROP_TOOL:
    g_value_set_int (value, self->tool);
    break;
  case PROP_SELECTED:
    g_value_set_int (value, self->selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_evidence_picture_finalize (GObject *object)
{
  WuyouEvidencePicture *self = WUYOU_EVIDENCE_PICTURE (object);

  g_clear_object (&self->texture);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (wuyou_evidence_picture_parent_class)->finalize (object);
}

static void
add_shift (GtkWidgetClass *klass, guint key, int across, int down)
{
  gtk_widget_class_add_binding (klass, key, 0, shift, "(iib)", across * STEP, down * STEP, FALSE);
  gtk_widget_class_add_binding (klass, key, GDK_SHIFT_MASK, shift, "(iib)", across * STEP, down * STEP, TRUE);
  gtk_widget_class_add_binding (klass, key, GDK_CONTROL_MASK, shift, "(iib)", across * STEP / 10, down * STEP / 10,
                                FALSE);
}

static void
wuyou_evidence_picture_class_init (WuyouEvidencePictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = wuyou_evidence_picture_get_property;
  object_class->finalize = wuyou_evidence_picture_finalize;
  widget_class->measure = wuyou_evidence_picture_measure;
  widget_class->snapshot = wuyou_evidence_picture_snapshot;
  properties[PROP_TOOL] = g_param_spec_int ("tool", NULL, NULL, 0, WUYOU_PICTURE_REDACT, 0, flags);
  properties[PROP_SELECTED] = g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  add_shift (widget_class, GDK_KEY_Left, -1, 0);
  add_shift (widget_class, GDK_KEY_Right, 1, 0);
  add_shift (widget_class, GDK_KEY_Up, 0, -1);
  add_shift (widget_class, GDK_KEY_Down, 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Insert, 0, add_box, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, remove_box, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wuyou_evidence_picture_init (WuyouEvidencePicture *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->selected = -1;
  self->page = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_begun_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_dragged_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (on_drag_ended_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
wuyou_evidence_picture_new (WuyouEvidenceEditor *editor)
{
  WuyouEvidencePicture *self = g_object_new (WUYOU_TYPE_EVIDENCE_PICTURE, NULL);

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "changed", G_CALLBACK (on_edited_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
