/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "wuyou-decoder.h"

/* Floor of claims.evidence.server: what cannot be left out, in one process on one thread: a photo is read, hashed,
 * shown to the scanner, and decoded into its renditions by the very library of the decoder. floor-evidence SOCKET
 * FOLDER: for every line "FIRST COUNT" of standard input these photos; says the processor time in seconds a photo, to
 * which the scanner's own is to be added. */
static void
fail (const char *what)
{
  g_printerr ("floor-evidence: %s\n", what);
  exit (EXIT_FAILURE);
}

static void
put (GOutputStream *out, gconstpointer data, gsize length)
{
  if (!g_output_stream_write_all (out, data, length, NULL, NULL, NULL))
    fail ("the scanner went away");
}

/* In one piece. */
static void
scan (const char *path, gconstpointer data, gsize length)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  GOutputStream *out;
  guint32 size = GUINT32_TO_BE ((guint32) length), none = 0;
  char reply[64] = "";

  if (connection == NULL)
    fail ("no scanner");
  out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  put (out, "zINSTREAM", 10);
  put (out, &size, sizeof size);
  put (out, data, length);
  put (out, &none, sizeof none);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), reply, sizeof reply - 1, NULL, NULL,
                           NULL);
  if (!g_str_equal (reply, "stream: OK"))
    fail (reply);
}

static void
take_photo (const char *socket, const char *path)
{
  g_autoptr (WuyouEdits) edits = wuyou_edits_parse (NULL, NULL);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *sha256 = NULL;
  char *data;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, &error))
    fail (error->message);
  file = g_bytes_new_take (data, length);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  scan (socket, data, length);
  if (!wuyou_decoder_decode (file, "image/jpeg", edits, &decoded, &error))
    fail (error->message);
}

static double
get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

int
main (int argc, char **argv)
{
  char line[64];

  if (argc != 3)
    return EXIT_FAILURE;
  printf ("ready\n");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL) {
    char *rest;
    guint first = (guint) strtoul (line, &rest, 10), count = (guint) strtoul (rest, NULL, 10);
    double before = get_cpu ();

    for (guint i = first; i < first + count; i++) {
      g_autofree char *path = g_strdup_printf ("%s/%04u.jpg", argv[2], i);

      take_photo (argv[1], path);
    }
    printf ("%.6f\n", (get_cpu () - before) / count);
    fflush (stdout);
  }
  return EXIT_SUCCESS;
}
