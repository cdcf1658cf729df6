/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-password-rules.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/wuyou-error.h"

#define MIN_WEIGHT 8      /* characters that are left when what is guessed first is counted as next to nothing */
#define KNOWN_WEIGHT 2    /* of a word from leaks or a run */
#define PERSONAL_WEIGHT 1 /* of a word that belongs to the account */
#define MIN_RUN 3
#define MIN_SHARED 8 /* an earlier password of this length inside the new one */
#define MAX_BYTES 1024

/* The heads of every list of leaked passwords, those of Chinese users among them; found wherever they stand in
 * the password, as written and with the usual stand-ins undone (p@ssw0rd). */
static const char *const known[] = {
  "password", "passwort",  "passw",     "qwerty",    "qwertyuiop", "qwert",    "asdfghjkl", "asdfgh",        "asdf",
  "zxcvbnm",  "zxcvbn",    "zxcv",      "1qaz",      "2wsx",       "3edc",     "4rfv",      "qazwsx",        "qaz",
  "wsx",      "edc",       "1qazxsw2",  "1q2w3e4r",  "1q2w3e",     "q1w2e3",   "admin",     "administrator", "root",
  "letmein",  "welcome",   "iloveyou",  "woaini",    "woaiwo",     "5201314",  "1314520",   "1314",          "520",
  "mima",     "nihao",     "zhongguo",  "china",     "beijing",    "shanghai", "dragon",    "monkey",        "football",
  "baseball", "sunshine",  "princess",  "superman",  "batman",     "master",   "shadow",    "michael",       "login",
  "secret",   "test",      "guest",     "user",      "hello",      "abc",      "aaa",       "changeme",      "changeit",
  "default",  "trustno1",  "starwars",  "whatever",  "freedom",    "killer",   "summer",    "winter",        "spring",
  "autumn",   "147258369", "123456789", "987654321", "159357",     "147258",   "258456",    "321321",        "123321",
  "112233",   "123123",    "121212",    "131313",    "666666",     "888888",   "000000",    "123qwe",        "qwe",
  "asd",      "zxc",       "wang",      "zhang",     "dealer",     "wuyou",    "bmw",       "mini",          "2023",
  "2024",     "2025",      "2026",      "2027",      "1234",       "4321",     "2580",
};

typedef struct {
  int weight;
  gboolean has_known, has_personal, has_run;
} Weighing;

char *
wuyou_password_prepare (const char *typed)
{
  char *composed;
  GString *prepared;

  if (typed == NULL || !g_utf8_validate (typed, -1, NULL))
    return NULL;
  composed = g_utf8_normalize (typed, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  prepared = g_string_sized_new (MAX_BYTES);
  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_string_append_unichar (prepared, g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR ? ' ' : c);
  }
  wuyou_password_free (composed);
  return g_string_free (prepared, FALSE);
}

void
wuyou_password_free (char *password)
{
  if (password == NULL)
    return;
  sodium_memzero (password, strlen (password));
  g_free (password);
}

static gunichar
undo_stand_in (gunichar c)
{
  switch (c) {
  case '@':
  case '4':
    return 'a';
  case '0':
    return 'o';
  case '1':
  case '!':
    return 'i';
  case '$':
  case '5':
    return 's';
  case '3':
    return 'e';
  case '7':
    return 't';
  default:
    return c;
  }
}

static gboolean
equals (gunichar typed, gunichar wanted)
{
  gunichar lower = g_unichar_tolower (typed);

  return lower == wanted || undo_stand_in (lower) == wanted;
}

/* Length of @word when it stands at @at, else 0. @word is lower case. */
static glong
match_word (const gunichar *at, const char *word)
{
  glong length = 0;

  for (; *word != '\0'; word = g_utf8_next_char (word), length++)
    if (at[length] == 0 || !equals (at[length], g_utf8_get_char (word)))
      return 0;
  return length;
}

static glong
match_known (const gunichar *at)
{
  glong longest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    longest = MAX (longest, match_word (at, known[i]));
  return longest;
}

static glong
match_personal (const gunichar *at, const GPtrArray *words)
{
  glong longest = 0;

  for (guint i = 0; i < words->len; i++)
    longest = MAX (longest, match_word (at, g_ptr_array_index (words, i)));
  return longest;
}

/* aaaa, 4567, dcba: the same step from each to the next. */
static glong
match_run (const gunichar *at)
{
  gint64 step = (gint64) at[1] - at[0];
  glong length = 2;

  if (at[1] == 0 || ABS (step) > 1)
    return 0;
  while (at[length] != 0 && (gint64) at[length] - at[length - 1] == step)
    length++;
  return length >= MIN_RUN ? length : 0;
}

static gboolean
is_common_part (const char *part)
{
  static const char *const common[] = { "com", "net", "org", "www", "cn", "qq" };

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    if (g_str_equal (part, common[i]))
      return TRUE;
  return FALSE;
}

static void
take_part (GPtrArray *parts, GString *part)
{
  gboolean is_ascii = g_str_is_ascii (part->str);

  if (g_utf8_strlen (part->str, -1) >= (is_ascii ? 3 : 2) && !is_common_part (part->str))
    g_ptr_array_add (parts, g_strdup (part->str));
  g_string_truncate (part, 0);
}

/* The words of e-mail, names and so on: li.hua@anda.example → li too short, hua, anda, example. */
static GPtrArray *
split_words (const char *const *words)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) part = g_string_new (NULL);

  for (; words != NULL && *words != NULL; words++) {
    for (const char *p = *words; *p != '\0' && g_utf8_validate (p, -1, NULL); p = g_utf8_next_char (p)) {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        g_string_append_unichar (part, g_unichar_tolower (g_utf8_get_char (p)));
      else
        take_part (parts, part);
    }
    take_part (parts, part);
  }
  return parts;
}

static glong
weigh_step (const gunichar *at, const GPtrArray *parts, Weighing *weighing)
{
  glong personal = match_personal (at, parts), common = match_known (at), run = match_run (at);
  glong longest = MAX (personal, MAX (common, run));

  if (longest == 0) {
    weighing->weight++;
    return 1;
  }
  if (longest == personal)
    weighing->has_personal = TRUE;
  else if (longest == common)
    weighing->has_known = TRUE;
  else
    weighing->has_run = TRUE;
  weighing->weight += longest == personal ? PERSONAL_WEIGHT : KNOWN_WEIGHT;
  return longest;
}

static Weighing
weigh (const char *password, const char *const *words)
{
  g_autoptr (GPtrArray) parts = split_words (words);
  glong count;
  gunichar *characters = g_utf8_to_ucs4_fast (password, -1, &count);
  Weighing weighing = { 0 };

  for (glong i = 0; i < count;)
    i += weigh_step (characters + i, parts, &weighing);
  sodium_memzero (characters, (gsize) count * sizeof *characters);
  g_free (characters);
  return weighing;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_WEAK_PASSWORD, sentence);
  return FALSE;
}

static gboolean
check_form (const char *password, GError **error)
{
  glong length;

  if (password == NULL || !g_utf8_validate (password, -1, NULL))
    return refuse (error, N_ ("Please choose a password."));
  length = g_utf8_strlen (password, -1);
  if (length < WUYOU_PASSWORD_MIN)
    return refuse (error,
                   N_ ("The password needs at least 12 characters. A few unrelated words are easy to keep in mind."));
  if (length > WUYOU_PASSWORD_MAX || strlen (password) > MAX_BYTES)
    return refuse (error, N_ ("The password has at most 128 characters."));
  for (const char *p = password; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return refuse (error, N_ ("The password has a control character that cannot be typed again."));
  return TRUE;
}

gboolean
wuyou_password_check (const char *password, const char *const *words, GError **error)
{
  Weighing weighing;

  if (!check_form (password, error))
    return FALSE;
  weighing = weigh (password, words);
  if (weighing.weight >= MIN_WEIGHT)
    return TRUE;
  if (weighing.has_personal)
    return refuse (error, N_ ("Leave your name, e-mail address and dealership out of the password."));
  if (weighing.has_known)
    return refuse (error, N_ ("This password is made of words and numbers that are known from leaks. Choose another."));
  return refuse (error, N_ ("This password is a simple row such as 1234 or aaaa. Choose another."));
}

/* Levenshtein distance over bytes of the case-folded text: enough to see a changed digit. */
static gsize
measure_distance (const char *a, const char *b)
{
  gsize length = strlen (b);
  g_autofree gsize *row = g_new (gsize, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = j;
  for (gsize i = 1; a[i - 1] != '\0'; i++) {
    gsize diagonal = row[0];

    row[0] = i;
    for (gsize j = 1; j <= length; j++) {
      gsize above = row[j], replaced = diagonal + (a[i - 1] != b[j - 1]);

      row[j] = MIN (replaced, MIN (above, row[j - 1]) + 1);
      diagonal = above;
    }
  }
  return row[length];
}

gboolean
wuyou_password_is_similar (const char *password, const char *earlier)
{
  char *a, *b;
  gsize shorter;
  gboolean similar;

  if (password == NULL || earlier == NULL)
    return FALSE;
  if (!g_utf8_validate (password, -1, NULL) || !g_utf8_validate (earlier, -1, NULL))
    return FALSE;
  if (strlen (password) > MAX_BYTES || strlen (earlier) > MAX_BYTES)
    return FALSE;
  a = g_utf8_casefold (password, -1);
  b = g_utf8_casefold (earlier, -1);
  shorter = MIN (strlen (a), strlen (b));
  similar = measure_distance (a, b) <= MAX (3, shorter / 4);
  similar = similar || (shorter >= MIN_SHARED && (strstr (a, b) != NULL || strstr (b, a) != NULL));
  wuyou_password_free (a);
  wuyou_password_free (b);
  return similar;
}

int
wuyou_password_strength (const char *password, const char *const *words)
{
  int weight;

  if (!wuyou_password_check (password, words, NULL))
    return 0;
  weight = weigh (password, words).weight;
  return weight < 11 ? 1 : weight < 14 ? 2 : weight < 18 ? 3 : 4;
}
