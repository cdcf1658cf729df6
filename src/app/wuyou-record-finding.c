/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-record-finding.h"

#include "base/wuyou-json.h"

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WuyouRecordFindingRead read = (WuyouRecordFindingRead) g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  JsonArray *items = answer != NULL ? wuyou_json_get_array (answer, "items") : NULL;
  GPtrArray *found;

  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_finding_free);
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonObject *item = wuyou_json_array_get_object (items, i);
    WuyouFinding *finding = item != NULL ? read (item) : NULL;

    if (finding != NULL)
      g_ptr_array_add (found, finding);
  }
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

void
wuyou_record_finding_async (WuyouAppContext *context,
                            WuyouRouteId route,
                            const char *text,
                            WuyouRecordFindingRead read,
                            GTask *task)
{
  const char *query[] = { "q", text, "limit", "8", NULL };
  WuyouCall call = { .route = route, .query = query };

  g_task_set_task_data (task, (gpointer) read, NULL);
  wuyou_client_call_async (wuyou_app_context_get_client (context), &call, g_task_get_cancellable (task), on_found_cb,
                           g_object_ref (task));
}
