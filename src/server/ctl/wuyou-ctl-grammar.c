/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "ctl/wuyou-ctl-grammar.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One word of a line like "FILE… --effective DATE [--yes] [-o FILE]". */
typedef struct {
  char *name; /* "effective", "o", "FILE" */
  gboolean is_option, has_value, is_required, repeats;
} Word;

static void
clear_word (gpointer data)
{
  g_free (((Word *) data)->name);
}

static char *
dup_bare (const char *token)
{
  g_autofree char *bare = g_strdup (token);
  char *start = bare, *end = bare + strlen (bare);

  while (*start == '[' || *start == '-')
    start++;
  while (end > start && end[-1] == ']')
    *--end = '\0';
  if (g_str_has_suffix (start, "…"))
    end[-(int) strlen ("…")] = '\0';
  return g_strdup (start);
}

static GArray *
parse_line (const char *line)
{
  g_auto (GStrv) tokens = g_strsplit (line, " ", -1);
  GArray *words = g_array_new (FALSE, TRUE, sizeof (Word));

  g_array_set_clear_func (words, clear_word);
  for (guint i = 0; tokens[i] != NULL && *tokens[i] != '\0'; i++) {
    Word word = { .name = dup_bare (tokens[i]), .is_required = tokens[i][0] != '[' };
    const char *next = tokens[i + 1];

    word.is_option = tokens[i][word.is_required ? 0 : 1] == '-';
    word.repeats = strstr (tokens[i], "…") != NULL;
    word.has_value
        = word.is_option && !g_str_has_suffix (tokens[i], "]") && next != NULL && next[0] != '[' && next[0] != '-';
    if (word.has_value)
      i++;
    g_array_append_val (words, word);
  }
  return words;
}

static const Word *
find_option (GArray *words, const char *typed)
{
  const char *name = typed + (g_str_has_prefix (typed, "--") ? 2 : 1);

  for (guint i = 0; i < words->len; i++) {
    const Word *word = &g_array_index (words, Word, i);

    if (word->is_option && g_str_equal (word->name, name) && (strlen (name) == 1) == (typed[1] != '-'))
      return word;
  }
  return NULL;
}

static gboolean
take_option (WuyouCtl *ctl, GArray *words, char ***at, GError **error)
{
  const char *typed = **at;
  const Word *word = find_option (words, typed);
  const char *value = "";

  if (word == NULL)
    return wuyou_ctl_usage (error, _ ("“%s” has no option %s."), ctl->command->name, typed);
  if (word->has_value) {
    value = (*at)[1];
    if (value == NULL)
      return wuyou_ctl_usage (error, _ ("%s needs a value."), typed);
    (*at)++;
  }
  if (g_hash_table_contains (ctl->options, word->name))
    return wuyou_ctl_usage (error, _ ("%s is there twice."), typed);
  g_hash_table_insert (ctl->options, (gpointer) (typed + (g_str_has_prefix (typed, "--") ? 2 : 1)), (gpointer) value);
  return TRUE;
}

static gboolean
check_whole (const WuyouCtl *ctl, GArray *words, GError **error)
{
  guint wanted = 0, allowed = 0;

  for (guint i = 0; i < words->len; i++) {
    const Word *word = &g_array_index (words, Word, i);

    if (word->is_option && word->is_required && !wuyou_ctl_has (ctl, word->name))
      return wuyou_ctl_usage (error, _ ("“%s” needs --%s."), ctl->command->name, word->name);
    if (word->is_option)
      continue;
    wanted += word->is_required;
    allowed = word->repeats ? G_MAXUINT : allowed == G_MAXUINT ? G_MAXUINT : allowed + 1;
    if (ctl->args->len < wanted)
      return wuyou_ctl_usage (error, _ ("“%s” needs %s."), ctl->command->name, word->name);
  }
  if (ctl->args->len > allowed)
    return wuyou_ctl_usage (error, _ ("“%s” does not take “%s”."), ctl->command->name, wuyou_ctl_arg (ctl, allowed));
  return TRUE;
}

gboolean
wuyou_ctl_parse (WuyouCtl *ctl, char **typed, GError **error)
{
  g_autoptr (GArray) words = parse_line (ctl->command->args);
  gboolean only_args = FALSE;

  for (char **at = typed; *at != NULL; at++) {
    if (!only_args && g_str_equal (*at, "--"))
      only_args = TRUE;
    else if (!only_args && (*at)[0] == '-' && (*at)[1] != '\0') {
      if (!take_option (ctl, words, &at, error))
        return FALSE;
    } else
      g_ptr_array_add (ctl->args, *at);
  }
  return check_whole (ctl, words, error);
}

gboolean
wuyou_ctl_confirm (const WuyouCtl *ctl, const char *question)
{
  char answer[16] = "";

  if (wuyou_ctl_has (ctl, "yes"))
    return TRUE;
  if (!isatty (STDIN_FILENO))
    return FALSE;
  g_print ("%s [y/N] ", question);
  return fgets (answer, sizeof answer, stdin) != NULL && g_ascii_tolower (answer[0]) == 'y';
}
