/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-write-key.h"

#include "base/wuyou-id.h"

static char *
describe (const WuyouCall *call)
{
  g_autofree char *args = call->args != NULL ? g_strjoinv ("/", (char **) call->args) : NULL;

  return g_strdup_printf ("%d\n%s\n%s\n%s", call->route, args != NULL ? args : "",
                          call->if_match != NULL ? call->if_match : "", call->body != NULL ? call->body : "");
}

const char *
wuyou_write_key_get (WuyouWriteKey *self, const WuyouCall *call, const WuyouClock *clock)
{
  g_autofree char *of = describe (call);
  WuyouIdSource ids = { clock, NULL, NULL };

  if (g_strcmp0 (of, self->of) == 0)
    return self->key;
  wuyou_write_key_clear (self);
  self->of = g_steal_pointer (&of);
  self->key = wuyou_id_new (&ids);
  return self->key;
}

void
wuyou_write_key_clear (WuyouWriteKey *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->of, g_free);
}
