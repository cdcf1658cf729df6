/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "mail/wuyou-mail-spool.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <string.h>

#include "base/wuyou-error.h"

#define SENDER_NAME "无忧 Wuyou"
#define SENDER "no-reply@wuyou.invalid"

static void
set_up (void)
{
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    g_mime_init ();
    g_once_init_leave (&ready, 1);
  }
}

static GMimeMessage *
create_message (const WuyouMail *mail, gint64 now)
{
  GMimeMessage *message = g_mime_message_new (TRUE);
  GMimeTextPart *part = g_mime_text_part_new_with_subtype ("plain");
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now / G_TIME_SPAN_SECOND);
  g_autofree char *message_id = g_strconcat (mail->id, "@wuyou.invalid", NULL);

  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, SENDER_NAME, SENDER);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, NULL, mail->to);
  g_mime_message_set_subject (message, mail->subject, "UTF-8");
  g_mime_message_set_date (message, date);
  g_mime_message_set_message_id (message, message_id);
  g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated", NULL);
  g_mime_text_part_set_charset (part, "UTF-8");
  g_mime_text_part_set_text (part, mail->text);
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_BASE64);
  g_mime_message_set_mime_part (message, GMIME_OBJECT (part));
  g_object_unref (part);
  return message;
}

static gboolean
take_file_error (GError *local, GError **error)
{
  gboolean full = g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC);

  g_set_error (error, WUYOU_ERROR, full ? WUYOU_ERROR_STORAGE_FULL : WUYOU_ERROR_UNAVAILABLE, "%s", local->message);
  g_error_free (local);
  return FALSE;
}

/* An address with a line break in it would write headers of its own. */
static gboolean
check_address (const WuyouMail *mail, GError **error)
{
  gboolean good = mail->to != NULL && strchr (mail->to, '@') != NULL;

  for (const char *p = mail->to; good && *p != '\0'; p++)
    good = !g_ascii_iscntrl (*p) && *p != ',' && *p != ';';
  if (good)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, "not one address");
  return FALSE;
}

gboolean
wuyou_mail_spool_write (const char *directory, const WuyouMail *mail, gint64 now, GError **error)
{
  g_autofree char *name = g_strconcat (mail->id, ".eml", NULL);
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = NULL;
  GMimeMessage *message;
  GError *local = NULL;

  if (!check_address (mail, error))
    return FALSE;
  if (g_mkdir_with_parents (directory, 0700) != 0) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "spool folder: %s", g_strerror (errno));
    return FALSE;
  }
  set_up ();
  message = create_message (mail, now);
  text = g_mime_object_to_string (GMIME_OBJECT (message), NULL);
  g_object_unref (message);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   &local)
         || take_file_error (local, error);
}
