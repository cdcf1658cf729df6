/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-search-fragments.h"

#include <string.h>

#include "base/wuyou-text.h"
#include "sales/wuyou-contact.h"
#include "sales/wuyou-vin.h"

#define VIN_TAIL_MIN 4
#define VIN_TAIL_MAX 8
#define TAIL 4
#define SHORT_NAME 4    /* of a name this long every part is kept, so also a given name alone */
#define NAME_RUN_MAX 24 /* letters of one run of a name that are cut into parts */
#define NAME_RUNS_MAX 8
#define BEGINNING_MAX 8 /* letters of a Latin word that are told apart by their beginnings */
#define NEIGHBOURS 3
#define QUERY_MAX 64 /* characters of what is typed that are looked at */
#define QUERY_NAME_GROUPS 4

typedef void (*RunFunc) (const gunichar *letters, glong length, gboolean is_latin, gpointer data);

static const char *const kind_ids[WUYOU_N_FRAGMENTS] = {
  [WUYOU_FRAGMENT_VIN] = "vin",       [WUYOU_FRAGMENT_VIN_TAIL] = "vin-tail", [WUYOU_FRAGMENT_NUMBER] = "number",
  [WUYOU_FRAGMENT_SERIAL] = "serial", [WUYOU_FRAGMENT_PLATE] = "plate",       [WUYOU_FRAGMENT_NAME] = "name",
  [WUYOU_FRAGMENT_PHONE] = "phone",   [WUYOU_FRAGMENT_IDENTITY] = "identity",
};

const char *
wuyou_fragment_kind_id (WuyouFragmentKind kind)
{
  g_return_val_if_fail (kind > 0 && kind < WUYOU_N_FRAGMENTS, NULL);
  return kind_ids[kind];
}

void
wuyou_fragment_free (WuyouFragment *fragment)
{
  g_free (fragment->text);
  g_free (fragment);
}

static GPtrArray *
new_fragments (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_fragment_free);
}

static void
add (GPtrArray *fragments, WuyouFragmentKind kind, const char *text)
{
  WuyouFragment *fragment;

  if (text == NULL || *text == '\0' || fragments->len >= WUYOU_FRAGMENTS_MAX)
    return;
  for (guint i = 0; i < fragments->len; i++) {
    fragment = g_ptr_array_index (fragments, i);
    if (fragment->kind == kind && g_str_equal (fragment->text, text))
      return;
  }
  fragment = g_new (WuyouFragment, 1);
  *fragment = (WuyouFragment){ kind, g_strdup (text) };
  g_ptr_array_add (fragments, fragment);
}

/* The last @count bytes of a text that is longer than that; ASCII. */
static void
add_tail (GPtrArray *fragments, WuyouFragmentKind kind, const char *text, gsize count)
{
  gsize length = strlen (text);

  if (length > count && g_str_is_ascii (text))
    add (fragments, kind, text + length - count);
}

static void
add_letters (GPtrArray *fragments, const gunichar *letters, glong length)
{
  g_autofree char *text = g_ucs4_to_utf8 (letters, length, NULL, NULL, NULL);

  add (fragments, WUYOU_FRAGMENT_NAME, text);
}

static gboolean
is_latin (gunichar c)
{
  return c < 0x250; /* Latin letters and digits; they are written in words, all else in neighbouring letters */
}

static const char *const company_endings[] = { "股份有限公司", "有限责任公司", "有限公司" };

/* Every company has it, so it tells nothing. */
static char *
drop_company_ending (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (company_endings); i++)
    if (g_str_has_suffix (name, company_endings[i]) && strlen (name) > strlen (company_endings[i]))
      return g_strndup (name, strlen (name) - strlen (company_endings[i]));
  return g_strdup (name);
}

/* Cuts a name into runs of letters of one writing, lower case; what is neither letter nor digit parts them. */
static void
cut_runs (const char *typed, RunFunc each, gpointer data)
{
  g_autofree char *normal = wuyou_text_normalise (typed);
  g_autofree char *folded = normal != NULL ? g_utf8_strdown (normal, -1) : g_strdup ("");
  g_autofree char *name = drop_company_ending (folded);
  glong length = 0, start = 0, runs = 0;
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (name, -1, &length);

  while (start < length && runs < NAME_RUNS_MAX) {
    glong end = start;

    if (!g_unichar_isalnum (letters[start])) {
      start++;
      continue;
    }
    while (end < length && g_unichar_isalnum (letters[end]) && is_latin (letters[end]) == is_latin (letters[start]))
      end++;
    each (letters + start, MIN (end - start, NAME_RUN_MAX), is_latin (letters[start]), data);
    start = end;
    runs++;
  }
}

static void
on_stored_run_cut_cb (const gunichar *letters, glong length, gboolean latin, gpointer data)
{
  GPtrArray *fragments = data;

  if (latin) {
    for (glong n = 1; n <= MIN (length, BEGINNING_MAX); n++)
      add_letters (fragments, letters, n);
    return;
  }
  for (glong at = 0; at < length; at++)
    for (glong n = 1; n <= NEIGHBOURS && at + n <= length; n++)
      if (n > 1 || at == 0 || length <= SHORT_NAME)
        add_letters (fragments, letters + at, n);
}

static void
add_name (GPtrArray *fragments, const char *name)
{
  if (name != NULL)
    cut_runs (name, on_stored_run_cut_cb, fragments);
}

static void
add_vin (GPtrArray *fragments, const char *typed)
{
  g_autofree char *vin = wuyou_vin_normalise (typed);

  if (vin == NULL)
    return;
  add (fragments, WUYOU_FRAGMENT_VIN, vin);
  for (gsize n = VIN_TAIL_MIN; n <= VIN_TAIL_MAX; n++)
    add_tail (fragments, WUYOU_FRAGMENT_VIN_TAIL, vin, n);
}

static const char *
skip_zeros (const char *digits)
{
  while (*digits == '0')
    digits++;
  return digits;
}

/* WY-2026-0000481: found as it is, as 0000481, 481 and, of a longer serial, by the last four. */
static void
add_number (GPtrArray *fragments, const char *number)
{
  g_autofree char *compact = wuyou_text_compact (number);
  const char *serial = number != NULL ? strrchr (number, '-') : NULL;

  add (fragments, WUYOU_FRAGMENT_NUMBER, compact);
  if (serial == NULL)
    return;
  add (fragments, WUYOU_FRAGMENT_SERIAL, skip_zeros (serial + 1));
  if (strlen (serial + 1) >= TAIL)
    add (fragments, WUYOU_FRAGMENT_SERIAL, serial + 1 + strlen (serial + 1) - TAIL);
}

static void
add_plate (GPtrArray *fragments, const char *typed)
{
  g_autofree char *plate = wuyou_plate_normalise (typed);
  const char *rest;

  if (plate == NULL || *plate == '\0')
    return;
  add (fragments, WUYOU_FRAGMENT_PLATE, plate);
  rest = g_utf8_next_char (plate);
  add (fragments, WUYOU_FRAGMENT_PLATE, rest);
  if (*rest != '\0')
    add (fragments, WUYOU_FRAGMENT_PLATE, rest + 1);
  add_tail (fragments, WUYOU_FRAGMENT_PLATE, rest, TAIL);
}

static void
add_code (GPtrArray *fragments, WuyouFragmentKind kind, const char *typed)
{
  g_autofree char *code = kind == WUYOU_FRAGMENT_PHONE ? wuyou_mobile_normalise (typed) : wuyou_text_compact (typed);

  if (code == NULL)
    return;
  add (fragments, kind, code);
  add_tail (fragments, kind, code, TAIL);
}

GPtrArray *
wuyou_search_fragments_of_contract (const WuyouContract *contract)
{
  GPtrArray *fragments = new_fragments ();

  add_vin (fragments, contract->vin);
  add_number (fragments, contract->number);
  add_plate (fragments, contract->plate);
  add_code (fragments, WUYOU_FRAGMENT_PHONE, contract->owner_mobile);
  add_code (fragments, WUYOU_FRAGMENT_IDENTITY, contract->owner_id_no);
  add_name (fragments, contract->owner_name);
  add_code (fragments, WUYOU_FRAGMENT_PHONE, contract->agent_mobile);
  add_name (fragments, contract->agent_name);
  return fragments;
}

static GPtrArray *
new_groups (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

static void
take_group (GPtrArray *groups, GPtrArray *group)
{
  if (group->len > 0 && groups->len < WUYOU_QUERY_GROUPS_MAX)
    g_ptr_array_add (groups, group);
  else
    g_ptr_array_unref (group);
}

static void
take_name_group (GPtrArray *groups, const gunichar *letters, glong length)
{
  GPtrArray *group = new_fragments ();

  add_letters (group, letters, length);
  take_group (groups, group);
}

/* A long name is looked for by neighbouring letters spread over it: first, last, and some between. */
static void
on_typed_run_cut_cb (const gunichar *letters, glong length, gboolean latin, gpointer data)
{
  GPtrArray *groups = data;
  glong places = length - NEIGHBOURS, count = MIN (places + 1, QUERY_NAME_GROUPS);

  if (latin) {
    take_name_group (groups, letters, MIN (length, BEGINNING_MAX));
    return;
  }
  if (places <= 0) {
    take_name_group (groups, letters, length);
    return;
  }
  for (glong i = 0; i < count; i++)
    take_name_group (groups, letters + i * places / (count - 1), NEIGHBOURS);
}

static gboolean
is_code (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '+')
      return FALSE;
  return *text != '\0';
}

/* Everything an unbroken word of ASCII letters and digits may be. */
static GPtrArray *
list_codes (const char *typed)
{
  GPtrArray *group = new_fragments ();
  g_autofree char *code = wuyou_text_compact (typed), *phone = wuyou_mobile_normalise (typed);
  gsize length = strlen (code);

  if (length == WUYOU_VIN_LENGTH)
    add (group, WUYOU_FRAGMENT_VIN, code);
  if (length >= VIN_TAIL_MIN && length <= VIN_TAIL_MAX)
    add (group, WUYOU_FRAGMENT_VIN_TAIL, code);
  if (length > TAIL && length < 20 && !wuyou_text_is_digits (code))
    add (group, WUYOU_FRAGMENT_NUMBER, code);
  if (length <= 10 && wuyou_text_is_digits (code))
    add (group, WUYOU_FRAGMENT_SERIAL, length == TAIL ? code : skip_zeros (code));
  if (length == TAIL && wuyou_text_is_digits (code))
    add (group, WUYOU_FRAGMENT_SERIAL, skip_zeros (code));
  if (length >= TAIL && length <= 7)
    add (group, WUYOU_FRAGMENT_PLATE, code);
  if (wuyou_text_is_digits (phone[0] == '+' ? phone + 1 : phone) && (length == TAIL || length >= 8))
    add (group, WUYOU_FRAGMENT_PHONE, phone);
  if (length == TAIL || (length >= 5 && length <= 20))
    add (group, WUYOU_FRAGMENT_IDENTITY, code);
  return group;
}

static void
add_beginning (GPtrArray *group, const char *word)
{
  g_autofree char *folded = g_utf8_strdown (word, -1);
  gsize length = 0;

  while (length < BEGINNING_MAX && g_ascii_isalnum (folded[length]))
    length++;
  folded[length] = '\0';
  add (group, WUYOU_FRAGMENT_NAME, folded);
}

static void
add_word (GPtrArray *groups, const char *word)
{
  g_autofree char *compact = wuyou_text_compact (word);
  GPtrArray *group;

  if (wuyou_plate_check (compact, NULL)) {
    group = new_fragments ();
    add (group, WUYOU_FRAGMENT_PLATE, compact);
    take_group (groups, group);
  } else if (is_code (compact)) {
    group = list_codes (word);
    add_beginning (group, word);
    take_group (groups, group);
  } else {
    cut_runs (word, on_typed_run_cut_cb, groups);
  }
}

/* Numbers are often typed in groups: 138 1234 5678. Read together they are one of these, or several words. */
static gboolean
is_one_number (const char *text)
{
  g_autofree char *compact = wuyou_text_compact (text), *phone = wuyou_mobile_normalise (text);

  return (is_code (compact) && strlen (compact) == WUYOU_VIN_LENGTH && strpbrk (compact, "0123456789") != NULL)
         || wuyou_mobile_check (phone, NULL) || wuyou_plate_check (compact, NULL)
         || (strlen (compact) == 18 && strspn (compact, "0123456789") >= 17);
}

static char *
simplify_query (const char *typed)
{
  g_autofree char *normal = wuyou_text_normalise (typed);

  if (normal == NULL || !wuyou_text_check (normal, NULL))
    return g_strdup ("");
  return g_utf8_substring (normal, 0, MIN (g_utf8_strlen (normal, -1), QUERY_MAX));
}

GPtrArray *
wuyou_search_fragments_of_query (const char *typed)
{
  GPtrArray *groups = new_groups ();
  g_autofree char *text = simplify_query (typed);
  g_auto (GStrv) words = NULL;

  if (*text == '\0')
    return groups;
  if (is_one_number (text)) {
    add_word (groups, text);
    return groups;
  }
  words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      add_word (groups, words[i]);
  return groups;
}

guint
wuyou_search_classify (const char *typed)
{
  g_autoptr (GPtrArray) groups = wuyou_search_fragments_of_query (typed);
  guint mask = 0;

  for (guint i = 0; i < groups->len; i++) {
    GPtrArray *group = g_ptr_array_index (groups, i);

    for (guint j = 0; j < group->len; j++)
      mask |= 1u << ((const WuyouFragment *) g_ptr_array_index (group, j))->kind;
  }
  return mask;
}
