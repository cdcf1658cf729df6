/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contact.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-refusal.h"
#include "base/wuyou-text.h"

#define EMAIL_MAX 254
#define EMAIL_LOCAL_MAX 64
#define EMAIL_LABEL_MAX 63
#define PLATE_AUTHORITY "GA 36"

/* Brackets and a leading plus sign go. */
static char *
drop_decoration (const char *typed)
{
  g_autofree char *compact = wuyou_text_compact (typed);
  GString *number = g_string_new (NULL);

  for (const char *p = compact; *p != '\0'; p++)
    if (*p != '(' && *p != ')' && (*p != '+' || number->len > 0))
      g_string_append_c (number, *p);
  return g_string_free (number, FALSE);
}

/* What follows the country's code, also written with 00, when it has that many digits; else NULL. */
static const char *
skip_country (const char *number, const char *code, gsize digits)
{
  if (g_str_has_prefix (number, "00"))
    number += 2;
  return g_str_has_prefix (number, code) && strlen (number) == strlen (code) + digits ? number + strlen (code) : NULL;
}

char *
wuyou_mobile_normalise (const char *typed)
{
  g_autofree char *number = NULL;
  const char *rest;

  if (typed == NULL)
    return NULL;
  number = drop_decoration (typed);
  rest = skip_country (number, "86", 11);
  if (rest != NULL && *rest == '1')
    return g_strdup (rest);
  if ((rest = skip_country (number, "852", 8)) != NULL)
    return g_strconcat ("+852", rest, NULL);
  if ((rest = skip_country (number, "853", 8)) != NULL)
    return g_strconcat ("+853", rest, NULL);
  return g_steal_pointer (&number);
}

gboolean
wuyou_mobile_check (const char *mobile, GError **error)
{
  if (!wuyou_text_check (mobile, error))
    return FALSE;
  if (mobile != NULL && *mobile == '+') {
    if ((g_str_has_prefix (mobile, "+852") || g_str_has_prefix (mobile, "+853")) && strlen (mobile) == 12
        && wuyou_text_is_digits (mobile + 1))
      return TRUE;
    return wuyou_refuse (error, NULL, N_ ("Numbers of Hong Kong and Macau are +852 or +853 and 8 digits."));
  }
  if (wuyou_text_is_digits (mobile) && strlen (mobile) == 11 && mobile[0] == '1' && mobile[1] >= '3')
    return TRUE;
  return wuyou_refuse (error, NULL, N_ ("A mobile number has 11 digits and begins with 13 to 19."));
}

char *
wuyou_email_normalise (const char *typed)
{
  GString *email;

  if (typed == NULL)
    return NULL;
  email = g_string_new (NULL);
  if (!g_utf8_validate (typed, -1, NULL))
    return g_string_free (email, FALSE);
  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c >= 0xFF01 && c <= 0xFF5E)
      c = c - 0xFF01 + '!';
    if (c == 0x3002) /* the Chinese full stop, typed for a dot */
      c = '.';
    if (!g_unichar_isspace (c))
      g_string_append_unichar (email, c < 0x80 ? (gunichar) g_ascii_tolower ((char) c) : c);
  }
  return g_string_free (email, FALSE);
}

static gboolean
is_local_part (const char *text, gsize length)
{
  if (length < 1 || length > EMAIL_LOCAL_MAX || text[0] == '.' || text[length - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalnum (text[i]) && strchr (".!#$%&'*+/=?^_`{|}~-", text[i]) == NULL)
      return FALSE;
    if (text[i] == '.' && text[i + 1] == '.')
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_domain_label (const char *label)
{
  gsize length = strlen (label);

  if (length < 1 || length > EMAIL_LABEL_MAX || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return FALSE;
  return TRUE;
}

static gboolean
is_domain (const char *text)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);
  guint count = g_strv_length (labels);

  for (guint i = 0; i < count; i++)
    if (!is_domain_label (labels[i]))
      return FALSE;
  return count >= 2 && strlen (labels[count - 1]) >= 2 && g_ascii_isalpha (labels[count - 1][0]);
}

gboolean
wuyou_email_check (const char *email, GError **error)
{
  const char *at;

  if (!wuyou_text_check (email, error))
    return FALSE;
  at = email != NULL ? strchr (email, '@') : NULL;
  if (at == NULL)
    return wuyou_refuse (error, NULL, N_ ("An e-mail address has the form name@example.com."));
  if (strlen (email) > EMAIL_MAX)
    return wuyou_refuse (error, NULL, N_ ("This e-mail address is too long."));
  if (!is_local_part (email, (gsize) (at - email)))
    return wuyou_refuse (error, NULL, N_ ("The part of the e-mail address before @ is not right."));
  if (!is_domain (at + 1))
    return wuyou_refuse (error, NULL, N_ ("The part of the e-mail address after @ is not right."));
  return TRUE;
}

char *
wuyou_plate_normalise (const char *typed)
{
  return wuyou_text_compact (typed);
}

static gboolean
is_serial (char c)
{
  return g_ascii_isdigit (c) || (g_ascii_isupper (c) && c != 'I' && c != 'O');
}

static gboolean
are_serial (const char *text, int count)
{
  for (int i = 0; i < count; i++)
    if (!is_serial (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
are_digits (const char *text, int count)
{
  for (int i = 0; i < count; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_energy_letter (char c)
{
  return c >= 'A' && c <= 'K' && c != 'I';
}

/* @serial: what follows province and agency letter. Small cars have the letter first, large ones last. */
static gboolean
is_new_energy_serial (const char *serial)
{
  if (strlen (serial) != 6)
    return FALSE;
  if (is_energy_letter (serial[0]) && is_serial (serial[1]) && are_digits (serial + 2, 4))
    return TRUE;
  return are_digits (serial, 5) && is_energy_letter (serial[5]);
}

static gboolean
is_ordinary_serial (const char *serial)
{
  static const char *const suffixes[] = { "挂", "学", "警", "港", "澳", "领" };

  if (strlen (serial) == 5)
    return are_serial (serial, 5);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (are_serial (serial, 4) && g_str_equal (serial + 4, suffixes[i]))
      return TRUE;
  return FALSE;
}

/* What stands behind the province and the agency's letter; NULL when they are not there. */
static const char *
skip_region (const char *plate)
{
  static const char provinces[] = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
  gunichar province;
  const char *letter;

  if (plate == NULL || *plate == '\0' || !g_utf8_validate (plate, -1, NULL))
    return NULL;
  province = g_utf8_get_char (plate);
  letter = g_utf8_next_char (plate);
  if (g_utf8_strchr (provinces, -1, province) == NULL || !g_ascii_isupper (*letter) || *letter == 'I')
    return NULL;
  return letter + 1;
}

gboolean
wuyou_plate_is_new_energy (const char *plate)
{
  const char *serial = skip_region (plate);

  return serial != NULL && is_new_energy_serial (serial);
}

gboolean
wuyou_plate_check (const char *plate, GError **error)
{
  const char *serial;

  if (!wuyou_text_check (plate, error))
    return FALSE;
  if (plate != NULL && g_str_has_prefix (plate, "使")) { /* embassies: 使 and six digits */
    serial = plate + strlen ("使");
    if (strlen (serial) == 6 && are_digits (serial, 6))
      return TRUE;
  }
  serial = skip_region (plate);
  if (serial == NULL)
    return wuyou_refuse (error, PLATE_AUTHORITY,
                         N_ ("A number plate begins with the province and a letter, such as 京A12345."));
  if (is_ordinary_serial (serial) || is_new_energy_serial (serial))
    return TRUE;
  return wuyou_refuse (
      error, PLATE_AUTHORITY,
      N_ ("After the province and the letter come 5 characters, or 6 on a green plate, without I and O."));
}
