/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "drafts/wuyou-kept-text.h"

#include "base/wuyou-json.h"

static char *
dup_name (const char *what, const char *record)
{
  return g_strconcat (what, ":", record, NULL);
}

static char *
load (WuyouAppContext *context, const char *name)
{
  g_autoptr (JsonObject) kept = wuyou_local_load_object (wuyou_app_context_get_local (context), WUYOU_LOCAL_TEXT, name);

  return kept != NULL ? g_strdup (wuyou_json_get_string (kept, "text")) : NULL;
}

static void
save (WuyouAppContext *context, const char *name, const char *text)
{
  WuyouLocal *local = wuyou_app_context_get_local (context);
  g_autoptr (GString) out = g_string_new (NULL);

  if (text == NULL || *text == '\0') {
    wuyou_local_remove (local, WUYOU_LOCAL_TEXT, name);
    return;
  }
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "text", text);
  wuyou_json_end_object (out);
  wuyou_local_save (local, WUYOU_LOCAL_TEXT, name, out->str);
}

char *
wuyou_kept_text_dup (WuyouAppContext *context, const char *what, const char *record)
{
  g_autofree char *name = dup_name (what, record);

  return load (context, name);
}

void
wuyou_kept_text_save (WuyouAppContext *context, const char *what, const char *record, const char *text)
{
  g_autofree char *name = dup_name (what, record);

  save (context, name, text);
}

typedef struct {
  WuyouAppContext *context;
  char *name;
} Followed;

static void
free_followed (gpointer data, GClosure *closure)
{
  Followed *followed = data;

  g_object_unref (followed->context);
  g_free (followed->name);
  g_free (followed);
}

static void
on_entry_changed_cb (Followed *followed, GtkEditable *entry)
{
  save (followed->context, followed->name, gtk_editable_get_text (entry));
}

void
wuyou_kept_text_follow (WuyouAppContext *context, GtkEditable *entry, const char *what, const char *record)
{
  g_autofree char *text = wuyou_kept_text_dup (context, what, record);
  Followed *followed = g_new0 (Followed, 1);

  followed->context = g_object_ref (context);
  followed->name = dup_name (what, record);
  if (text != NULL)
    gtk_editable_set_text (entry, text);
  g_signal_connect_data (entry, "changed", G_CALLBACK (on_entry_changed_cb), followed, free_followed,
                         G_CONNECT_SWAPPED);
}
