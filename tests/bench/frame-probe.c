/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Loaded into a GTK program from outside (LD_PRELOAD), into the application and into its floor alike: says on standard
 * output when something is on the screen, scrolls the list there is, and times every frame by its clock.
 *   PROBE_TEXT    what a label must hold for the program to have content, one|another; unset: any frame will do
 *   PROBE_ACTION  activated once there is content, such as win.go('sales')
 *   PROBE_PICTURES, PROBE_TILE  after the action: so many different pictures must have been drawn, by widgets of that
 *                 type, the first of which is scrolled to; says when the action was and when the last was on the screen
 *   PROBE_LIST    a label must hold this before scrolling; PROBE_FRAMES, PROBE_ROWS: frames, and rows a frame
 * Without PROBE_LIST the program only goes on. Each line of output is JSON. */
typedef struct {
  double paint, interval, cpu;
} Frame;

static struct {
  GtkWindow *window;
  gint64 began, last;
  gint64 cpu_began;
  gboolean has_content, has_list, acted;
  GtkAdjustment *adjustment;
  double step;
  GArray *frames; /* Frame */
  gint64 acted_at;
  GHashTable *pictures; /* textures that were drawn since, held so that none has the address of another */
  gboolean scrolled, has_pictures;
} probe;

static gint64
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
has_any (GtkWidget *widget, const char *texts)
{
  g_auto (GStrv) each = g_strsplit (texts, "|", -1);

  for (guint i = 0; each[i] != NULL; i++)
    if (has_text (widget, each[i]))
      return TRUE;
  return FALSE;
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_COLUMN_VIEW (widget) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

static GtkWindow *
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *found = NULL;

  for (guint i = 0; found == NULL && i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (gtk_widget_get_mapped (GTK_WIDGET (window)))
      found = window;
  }
  return found;
}

static gint64
read_kilobytes (const char *key)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  line = strstr (text, key);
  return line != NULL ? g_ascii_strtoll (line + strlen (key), NULL, 10) : 0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
get_percentile (gsize offset, double part)
{
  g_autofree double *values = g_new (double, probe.frames->len);

  for (guint i = 0; i < probe.frames->len; i++)
    values[i] = G_STRUCT_MEMBER (double, &g_array_index (probe.frames, Frame, i), offset);
  qsort (values, probe.frames->len, sizeof *values, compare);
  return values[MIN (probe.frames->len - 1, (guint) (part * probe.frames->len))];
}

static gboolean
on_settled_cb (gpointer data)
{
  printf ("{\"frames\":%u,\"p50\":%.3f,\"p99\":%.3f,\"cpu99\":%.3f,\"interval99\":%.3f,\"pss\":%" G_GINT64_FORMAT
          ",\"position\":%.0f}\n",
          probe.frames->len, get_percentile (G_STRUCT_OFFSET (Frame, paint), .5),
          get_percentile (G_STRUCT_OFFSET (Frame, paint), .99), get_percentile (G_STRUCT_OFFSET (Frame, cpu), .99),
          get_percentile (G_STRUCT_OFFSET (Frame, interval), .99), read_kilobytes ("\nPss:"),
          gtk_adjustment_get_value (probe.adjustment));
  fflush (stdout);
  return G_SOURCE_REMOVE;
}

static gboolean
on_tick_cb (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  guint wanted = (guint) strtoul (g_getenv ("PROBE_FRAMES"), NULL, 10);

  if (probe.frames->len >= wanted) {
    g_timeout_add (1500, on_settled_cb, NULL);
    return G_SOURCE_REMOVE;
  }
  gtk_adjustment_set_value (probe.adjustment, gtk_adjustment_get_value (probe.adjustment) + probe.step);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_list_ready_cb (gpointer data)
{
  GtkWidget *list = find_list (GTK_WIDGET (probe.window));
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (list))));

  probe.adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  probe.step = gtk_adjustment_get_upper (probe.adjustment) / n_rows * g_ascii_strtod (g_getenv ("PROBE_ROWS"), NULL);
  probe.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  printf ("{\"rows\":%u,\"width\":%d,\"height\":%d,\"row\":%.1f}\n", n_rows, gtk_widget_get_width (list),
          gtk_widget_get_height (list), gtk_adjustment_get_upper (probe.adjustment) / n_rows);
  fflush (stdout);
  probe.last = 0;
  gtk_widget_add_tick_callback (list, on_tick_cb, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* --- pictures --- */

#define SETTLE_MS 1500    /* the start of the program is another figure */
#define LEAST_PICTURE 128 /* pixels of the longer side; icons are smaller */

/* In the place of GTK's own, for whatever the application draws. */
G_MODULE_EXPORT void
gtk_snapshot_append_texture (GtkSnapshot *snapshot, GdkTexture *texture, const graphene_rect_t *bounds)
{
  static void (*really) (GtkSnapshot * snapshot, GdkTexture * texture, const graphene_rect_t *bounds);

  if (really == NULL)
    *(void **) &really = dlsym (RTLD_NEXT, "gtk_snapshot_append_texture");
  really (snapshot, texture, bounds);
  if (probe.pictures != NULL
      && MAX (gdk_texture_get_width (texture), gdk_texture_get_height (texture)) >= LEAST_PICTURE)
    g_hash_table_add (probe.pictures, g_object_ref (texture));
}

static GtkWidget *
find_type (GtkWidget *widget, const char *type)
{
  GtkWidget *found = gtk_widget_get_mapped (widget) && g_str_equal (G_OBJECT_TYPE_NAME (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static void
scroll_to_tile (void)
{
  GtkWidget *tile = find_type (GTK_WIDGET (probe.window), g_getenv ("PROBE_TILE"));
  GtkWidget *scrolled = tile != NULL ? gtk_widget_get_ancestor (tile, GTK_TYPE_SCROLLED_WINDOW) : NULL;
  GtkAdjustment *place;
  double x, y;

  if (scrolled == NULL || !gtk_widget_translate_coordinates (tile, scrolled, 0, 0, &x, &y))
    return;
  place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (place, gtk_adjustment_get_value (place) + y);
  probe.scrolled = TRUE;
}

static void
look_for_pictures (void)
{
  if (!probe.scrolled)
    scroll_to_tile ();
  else if (g_hash_table_size (probe.pictures) >= strtoul (g_getenv ("PROBE_PICTURES"), NULL, 10)) {
    probe.has_pictures = TRUE;
    printf ("{\"acted\":%" G_GINT64_FORMAT ",\"pictures\":%" G_GINT64_FORMAT "}\n", probe.acted_at,
            g_get_monotonic_time ());
    fflush (stdout);
  }
}

static void
act (const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (action, &name, &target, NULL))
    return;
  if (g_getenv ("PROBE_PICTURES") != NULL)
    probe.pictures = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  probe.acted_at = g_get_monotonic_time ();
  gtk_widget_activate_action_variant (GTK_WIDGET (probe.window), name, target);
}

static gboolean
on_act_due_cb (gpointer action)
{
  act (action);
  return G_SOURCE_REMOVE;
}

static void
look_for_content (void)
{
  const char *text = g_getenv ("PROBE_TEXT");
  const char *action = g_getenv ("PROBE_ACTION");
  const char *list = g_getenv ("PROBE_LIST");

  if (!probe.has_content && (text == NULL || has_any (GTK_WIDGET (probe.window), text))) {
    probe.has_content = TRUE;
    printf ("{\"content\":%" G_GINT64_FORMAT "}\n", g_get_monotonic_time ());
    fflush (stdout);
  }
  if (probe.has_content && !probe.acted && action != NULL) {
    probe.acted = TRUE;
    if (g_getenv ("PROBE_PICTURES") != NULL)
      g_timeout_add (SETTLE_MS, on_act_due_cb, (gpointer) action);
    else
      act (action);
  }
  if (probe.pictures != NULL && !probe.has_pictures)
    look_for_pictures ();
  if (probe.has_content && !probe.has_list && list != NULL && find_list (GTK_WIDGET (probe.window)) != NULL
      && has_text (find_list (GTK_WIDGET (probe.window)), list)) {
    probe.has_list = TRUE;
    g_timeout_add (1000, on_list_ready_cb, NULL);
  }
}

static gboolean
on_before_paint_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  probe.began = g_get_monotonic_time ();
  probe.cpu_began = get_cpu ();
  return TRUE;
}

static void
keep_frame (void)
{
  gint64 now = g_get_monotonic_time ();
  Frame frame = { (double) (now - probe.began) / 1000, (double) (now - probe.last) / 1000,
                  (double) (get_cpu () - probe.cpu_began) / 1000 };

  if (probe.last != 0)
    g_array_append_val (probe.frames, frame);
  probe.last = now;
}

static gboolean
on_after_paint_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  if (probe.frames != NULL)
    keep_frame ();
  if (probe.window == NULL)
    probe.window = find_window ();
  if (probe.window != NULL && gtk_widget_get_width (GTK_WIDGET (probe.window)) > 0 && !probe.has_list)
    look_for_content ();
  return TRUE;
}

__attribute__ ((constructor)) static void
install (void)
{
  GTypeClass *class;

  if (g_getenv ("PROBE") == NULL)
    return;
  g_unsetenv ("LD_PRELOAD");
  class = g_type_class_ref (GDK_TYPE_FRAME_CLOCK);
  g_signal_add_emission_hook (g_signal_lookup ("before-paint", GDK_TYPE_FRAME_CLOCK), 0, on_before_paint_cb, NULL,
                              NULL);
  g_signal_add_emission_hook (g_signal_lookup ("after-paint", GDK_TYPE_FRAME_CLOCK), 0, on_after_paint_cb, NULL, NULL);
  g_type_class_unref (class);
}
