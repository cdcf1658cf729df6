/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

/* What no number, code or name may be, in any entry. NUL ends a C string, so its case is the text before it. */
static const char *const hostile_texts[] = {
  "",
  " ",
  "\xE3\x80\x80",                /* ideographic space */
  "1' OR '1'='1",                /* SQL */
  "'; DROP TABLE contracts; --", /* SQL */
  "<script>alert(1)</script>",   /* markup */
  "<b>13812345678</b>",          /* markup around a right value */
  "%s%n%x",                      /* format directives */
  "\xF0\x9F\x9A\x97",            /* emoji: a car */
  "1\xEF\xB8\x8F\xE2\x83\xA3",   /* keycap emoji */
  "\xE2\x80\xAE"
  "12345678", /* right-to-left override */
  "\xE2\x81\xA6"
  "12345678\xE2\x81\xA9", /* isolates */
  "\xE2\x80\x8B"
  "12345678", /* zero width space */
  "\xEF\xBB\xBF"
  "12345678",                         /* byte order mark */
  "12345678\n",                       /* line feed */
  "\t12345678",                       /* tab */
  "12345678\x7F",                     /* delete */
  "\x01",                             /* control */
  "\xC3\x28",                         /* not UTF-8 */
  "\xED\xA0\x80",                     /* surrogate */
  "\xF4\x90\x80\x80",                 /* beyond Unicode */
  "\xEE\x80\x80",                     /* private use */
  "\xEF\xBF\xBE",                     /* no character */
  "\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4", /* Arabic digits */
  "../../etc/passwd",
  "NULL",
};

typedef gboolean (*CheckFunc) (const char *text, GError **error);

/* Every hostile text, and each appended to and put before a right one, is refused with a sentence. */
static inline void
assert_refuses_hostile (CheckFunc check, const char *right)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile_texts); i++) {
    g_autofree char *after = g_strconcat (right, hostile_texts[i], NULL);
    g_autofree char *before = g_strconcat (hostile_texts[i], right, NULL);
    const char *cases[] = { hostile_texts[i], after, before };

    for (guint j = 0; j < G_N_ELEMENTS (cases); j++) {
      g_autoptr (GError) error = NULL;

      if (g_str_equal (cases[j], right))
        continue;
      if (check (cases[j], &error))
        g_error ("taken: \"%s\"", g_strescape (cases[j], NULL));
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), >, 10);
    }
  }
}

/* 10,000 times the same and one too long: refused without trouble. */
static inline void
assert_refuses_long (CheckFunc check, const char *piece)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 10000; i++)
    g_string_append (text, piece);
  g_assert_false (check (text->str, NULL));
}
