/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-dossier.h"
#include "wuyou-draft-test.h"

#include <string.h>

void
wuyou_draft_test_set_up (WuyouAppTest *test, gconstpointer data)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
}

void
wuyou_draft_test_tear_down (WuyouAppTest *test, gconstpointer data)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

const WuyouField *
wuyou_draft_test_find_field (const char *name)
{
  return wuyou_record_type_find (&wuyou_contract_type, name);
}

char *
wuyou_draft_test_dup_answer (const char *id, int version, const char *more)
{
  return g_strdup_printf ("{\"contract\":{\"id\":\"%s\",\"version\":%d,\"state\":\"DRAFT\"%s},\"documents\":[],"
                          "\"actions\":[],\"timeline\":[],\"papers\":[]}",
                          id, version, more);
}

void
wuyou_draft_test_say (WuyouAppTest *test, const char *call, int version, const char *more)
{
  const char *id = strrchr (call, '/') + 1;
  g_autofree char *answer
      = wuyou_draft_test_dup_answer (g_str_equal (id, "contracts") ? WUYOU_DRAFT_TEST_ID : id, version, more);
  g_autofree char *tag = g_strdup_printf ("\"%d\"", version);

  wuyou_fake_server_forget (test->server, call);
  wuyou_fake_server_say (test->server, call,
                         &(WuyouFakeAnswer){ .status = 200, .body = answer, .header = "ETag", .value = tag });
}

void
wuyou_draft_test_load (WuyouDraft *draft, int version, const char *more)
{
  g_autofree char *answer = wuyou_draft_test_dup_answer (wuyou_draft_get_id (draft), version, more);
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);
  g_autoptr (WuyouDossier) dossier = wuyou_dossier_new (json_node_get_object (node), NULL, NULL);

  wuyou_draft_take (draft, dossier->contract);
}

void
wuyou_draft_test_type (WuyouDraft *draft, const char *name, const char *text)
{
  wuyou_draft_set_text (draft, wuyou_draft_test_find_field (name), text);
}

WuyouDraft *
wuyou_draft_test_open (WuyouAppTest *test, int version, const char *more)
{
  WuyouDraft *draft = wuyou_sale_draft_new (test->context, WUYOU_DRAFT_TEST_ID);

  wuyou_draft_test_load (draft, version, more);
  return draft;
}

void
wuyou_draft_test_close (WuyouDraft *draft)
{
  wuyou_draft_discard (draft);
  g_assert_finalize_object (draft);
}
