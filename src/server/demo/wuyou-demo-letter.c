/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-letter.h"

#include "claims/wuyou-claim-letter.h"
#include "wuyou-paper.h"

#define STREAM_LETTERS (G_GUINT64_CONSTANT (1) << 50)

/* A server's surroundings, as far as a letter looks at them. Ids follow from the claim's. */
struct _WuyouDemoLetters {
  WuyouServerContext context;
  WuyouClock clock;
  gint64 at;
  WuyouDemoRandom random;
  WuyouClaimCase loss; /* all of it borrowed, but for the list of the evidence */
  GPtrArray *letters;  /* WuyouClaimLetter */
};

void
wuyou_demo_letters_free (WuyouDemoLetters *self)
{
  g_ptr_array_unref (self->letters);
  g_free (self);
}

static WuyouDemoLetters *
create (WuyouStore *store, const WuyouDemoWorld *world, const WuyouDemoClaimStory *story)
{
  WuyouDemoLetters *self = g_new0 (WuyouDemoLetters, 1);
  const WuyouDemoClaimStep *first = story->steps->pdata[0];

  self->clock = wuyou_clock_fixed (&self->at);
  self->random = wuyou_demo_random (world->plan.seed, STREAM_LETTERS + g_str_hash (first->claim->id));
  self->context = (WuyouServerContext){
    .store = store,
    .db = wuyou_store_get_db (store),
    .keys = wuyou_store_get_keys (store),
    .blobs = wuyou_store_get_blobs (store),
    .clock = &self->clock,
    .ids = { &self->clock, wuyou_demo_random_fill, &self->random },
  };
  self->letters = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_letter_free);
  return self;
}

/* What had been added by then, with what had been said of it. */
static GPtrArray *
list_evidence (const WuyouDemoEvidencePlan *plan, gint64 at)
{
  GPtrArray *evidence = g_ptr_array_new ();

  for (guint i = plan->files->len; i > 0; i--) {
    const WuyouEvidence *file = wuyou_demo_evidence_file_at (plan->files->pdata[i - 1], at);

    if (file != NULL)
      g_ptr_array_add (evidence, (gpointer) file);
  }
  return evidence;
}

static gboolean
draw (WuyouDemoLetters *self, const WuyouDemoEvidencePlan *plan, const WuyouDemoClaimStep *step, GError **error)
{
  g_autoptr (GPtrArray) evidence = list_evidence (plan, step->at);
  WuyouClaimLetter *letter;

  self->at = step->at;
  self->loss.claim = step->claim;
  self->loss.evidence = evidence;
  if (!wuyou_claim_letter_new (&self->context, &self->loss, step->claim, step->at, &letter, error))
    return FALSE;
  if (letter != NULL)
    g_ptr_array_add (self->letters, letter);
  return TRUE;
}

/* Only a step to another state decides something. */
static gboolean
is_decision (const WuyouDemoClaimStory *story, guint i)
{
  const WuyouDemoClaimStep *step = story->steps->pdata[i];

  return i == 0 || ((const WuyouDemoClaimStep *) story->steps->pdata[i - 1])->claim->state != step->claim->state;
}

WuyouDemoLetters *
wuyou_demo_letters_new (WuyouStore *store,
                        const WuyouDemoWorld *world,
                        const WuyouDemoClaimStory *story,
                        const WuyouDemoEvidencePlan *plan,
                        WuyouKey *key,
                        GError **error)
{
  WuyouDemoLetters *self = create (store, world, story);

  self->loss = (WuyouClaimCase){
    .sale = { .contract = story->contract,
              .org = wuyou_demo_world_find_org (world, story->contract->org_id),
              .product = story->product },
    .rows = plan->rows,
    .key = key,
  };
  for (guint i = 0; i < story->steps->len && wuyou_paper_check_fonts (NULL); i++)
    if (is_decision (story, i) && !draw (self, plan, story->steps->pdata[i], error)) {
      wuyou_demo_letters_free (self);
      return NULL;
    }
  return self;
}

gboolean
wuyou_demo_letters_save (WuyouDbConn *conn, const WuyouDemoLetters *self, GError **error)
{
  for (guint i = 0; i < self->letters->len; i++)
    if (!wuyou_claim_letter_insert (conn, self->letters->pdata[i], error))
      return FALSE;
  return TRUE;
}

void
wuyou_demo_letters_keep (WuyouDemoLetters *self)
{
  for (guint i = 0; i < self->letters->len; i++)
    wuyou_claim_letter_keep (self->letters->pdata[i]);
}
