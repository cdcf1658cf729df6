/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-flags.h"

#include "claims/wuyou-image-print.h"
#include "wuyou-evidence-store.h"
#include "wuyou-red-flag-store.h"

typedef struct {
  WuyouDbConn *conn;
  WuyouServerContext *context;
  const WuyouEvidence *evidence;
  gint64 now;
} Finding;

static gboolean
flag (const Finding *f, const char *claim_id, const char *evidence_id, int code, GError **error)
{
  return wuyou_red_flag_insert (f->conn, &f->context->ids, claim_id, evidence_id, code, NULL, f->now, error);
}

/* Both sides get one, and neither says of the other. */
static gboolean
flag_likeness (const Finding *f, const GPtrArray *found, int code, GError **error)
{
  if (found == NULL)
    return FALSE;
  if (found->len > 0 && !flag (f, f->evidence->claim_id, f->evidence->id, code, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++) {
    const WuyouLikeness *other = found->pdata[i];

    if (!flag (f, other->claim_id, other->evidence_id, code, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has (const GPtrArray *found, const WuyouLikeness *one)
{
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (((const WuyouLikeness *) found->pdata[i])->evidence_id, one->evidence_id))
      return TRUE;
  return FALSE;
}

/* The very same file is nearly the same picture, too, which says nothing more. */
static void
leave_out (GPtrArray *near, const GPtrArray *same)
{
  for (guint i = near->len; i > 0; i--)
    if (has (same, near->pdata[i - 1]))
      g_ptr_array_remove_index (near, i - 1);
}

static gboolean
find_near (const Finding *f,
           const WuyouClaim *claim,
           const WuyouDecoded *decoded,
           const GPtrArray *same,
           GError **error)
{
  guint most = decoded->paper ? WUYOU_IMAGE_PRINT_NEAR_PAPER : WUYOU_IMAGE_PRINT_NEAR;
  guint64 print = decoded->print;
  g_autoptr (GPtrArray) near = NULL;

  if (print == 0 || !g_str_has_prefix (f->evidence->media_type, "image/"))
    return TRUE;
  near = wuyou_print_find_near (f->conn, print, most, claim->contract_id, error);
  if (near != NULL)
    leave_out (near, same);
  return flag_likeness (f, near, WUYOU_FLAG_SIMILAR_PICTURE, error)
         && wuyou_print_put (f->conn, f->evidence->id, print, error);
}

gboolean
wuyou_evidence_find_flags (WuyouDbConn *conn,
                           WuyouServerContext *context,
                           const WuyouEvidence *evidence,
                           const WuyouClaim *claim,
                           const WuyouDecoded *decoded,
                           gint64 now,
                           GError **error)
{
  const Finding f = { conn, context, evidence, now };
  g_autoptr (GPtrArray) same = wuyou_evidence_find_same (conn, evidence->sha256, claim->contract_id, error);
  int dated = wuyou_flag_of_picture (decoded->taken_at, claim->loss_at, evidence->created_at);

  return flag_likeness (&f, same, WUYOU_FLAG_SAME_FILE, error) && find_near (&f, claim, decoded, same, error)
         && (dated == 0 || flag (&f, evidence->claim_id, evidence->id, dated, error));
}
