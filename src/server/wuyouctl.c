/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-locale.h"
#include "ctl/wuyou-ctl.h"

int
main (int argc, char **argv)
{
  const char *text_dir = g_getenv ("TEXTDOMAINDIR");

  wuyou_locale_begin ();
  bindtextdomain (GETTEXT_PACKAGE, text_dir != NULL ? text_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return wuyou_ctl_run (argc, argv, NULL);
}
