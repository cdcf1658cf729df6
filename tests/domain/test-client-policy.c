/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "accounts/wuyou-client-policy.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-test.h"

static void
test_versions (void)
{
  static const char *const rising[] = { "0.0.9", "0.1", "0.1.1", "0.9.0-rc1", "0.10.0", "1", "1.0.1+git", "2.0.0 (x)" };
  static const char *const wrong[] = { "", "x", "1.", ".1", "1..2", "-1", "1.2.3.4", "1.2x", "9999999", "１.0", " 1" };

  for (gsize i = 1; i < G_N_ELEMENTS (rising); i++)
    g_assert_cmpint (wuyou_version_parse (rising[i - 1]), <, wuyou_version_parse (rising[i]));
  g_assert_cmpint (wuyou_version_parse ("0.1"), ==, wuyou_version_parse ("0.1.0"));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (wuyou_version_parse (wrong[i]), ==, 0);
  g_assert_cmpint (wuyou_version_parse (NULL), ==, 0);
}

static gboolean
read_policy (const char *json, WuyouClientPolicy *policy, GError **error)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (json, strlen (json), NULL);

  g_assert_nonnull (object);
  return wuyou_client_policy_read_json (policy, object, error);
}

static void
test_read (void)
{
  static const struct {
    const char *json, *field;
  } wrong[] = {
    { "{\"supported_from\":\"new\"}", "supported_from" },
    { "{\"blocked_below\":1}", "blocked_below" },
    { "{\"idle_lock_minutes_max\":0}", "idle_lock_minutes_max" },
    { "{\"idle_lock_minutes_max\":61}", "idle_lock_minutes_max" },
    { "{\"idle_lock_minutes_max\":\"5\"}", "idle_lock_minutes_max" },
    { "{\"desktops_max\":true}", "desktops_max" },
    { "{\"desktops_max\":null}", "desktops_max" },
    { "{\"desktops_max\":[1]}", "desktops_max" },
    { "{\"posture\":\"ENFORCE\"}", "posture" },
  };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  WuyouClientPolicy policy;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_assert_false (read_policy (wrong[i].json, &policy, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, wrong[i].field);
    g_assert_cmpmem (&policy, sizeof policy, &wuyou_client_policy_default, sizeof policy); /* nothing half read */
  }
  g_assert_true (wuyou_client_policy_read_json (&policy, NULL, &error));
  g_assert_cmpint (policy.desktops_max, ==, 1);
  g_assert_true (read_policy ("{\"blocked_below\":\"0.9\",\"idle_lock_minutes_max\":15}", &policy, &error));
  wuyou_client_policy_write_json (&policy, out);
  g_assert_cmpstr (out->str, ==, "{\"blocked_below\":\"0.9.0\",\"idle_lock_minutes_max\":15,\"desktops_max\":1}");
}

static void
test_judge (void)
{
  static const struct {
    const char *agent;
    WuyouClientState state;
  } cases[] = {
    { "wuyou/0.1.9", WUYOU_CLIENT_BLOCKED },
    { "wuyou/0.2.0", WUYOU_CLIENT_OUTDATED },
    { "wuyou/0.2.0-rc1 libsoup/3.2", WUYOU_CLIENT_OUTDATED },
    { "wuyou/0.3.0", WUYOU_CLIENT_SUPPORTED },
    { "wuyou/1.0", WUYOU_CLIENT_SUPPORTED },
    { "wuyou/", WUYOU_CLIENT_BLOCKED }, /* of a version that nobody ever made */
    { "wuyou/next", WUYOU_CLIENT_BLOCKED },
    { "curl/7.88", WUYOU_CLIENT_SUPPORTED },
    { "", WUYOU_CLIENT_SUPPORTED },
    { NULL, WUYOU_CLIENT_SUPPORTED },
  };
  WuyouClientPolicy policy;

  g_assert_true (read_policy ("{\"supported_from\":\"0.3\",\"blocked_below\":\"0.2\"}", &policy, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (wuyou_client_policy_judge (&policy, cases[i].agent), ==, cases[i].state);
    g_assert_cmpint (wuyou_client_policy_judge (&wuyou_client_policy_default, cases[i].agent), ==,
                     WUYOU_CLIENT_SUPPORTED);
  }
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/client-policy/versions", test_versions);
  g_test_add_func ("/client-policy/read", test_read);
  g_test_add_func ("/client-policy/judge", test_judge);
  return g_test_run ();
}
