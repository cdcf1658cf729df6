/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-application.h"
#include "wuyou-language.h"

int
main (int argc, char *argv[])
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source != NULL ? g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (WuyouApplication) application = NULL;

  if (schema == NULL) {
    g_printerr ("The settings schema %s is not installed (GSETTINGS_SCHEMA_DIR names its folder).\n", APPLICATION_ID);
    return 1;
  }
  settings = g_settings_new_full (schema, NULL, NULL);
  wuyou_language_apply (settings);
  g_set_application_name ("Wuyou");
  application = wuyou_application_new (settings);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
