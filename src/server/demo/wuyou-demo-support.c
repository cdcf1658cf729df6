/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-client-policy.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "demo/wuyou-demo.h"
#include "wuyou-setting-store.h"

static const char *const chapters[] = {
  "01-sign-in", "02-sell",    "03-print",   "04-sign-and-pay", "05-find",
  "06-verify",  "07-correct", "08-offline", "09-misuse",
};

typedef struct {
  JsonObject *support;
  char *profile, *operator, * manual;
  gint64 now;
} Support;

static const char *const profile_members[] = {
  "tel", "email", "privacy_email", "tz", "weekly_hours", "holidays", "makeup_workdays", "client_policy", NULL,
};
static const char *const operator_members[] = { "name", "credit_code", "address", "phone", "court", NULL };

static char *
pick_members (JsonObject *object, const char *const *names)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *json = json_object_has_member (object, names[i])
                                ? wuyou_json_canonical (json_object_get_member (object, names[i]))
                                : NULL;

    wuyou_json_add_raw (out, names[i], json);
  }
  wuyou_json_end_object (out);
  return g_string_free (out, FALSE);
}

/* {"version":…,"chapters":[{"id":"sell","title":…,"text":…}]}: the id is what context help asks for. */
static char *
build_manual (GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "version", "1");
  wuyou_json_begin_array (out, "chapters");
  for (guint i = 0; i < G_N_ELEMENTS (chapters); i++) {
    g_autofree char *file = g_strdup_printf ("manual/%s.zh.md", chapters[i]);
    g_autofree char *text = wuyou_demo_file_text (file, error);
    g_autofree char *title = NULL;

    if (text == NULL)
      return NULL;
    title = g_strndup (text + 2, strcspn (text + 2, "\n"));
    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "id", chapters[i] + 3);
    wuyou_json_add_string (out, "title", title);
    wuyou_json_add_string (out, "text", text);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
  return g_strdup (out->str);
}

static gboolean
write_days (WuyouDbConn *conn, JsonObject *support, const char *name, WuyouDayKind kind, GError **error)
{
  JsonArray *days = wuyou_json_get_array (support, name);

  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++) {
    WuyouDate day = wuyou_date_parse (json_array_get_string_element (days, i));
    gboolean provisional = wuyou_demo_year (day) >= 2027;
    const char *label = kind == WUYOU_DAY_HOLIDAY ? "法定节假日" : "调休上班";
    g_autofree char *text = g_strconcat (label, provisional ? "（暂定）" : NULL, NULL);

    if (!wuyou_holiday_set (conn, day, kind, text, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_support (WuyouDbConn *conn, gpointer data, GError **error)
{
  Support *s = data;

  return wuyou_setting_set (conn, "support-profile", s->profile, s->now, error)
         && wuyou_setting_set (conn, "operator-profile", s->operator, s->now, error)
         && wuyou_setting_set (conn, "manual", s->manual, s->now, error)
         && write_days (conn, s->support, "holidays", WUYOU_DAY_HOLIDAY, error)
         && write_days (conn, s->support, "makeup_workdays", WUYOU_DAY_WORKDAY, error);
}

gboolean
wuyou_demo_write_support (WuyouStore *store, WuyouDemoWorld *world, GError **error)
{
  g_autoptr (JsonObject) object = wuyou_demo_file_object ("support.json", error);
  g_autofree char *profile = object != NULL ? pick_members (object, profile_members) : NULL;
  g_autofree char *operator= object != NULL
      ? pick_members (wuyou_json_get_object (object, "operator"), operator_members)
      : NULL;
  g_autofree char *manual = object != NULL ? build_manual (error) : NULL;
  Support support = { object, profile, operator, manual, world->plan.now };
  WuyouClientPolicy policy;

  return manual != NULL
         && wuyou_client_policy_read_json (&policy, wuyou_json_get_object (object, "client_policy"), error)
         && wuyou_db_write (wuyou_store_get_db (store), write_support, &support, error);
}
