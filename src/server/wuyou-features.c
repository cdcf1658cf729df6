/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-features.h"

#include "wuyou-sealer.h"

/* One line a feature: wuyou_<feature>_routes_register (router). */
void
wuyou_features_register (WuyouRouter *router)
{
}

gboolean
wuyou_features_start (WuyouServerContext *context, GError **error)
{
  context->sealer = wuyou_sealer_start (context->store);
  return TRUE;
}

void
wuyou_features_stop (WuyouServerContext *context)
{
  g_clear_pointer (&context->sealer, wuyou_sealer_stop);
}
