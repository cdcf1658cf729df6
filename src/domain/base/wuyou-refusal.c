/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-refusal.h"

gboolean
wuyou_refuse (GError **error, const char *authority, const char *sentence)
{
  return wuyou_refuse_take (error, authority, g_strdup (sentence));
}

gboolean
wuyou_refuse_take (GError **error, const char *authority, char *sentence)
{
  GError *refusal = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);

  if (authority != NULL)
    wuyou_error_set_field (refusal, NULL, authority);
  g_propagate_error (error, refusal);
  g_free (sentence);
  return FALSE;
}

static GError *
new_refusal (WuyouError code, const char *field, const char *authority, const char *sentence)
{
  GError *refusal = g_error_new_literal (WUYOU_ERROR, code, sentence);

  wuyou_error_set_field (refusal, field, authority);
  return refusal;
}

void
wuyou_refusal_collect (GError **refusal, WuyouError code, const char *field, const char *authority, char *sentence)
{
  if (*refusal == NULL)
    *refusal = new_refusal (code, field, authority, sentence);
  wuyou_error_take_violation (refusal, new_refusal (code, field, authority, sentence));
  g_free (sentence);
}
