/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-id.h"

#include <string.h>
#include <sys/random.h>

static void
fill_random (guint8 *bytes, gsize length)
{
  while (length > 0) {
    gssize got = getrandom (bytes, MIN (length, 256), 0);

    if (got > 0) {
      bytes += got;
      length -= (gsize) got;
    }
  }
}

char *
wuyou_id_new (const WuyouIdSource *source)
{
  guint8 b[16];
  guint64 ms = (guint64) (wuyou_clock_now (source->clock) / 1000);

  if (source->fill != NULL)
    source->fill (b, sizeof b, source->data);
  else
    fill_random (b, sizeof b);
  for (int i = 0; i < 6; i++)
    b[i] = (guint8) (ms >> (40 - 8 * i));
  b[6] = (b[6] & 0x0f) | 0x70;
  b[8] = (b[8] & 0x3f) | 0x80;
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2],
                          b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

gboolean
wuyou_id_is_valid (const char *text)
{
  if (text == NULL || strlen (text) != WUYOU_ID_LENGTH)
    return FALSE;
  for (int i = 0; i < WUYOU_ID_LENGTH; i++) {
    gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

    if (dash ? text[i] != '-' : !(g_ascii_isxdigit (text[i]) && !g_ascii_isupper (text[i])))
      return FALSE;
  }
  return text[14] == '7' && strchr ("89ab", text[19]) != NULL;
}

char *
wuyou_id_random_hex (gsize length)
{
  g_autofree guint8 *bytes = g_malloc (length);
  char *text = g_malloc (2 * length + 1);

  fill_random (bytes, length);
  for (gsize i = 0; i < length; i++)
    g_snprintf (text + 2 * i, 3, "%02x", bytes[i]);
  return text;
}
