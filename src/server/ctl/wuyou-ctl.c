/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "ctl/wuyou-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "ctl/wuyou-ctl-grammar.h"

static const WuyouCtlCommand commands[] = {
  { "init", "--operator NAME --admin EMAIL [--name NAME]",
    N_ ("Make keys, schema, the operator and a first administrator with a one-time password"), wuyou_ctl_init },
  { "demo", "[--contracts N] [--claims N] [--seed S] [--days-ago N] [--print-accounts]",
    N_ ("Fill an empty database with fictional data, or print the demo accounts"), wuyou_ctl_demo },
  { "account add", "EMAIL --name NAME --org CODE --roles ROLES [--phone NUMBER]",
    N_ ("Add an account with a one-time password"), wuyou_ctl_account_add },
  { "account list", "[--org CODE]", N_ ("List accounts"), wuyou_ctl_account_list },
  { "account reset", "EMAIL [--totp]", N_ ("Give an account a new one-time password and end its sessions"),
    wuyou_ctl_account_reset },
  { "agreement import",
    "FILE… --effective DATE --audience KIND --by ACCOUNT [--label TEXT] [--summary TEXT] "
    "[--not-material] [--keep-dates] [--yes]",
    N_ ("Read agreements from Markdown and propose clause ids against the last version"), wuyou_ctl_agreement_import },
  { "agreement approve", "ID --by ACCOUNT", N_ ("Publish what another person imported"), wuyou_ctl_agreement_approve },
  { "agreement withdraw", "ID --by ACCOUNT", N_ ("Take back a version that is not in force; who imported it cannot"),
    wuyou_ctl_agreement_withdraw },
  { "agreement list", "", N_ ("List the versions of the agreements"), wuyou_ctl_agreement_list },
  { "consent export", "ID [-o FILE]", N_ ("Write the evidence of a consent as one file"), wuyou_ctl_consent_export },
  { "consent verify", "FILE [--fingerprint HEX]", N_ ("Check such a file; needs no database"),
    wuyou_ctl_consent_verify },
  { "backup", "DIR", N_ ("Copy database, files and keys to a new folder while the server runs"), wuyou_ctl_backup },
  { "backup verify", "DIR", N_ ("Check that a backup is whole and can be restored"), wuyou_ctl_backup_verify },
  { "restore", "DIR [--keys FILE] [--erasures FILE]",
    N_ ("Put a backup into an empty database; DIR of --data holds only the two key files"), wuyou_ctl_restore },
  { "audit verify", "", N_ ("Walk the whole audit log and name every row that was changed, removed or inserted"),
    wuyou_ctl_audit_verify },
  { "paper verify", "PAYLOAD [--key FILE]", N_ ("Check the text of the code on a printed contract"),
    wuyou_ctl_paper_verify },
  { "workflow", "NAME --dot", N_ ("Print a workflow as a graph for dot"), wuyou_ctl_workflow },
};

const char *
wuyou_ctl_get (const WuyouCtl *ctl, const char *option)
{
  return g_hash_table_lookup (ctl->options, option);
}

gboolean
wuyou_ctl_has (const WuyouCtl *ctl, const char *option)
{
  return g_hash_table_contains (ctl->options, option);
}

const char *
wuyou_ctl_arg (const WuyouCtl *ctl, guint index)
{
  return index < ctl->args->len ? ctl->args->pdata[index] : NULL;
}

gboolean
wuyou_ctl_usage (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_FAILED, format, args);
  va_end (args);
  return FALSE;
}

gboolean
wuyou_ctl_get_number (const WuyouCtl *ctl,
                      const char *option,
                      gint64 first,
                      gint64 last,
                      gint64 fallback,
                      gint64 *ret_number,
                      GError **error)
{
  const char *text = wuyou_ctl_get (ctl, option);
  g_autofree char *first_text = NULL, *last_text = NULL;

  *ret_number = fallback;
  if (text == NULL || g_ascii_string_to_signed (text, 10, first, last, ret_number, NULL))
    return TRUE;
  first_text = g_strdup_printf ("%" G_GINT64_FORMAT, first);
  last_text = g_strdup_printf ("%" G_GINT64_FORMAT, last);
  return wuyou_ctl_usage (error, _ ("--%s takes a number between %s and %s."), option, first_text, last_text);
}

gboolean
wuyou_ctl_need_database (const WuyouCtl *ctl, GError **error)
{
  if (ctl->uri == NULL)
    return wuyou_ctl_usage (error, _ ("Name the database: --db sqlite:PATH or --db postgresql://…"));
  if (ctl->data_dir == NULL)
    return wuyou_ctl_usage (error, _ ("Name the folder of keys and files: --data DIR"));
  return TRUE;
}

WuyouStore *
wuyou_ctl_open (const WuyouCtl *ctl, GError **error)
{
  if (!wuyou_ctl_need_database (ctl, error))
    return NULL;
  return wuyou_store_open (ctl->uri, ctl->data_dir, ctl->clock, error);
}

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: wuyouctl [--db URI] [--data DIR] COMMAND …"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %s %s\n      %s\n", commands[i].name, commands[i].args, _ (commands[i].help));
  g_print ("\n  --db URI     sqlite:PATH, postgresql://…\n  --data DIR   %s\n", _ ("keys and files"));
  g_print ("\n%s\n", _ ("wuyouctl COMMAND --help tells about one command."));
}

static void
print_command_help (const WuyouCtlCommand *command)
{
  g_print ("%s wuyouctl --db URI --data DIR %s %s\n\n%s\n", _ ("Usage:"), command->name, command->args,
           _ (command->help));
}

/* The longest name that the words begin with: "backup verify" before "backup". */
static const WuyouCtlCommand *
find_command (char **words, guint *ret_used)
{
  const WuyouCtlCommand *best = NULL;

  *ret_used = 0;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_auto (GStrv) name = g_strsplit (commands[i].name, " ", -1);
    guint n = g_strv_length (name), same = 0;

    while (same < n && words[same] != NULL && g_str_equal (words[same], name[same]))
      same++;
    if (same == n && n > *ret_used) {
      best = &commands[i];
      *ret_used = n;
    }
  }
  return best;
}

static gboolean
run_command (WuyouCtl *ctl, char **words, GError **error)
{
  guint used;

  ctl->command = find_command (words, &used);
  if (ctl->command == NULL)
    return wuyou_ctl_usage (error, _ ("There is no command “%s”. wuyouctl --help lists them."), words[0]);
  if (g_strv_contains ((const char *const *) words + used, "--help")) {
    print_command_help (ctl->command);
    return TRUE;
  }
  return wuyou_ctl_parse (ctl, words + used, error) && ctl->command->handler (ctl, error);
}

/* Options before the command. Returns where it begins. */
static char **
read_globals (WuyouCtl *ctl, char **words)
{
  while (words[0] != NULL && words[1] != NULL) {
    if (g_str_equal (words[0], "--db"))
      ctl->uri = words[1];
    else if (g_str_equal (words[0], "--data"))
      ctl->data_dir = words[1];
    else
      break;
    words += 2;
  }
  return words;
}

static int
report (GError *error)
{
  const GPtrArray *violations = wuyou_error_get_violations (error);
  gboolean usage = error->domain == G_OPTION_ERROR;
  gboolean vague = error->domain == WUYOU_ERROR && violations == NULL;

  if (vague)
    g_printerr ("wuyouctl: %s (%s)\n", wuyou_error_sentence (error), error->message);
  else if (violations == NULL)
    g_printerr ("wuyouctl: %s\n", error->message);
  for (guint i = 0; violations != NULL && i < violations->len; i++)
    g_printerr ("wuyouctl: %s\n", wuyou_error_sentence (violations->pdata[i]));
  return usage ? WUYOU_CTL_USAGE : WUYOU_CTL_FAILED;
}

int
wuyou_ctl_run (int argc, char **argv, const WuyouClock *clock)
{
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  WuyouCtl ctl = { .clock = clock != NULL ? clock : &wuyou_clock_system, .options = options, .args = args };
  char **words = read_globals (&ctl, argv + MIN (argc, 1));

  if (words[0] == NULL) {
    wuyou_ctl_usage (&error, "%s", _ ("Which command? wuyouctl --help lists them."));
    return report (error);
  }
  if (g_str_equal (words[0], "--help") || g_str_equal (words[0], "-h") || g_str_equal (words[0], "help")) {
    print_help ();
    return WUYOU_CTL_OK;
  }
  if (g_str_equal (words[0], "--version")) {
    g_print ("wuyouctl %s\n", PACKAGE_VERSION);
    return WUYOU_CTL_OK;
  }
  return run_command (&ctl, words, &error) ? WUYOU_CTL_OK : report (error);
}
