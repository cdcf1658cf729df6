/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <liboath/oath.h>

#include "demo/wuyou-demo.h"

/* Chinese characters take two cells of a terminal. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
  return width;
}

static void
append_cell (GString *out, const char *text, guint width)
{
  g_string_append (out, text);
  for (guint i = measure (text); i < width; i++)
    g_string_append_c (out, ' ');
}

static char *
dup_secret (const WuyouDemoWorld *world, const WuyouDemoAccount *demo)
{
  g_autoptr (GBytes) secret = wuyou_demo_totp_secret (world, demo);
  gsize length;
  const char *bytes = g_bytes_get_data (secret, &length);
  char *text = NULL, *copy;

  if (oath_base32_encode (bytes, length, &text, NULL) != OATH_OK)
    return g_strdup ("");
  copy = g_strdup (text);
  free (text);
  return copy;
}

static void
append_account (GString *out, const WuyouDemoWorld *world, const WuyouDemoAccount *demo)
{
  gboolean has_code = demo->org->kind == WUYOU_ORG_OPERATOR && demo->state == WUYOU_DEMO_READY;
  g_autofree char *secret = has_code ? dup_secret (world, demo) : NULL;

  append_cell (out, demo->account->email, 32);
  append_cell (out, demo->account->name, 8);
  append_cell (out, demo->account->roles, 11);
  append_cell (out, demo->org->code, 4);
  append_cell (out, wuyou_enum_label (wuyou_demo_account_states, demo->state), 18);
  g_string_append (out, demo->note != NULL ? demo->note : "");
  if (secret != NULL)
    g_string_append_printf (out, "  TOTP %s", secret);
  g_string_append_c (out, '\n');
}

char *
wuyou_demo_accounts_table (const WuyouDemoWorld *world)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, _ ("Password of every account: %s\n"), world->password);
  g_string_append (out, _ ("Accounts of the operator also need the one-time code of their TOTP secret.\n\n"));
  for (guint i = 0; i < world->accounts->len; i++)
    append_account (out, world, world->accounts->pdata[i]);
  return g_string_free (out, FALSE);
}
