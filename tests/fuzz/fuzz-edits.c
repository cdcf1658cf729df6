/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "claims/wuyou-evidence-edits.h"
#include "fuzz.h"

/* A refusal names its field; what is taken has one form, which is taken again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouEdits) edits = wuyou_edits_parse (text, &error);
  g_autoptr (WuyouEdits) again = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *same = NULL;

  if (edits == NULL) {
    g_assert_cmpstr (wuyou_error_get_field (error), ==, "edits_json");
    return 0;
  }
  canonical = wuyou_edits_to_json (edits);
  again = wuyou_edits_parse (canonical, &error);
  g_assert_no_error (error);
  same = wuyou_edits_to_json (again);
  g_assert_cmpstr (canonical, ==, same);
  return 0;
}
