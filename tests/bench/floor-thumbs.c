/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>

/* Floors of claims.evidence.open: JPEGs that lie in memory, made into textures by the call that the application makes,
 * on as many threads.
 * floor-thumbs THREADS FOLDER: bare; for every line of standard input all files of the folder once, says milliseconds.
 * floor-thumbs THREADS FOLDER WIDTH HEIGHT: a window that stands empty until its action app.open, which decodes them
 * and shows each as a picture without any words around it; timed by the probe. */
#define PICTURE_WIDTH 116
#define PICTURE_HEIGHT 84

#define FLOOR_TYPE_PICTURE (floor_picture_get_type ())
G_DECLARE_FINAL_TYPE (FloorPicture, floor_picture, FLOOR, PICTURE, GtkWidget)

struct _FloorPicture {
  GtkWidget parent_instance;
  GdkTexture *texture;
};

G_DEFINE_FINAL_TYPE (FloorPicture, floor_picture, GTK_TYPE_WIDGET)

/* GtkPicture would do; but the probe sees only what is drawn from outside of GTK. */
static void
floor_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GdkTexture *texture = FLOOR_PICTURE (widget)->texture;
  float width, height;

  if (texture == NULL)
    return;
  width = (float) gdk_texture_get_width (texture) * PICTURE_HEIGHT / (float) gdk_texture_get_height (texture);
  height = PICTURE_HEIGHT;
  gtk_snapshot_append_texture (snapshot, texture, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static void
floor_picture_class_init (FloorPictureClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = floor_picture_snapshot;
}

static void
floor_picture_init (FloorPicture *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), PICTURE_WIDTH, PICTURE_HEIGHT);
}

static struct {
  int n_threads, width, height;
  GPtrArray *jpegs;
  GtkWidget *bin;
} options;

typedef struct {
  GBytes *jpeg;
  GdkTexture *texture;
  FloorPicture *picture; /* NULL: nobody shows it */
} Job;

static gboolean
on_decoded_cb (gpointer data)
{
  Job *job = data;

  job->picture->texture = job->texture;
  gtk_widget_queue_draw (GTK_WIDGET (job->picture));
  g_free (job);
  return G_SOURCE_REMOVE;
}

static void
decode (gpointer data, gpointer pool)
{
  Job *job = data;

  job->texture = gdk_texture_new_from_bytes (job->jpeg, NULL);
  if (job->texture == NULL)
    exit (EXIT_FAILURE);
  if (job->picture != NULL) {
    g_idle_add_full (G_PRIORITY_DEFAULT, on_decoded_cb, job, NULL);
    return;
  }
  g_object_unref (job->texture);
  g_free (job);
}

static void
push (GThreadPool *pool, GBytes *jpeg, FloorPicture *picture)
{
  Job *job = g_new0 (Job, 1);

  job->jpeg = jpeg;
  job->picture = picture;
  g_thread_pool_push (pool, job, NULL);
}

static GPtrArray *
read_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *all = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    char *data;
    gsize length;

    if (!g_file_get_contents (file, &data, &length, NULL))
      exit (EXIT_FAILURE);
    g_ptr_array_add (all, g_bytes_new_take (data, length));
  }
  return all;
}

static double
decode_all (void)
{
  gint64 start = g_get_monotonic_time ();
  GThreadPool *pool = g_thread_pool_new (decode, NULL, options.n_threads, FALSE, NULL);

  for (guint i = 0; i < options.jpegs->len; i++)
    push (pool, options.jpegs->pdata[i], NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static int
answer_lines (void)
{
  char line[64];

  printf ("%u\n", options.jpegs->len);
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL) {
    printf ("%.3f\n", decode_all ());
    fflush (stdout);
  }
  return EXIT_SUCCESS;
}

static void
open_pictures (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GThreadPool *pool = g_thread_pool_new (decode, NULL, options.n_threads, FALSE, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_flow_box_new ();

  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), G_MAXUINT);
  for (guint i = 0; i < options.jpegs->len; i++) {
    GtkWidget *picture = g_object_new (FLOOR_TYPE_PICTURE, NULL);

    gtk_flow_box_insert (GTK_FLOW_BOX (box), picture, -1);
    push (pool, options.jpegs->pdata[i], FLOOR_PICTURE (picture));
  }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  adw_bin_set_child (ADW_BIN (options.bin), scrolled);
  g_thread_pool_free (pool, FALSE, FALSE);
}

static void
on_activated_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  options.bin = adw_bin_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), options.width, options.height);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), options.bin);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  static const GActionEntry entries[] = { { .name = "open", .activate = open_pictures } };
  g_autoptr (AdwApplication) application = NULL;

  if (argc != 3 && argc != 5)
    return EXIT_FAILURE;
  options.n_threads = (int) strtol (argv[1], NULL, 10);
  options.jpegs = read_folder (argv[2]);
  if (argc == 3)
    return answer_lines ();
  options.width = (int) strtol (argv[3], NULL, 10);
  options.height = (int) strtol (argv[4], NULL, 10);
  application = adw_application_new ("org.wuyou.Floor", 0);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (on_activated_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
