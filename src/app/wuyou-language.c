/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-language.h"

#include <glib/gi18n.h>

#include "base/wuyou-locale.h"

/* Without a hint fontconfig may draw Chinese with a Japanese font; names and addresses are Chinese in every language
 * of the interface. */
static void
prefer_chinese_glyphs (void)
{
  g_setenv ("FC_LANG", "zh-cn", FALSE);
}

void
wuyou_language_apply (GSettings *settings)
{
  g_autofree char *language = g_settings_get_string (settings, "language");
  const char *folder = g_getenv ("TEXTDOMAINDIR");

  if (*language != '\0')
    g_setenv ("LANGUAGE", language, TRUE);
  wuyou_locale_begin ();
  prefer_chinese_glyphs ();
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
