/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "records/wuyou-once.h"
#include "wuyou-test.h"

/* How often a write is tried again on what stands then. */

typedef struct {
  guint stale; /* so many times another came first */
  int then;    /* an error, or 0: it is right */
  gboolean meant;
  guint tries;
} Rival;

static WuyouReply *
attempt (gpointer data, gboolean *ret_meant, GError **error)
{
  Rival *rival = data;
  int code = rival->tries++ < rival->stale ? WUYOU_ERROR_STALE : rival->then;

  if (code == 0)
    return wuyou_reply_new (204);
  *ret_meant = rival->meant;
  g_set_error_literal (error, WUYOU_ERROR, code, "");
  return NULL;
}

static void
test_bound (void)
{
  static const struct {
    guint stale;
    int then;
    gboolean meant;
    guint tries;
    int code;
  } rows[] = {
    { 0, 0, FALSE, 1, 0 },
    { 1, 0, FALSE, 2, 0 },
    { WUYOU_MOST_TRIES - 1, 0, FALSE, WUYOU_MOST_TRIES, 0 },
    { WUYOU_MOST_TRIES, 0, FALSE, WUYOU_MOST_TRIES, WUYOU_ERROR_BUSY },
    { G_MAXUINT, 0, FALSE, WUYOU_MOST_TRIES, WUYOU_ERROR_BUSY },
    { 3, WUYOU_ERROR_FORBIDDEN, FALSE, 4, WUYOU_ERROR_FORBIDDEN },
    { G_MAXUINT, 0, TRUE, 1, WUYOU_ERROR_STALE },
    { 0, WUYOU_ERROR_BUSY, FALSE, 1, WUYOU_ERROR_BUSY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Rival rival = { rows[i].stale, rows[i].then, rows[i].meant, 0 };
    g_autoptr (GError) error = NULL;
    WuyouReply *reply = wuyou_try_again (attempt, &rival, &error);

    g_test_message ("row %u", i);
    g_assert_cmpuint (rival.tries, ==, rows[i].tries);
    g_assert_cmpint (error != NULL ? error->code : 0, ==, rows[i].code);
    g_assert_cmpint (reply != NULL, ==, rows[i].code == 0);
    g_clear_pointer (&reply, wuyou_reply_free);
  }
}

static guint handled;

static WuyouReply *
handle (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_assert_null (request);
  g_assert_null (context);
  handled++;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "");
  return NULL;
}

/* A handler that others always come before ends, and the client may send it again. */
static void
test_handler (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (wuyou_try_until_current (NULL, NULL, handle, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_BUSY);
  g_assert_cmpuint (handled, ==, WUYOU_MOST_TRIES);
  g_assert_true (wuyou_error_info (error->code)->retryable);
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/once/bound", test_bound);
  g_test_add_func ("/once/handler", test_handler);
  return g_test_run ();
}
