/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-terms-clause.h"

#include <string.h>

#define PART "# "
#define OPEN "（"

/* The terms are several documents in one text: the one whose title has the name that the reference begins with. */
static char **
find_part (char **lines, const char *reference)
{
  g_autofree char *name = g_strndup (reference, strcspn (reference, " 0123456789"));

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, PART) && *name != '\0' && strstr (*line, name) != NULL)
      return line + 1;
  return NULL;
}

/* "7.1 …" or "第三条 …": where a clause ends. */
static gboolean
begins_clause (const char *line)
{
  return g_ascii_isdigit (*line) || g_str_has_prefix (line, "第") || g_str_has_prefix (line, PART);
}

static gboolean
ends_part (char **line)
{
  return *line == NULL || g_str_has_prefix (*line, PART);
}

static char **
find_number (char **part, const char *number)
{
  g_autofree char *start = g_strconcat (number, " ", NULL);

  for (char **line = part; !ends_part (line); line++)
    if (g_str_has_prefix (*line, start))
      return line;
  return NULL;
}

static char **
find_item (char **clause, const char *item)
{
  for (char **line = clause + 1; *line != NULL && !begins_clause (*line); line++)
    if (g_str_has_prefix (*line, item))
      return line;
  return NULL;
}

/* Once, as "7.1" of two of its items. */
static void
append_line (GString *out, const char *line)
{
  g_auto (GStrv) pieces = g_strsplit (line, "**", -1);
  g_autofree char *plain = g_strjoinv ("", pieces);

  g_strstrip (plain);
  if (*plain == '\0' || strstr (out->str, plain) != NULL)
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, plain);
}

/* With its items where none is named. */
static void
append_clause (GString *out, char **clause, const char *item)
{
  char **wanted = *item != '\0' ? find_item (clause, item) : NULL;

  if (*item != '\0' && wanted == NULL)
    return;
  append_line (out, *clause);
  if (wanted != NULL)
    append_line (out, *wanted);
  for (char **line = clause + 1; wanted == NULL && *line != NULL && !begins_clause (*line); line++)
    append_line (out, *line);
}

/* "7.1（二）" or "（三）" of the number before it. */
static void
append_named (GString *out, char **part, const char *named, char **number)
{
  const char *open = strstr (named, OPEN);
  gsize length = open != NULL ? (gsize) (open - named) : strlen (named);
  char **clause;

  if (length > 0) {
    g_free (*number);
    *number = g_strstrip (g_strndup (named, length));
  }
  clause = *number != NULL ? find_number (part, *number) : NULL;
  if (clause != NULL)
    append_clause (out, clause, open != NULL ? open : "");
}

char *
wuyou_terms_dup_clause (char **lines, const char *reference)
{
  g_auto (GStrv) names = g_strsplit (reference + strcspn (reference, "0123456789"), "、", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *number = NULL;
  char **part = find_part (lines, reference);

  for (guint i = 0; part != NULL && names[i] != NULL; i++)
    append_named (out, part, g_strstrip (names[i]), &number);
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
