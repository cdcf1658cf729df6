/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-rendition.h"

#include "evidence/wuyou-evidence-render.h"

#define STREAM_RENDITIONS (G_GUINT64_CONSTANT (1) << 49)

/* A server's surroundings, as far as rendering looks at them. Ids follow from the file's. */
struct _WuyouDemoRendition {
  WuyouServerConfig *config;
  WuyouServerContext context;
  WuyouClock clock;
  gint64 at;
  WuyouDemoRandom random;
  WuyouRendering rendering;
};

void
wuyou_demo_rendition_free (WuyouDemoRendition *self)
{
  wuyou_rendering_clear (&self->rendering);
  wuyou_server_config_free (self->config);
  g_free (self);
}

static WuyouDemoRendition *
create (WuyouStore *store, const WuyouDemoWorld *world, const WuyouEvidence *evidence, WuyouKey *key)
{
  WuyouDemoRendition *self = g_new0 (WuyouDemoRendition, 1);

  self->at = evidence->created_at;
  self->clock = wuyou_clock_fixed (&self->at);
  self->random = wuyou_demo_random (world->plan.seed, STREAM_RENDITIONS + g_str_hash (evidence->id));
  self->config = wuyou_server_config_new ();
  self->context = (WuyouServerContext){
    .store = store,
    .db = wuyou_store_get_db (store),
    .keys = wuyou_store_get_keys (store),
    .blobs = wuyou_store_get_blobs (store),
    .clock = &self->clock,
    .ids = { &self->clock, wuyou_demo_random_fill, &self->random },
    .config = self->config,
  };
  self->rendering = (WuyouRendering){ .context = &self->context, .evidence_id = evidence->id, .key = key };
  return self;
}

WuyouDemoRendition *
wuyou_demo_rendition_new (WuyouStore *store,
                          const WuyouDemoWorld *world,
                          const WuyouEvidence *evidence,
                          WuyouKey *key,
                          GBytes *file_key)
{
  WuyouDemoRendition *self = create (store, world, evidence, key);
  const WuyouFile file = { .id = evidence->id, .file_key = file_key };
  g_autoptr (GError) error = NULL;
  gboolean blame;

  if (wuyou_rendering_decode (&self->rendering, &file, evidence->media_type, &blame, &error)
      && wuyou_rendering_seal_first (&self->rendering, &error))
    return self;
  g_info ("demo: %s is not rendered: %s", evidence->id, error->message);
  wuyou_demo_rendition_free (self);
  return NULL;
}

gboolean
wuyou_demo_rendition_save (WuyouDbConn *conn, WuyouDemoRendition *self, GError **error)
{
  return wuyou_rendering_begin (&self->rendering, conn, error)
         && wuyou_rendering_write (&self->rendering, conn, self->at, error);
}
