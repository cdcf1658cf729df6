/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "wuyou-test.h"

#define CHANGES 400 /* changed copies of each line */
#define STEPS_MAX 6 /* changes to one copy */
#define SIZE_MAX_INPUT 4096

/* Replays a corpus file as an ordinary test: each line is an input, with C escapes; lines that begin with # are
 * not. Then it goes on from each line with changed copies, the same ones for the same test seed. */
static void
change (GByteArray *input)
{
  static const char *const pieces[] = {
    "\xE2\x80\xAE", "\xEF\xBC\x91", "\xF0\x9F\x9A\x97", "0", "9", "-", ".", ",", "X", "\"", "{", "[", " ", "\xFF"
  };
  guint at = input->len > 0 ? (guint) g_test_rand_int_range (0, (gint32) input->len) : 0;
  const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

  switch (g_test_rand_int_range (0, 4)) {
  case 0:
    if (input->len > 0)
      input->data[at] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
    break;
  case 1:
    if (input->len > 0)
      g_byte_array_remove_range (input, at, (guint) g_test_rand_int_range (1, (gint32) (input->len - at) + 1));
    break;
  case 2:
    g_byte_array_append (input, (const guint8 *) piece, (guint) strlen (piece));
    break;
  default:
    if (input->len > 0 && input->len < SIZE_MAX_INPUT) {
      g_autofree guint8 *copy = g_memdup2 (input->data, input->len - at);

      g_byte_array_append (input, copy, input->len - at);
    }
  }
}

static void
run (const GByteArray *input)
{
  g_autofree guint8 *exact = g_memdup2 (input->data, input->len); /* so that a byte too far is noticed */

  LLVMFuzzerTestOneInput (exact, input->len);
}

/* Text with C escapes, or bytes of any kind after "base64:". */
static void
append_line (GByteArray *input, const char *line)
{
  gsize length;
  g_autofree char *text = NULL;

  if (g_str_has_prefix (line, "base64:")) {
    text = (char *) g_base64_decode (line + strlen ("base64:"), &length);
  } else {
    text = g_strcompress (line);
    length = strlen (text);
  }
  g_byte_array_append (input, (const guint8 *) text, (guint) length);
}

static void
test_line (gconstpointer data)
{

  for (int i = 0; i < CHANGES; i++) {
    g_autoptr (GByteArray) input = g_byte_array_new ();

    append_line (input, data);
    for (int step = i == 0 ? 0 : g_test_rand_int_range (1, STEPS_MAX); step > 0; step--)
      change (input);
    run (input);
  }
}

int
main (int argc, char **argv)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  wuyou_test_init (&argc, &argv);
  if (argc != 2 || !g_file_get_contents (argv[1], &text, NULL, &error))
    g_error ("corpus: %s", error != NULL ? error->message : "name the file");
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++) {
    g_autofree char *path = g_strdup_printf ("/fuzz/line-%d", i + 1);

    if (*lines[i] != '#')
      g_test_add_data_func (path, lines[i], test_line);
  }
  return g_test_run ();
}
