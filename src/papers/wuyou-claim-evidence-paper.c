/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-evidence-rules.h"
#include "wuyou-claim-pen.h"
#include "wuyou-paper-payload.h"

static WuyouClaimPaperEvidence
make_row (const WuyouEvidence *file)
{
  return (WuyouClaimPaperEvidence){
    .phase = file->phase,
    .file_name = file->file_name,
    .pages = file->pages,
    .sha256 = file->sha256,
    .state = file->state,
    .return_reason = file->return_reason,
    .received_on = wuyou_date_of_instant (file->created_at),
  };
}

/* The files of a slot, or one row that says there is none. */
static void
append_slot (GArray *rows, const WuyouChecklistRow *slot, const GPtrArray *evidence)
{
  WuyouClaimPaperEvidence row = { .phase = slot->phase };
  guint found = 0;

  for (guint i = 0; i <= evidence->len; i++) {
    const WuyouEvidence *file = i < evidence->len ? evidence->pdata[i] : NULL;

    if (file == NULL && found > 0)
      break;
    if (file != NULL && (g_strcmp0 (file->slot, slot->slot) != 0 || file->phase != slot->phase))
      continue;
    if (file != NULL)
      row = make_row (file);
    row.title = slot->title;
    row.form = slot->form;
    row.required = slot->required;
    row.when = slot->when;
    found++;
    g_array_append_val (rows, row);
  }
}

/* The claim's own slots are there only when they have files. */
static void
append_own (GArray *rows, const WuyouClaimSlot *slot, const GPtrArray *evidence)
{
  for (guint i = 0; i < evidence->len; i++) {
    const WuyouEvidence *file = evidence->pdata[i];
    WuyouClaimPaperEvidence row = make_row (file);

    if (g_strcmp0 (file->slot, slot->slot) != 0)
      continue;
    row.title = _wuyou_claim_word (slot->title);
    row.phase = 0;
    g_array_append_val (rows, row);
  }
}

GArray *
wuyou_claim_paper_evidence_new (const GPtrArray *checklist, const GPtrArray *evidence)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (WuyouClaimPaperEvidence));

  for (guint i = 0; i < checklist->len; i++)
    append_slot (rows, checklist->pdata[i], evidence);
  for (const WuyouClaimSlot *slot = wuyou_claim_slots; slot->slot != NULL; slot++)
    if (wuyou_checklist_find (checklist, slot->slot) == NULL)
      append_own (rows, slot, evidence);
  return rows;
}

/* A file that is refused or was replaced is listed, and fills nothing. */
static gboolean
counts (const WuyouClaimPaperEvidence *row)
{
  return row->file_name != NULL && (row->state == WUYOU_EVIDENCE_QUARANTINED || wuyou_evidence_is_usable (row->state));
}

static char *
dup_need (const WuyouClaimPaperEvidence *row)
{
  if (row->when != NULL)
    return g_strdup_printf ("未交，%s时需提供", row->when);
  return g_strdup (row->required ? "缺，必需" : "未交，可选");
}

static char *
dup_state (const WuyouClaimPaperEvidence *row)
{
  const char *state = _wuyou_claim_word (wuyou_enum_label (wuyou_evidence_states, row->state));

  if (row->file_name == NULL)
    return dup_need (row);
  if (row->state != WUYOU_EVIDENCE_RETURNED || row->return_reason == 0)
    return g_strdup (state);
  return g_strconcat (state, "：", _wuyou_claim_word (wuyou_enum_label (wuyou_return_reasons, row->return_reason)),
                      NULL);
}

/* A file may be named after its owner. */
static char *
dup_file_name (const Pen *pen, const WuyouClaimPaperEvidence *row)
{
  const WuyouEvidence file = { .file_name = (char *) row->file_name };
  const WuyouField *field = wuyou_record_type_find (&wuyou_evidence_type, "file_name");

  if (row->file_name == NULL)
    return g_strdup ("—");
  return pen->masked ? wuyou_field_dup_masked (field, &file) : g_strdup (row->file_name);
}

static void
append_cells (const Pen *pen, GPtrArray *cells, const WuyouClaimPaperEvidence *row, gboolean again)
{
  g_autofree char *file = dup_file_name (pen, row), *state = dup_state (row);
  g_autofree char *pages = row->pages > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, row->pages) : g_strdup ("");
  g_autofree char *code = row->sha256 != NULL ? wuyou_paper_short_code (row->sha256) : g_strdup ("");
  const char *form = again ? "" : _wuyou_claim_word (wuyou_enum_label (wuyou_document_forms, row->form));
  char day[11] = "";

  if (row->received_on != WUYOU_DATE_NONE)
    wuyou_date_format (row->received_on, day);
  _wuyou_pen_cells (cells, row->title, form, file, pages, code, state, day, NULL);
}

/* Each row names its slot, as it may be the first on a page; what form was asked for stands once. */
static gboolean
is_again (const WuyouClaimPaperData *data, guint index)
{
  const WuyouClaimPaperEvidence *row = &data->evidence[index];

  return index > 0 && row[-1].phase == row->phase && g_str_equal (row[-1].title, row->title);
}

static void
add_phase (Pen *pen, int phase, const char *heading)
{
  static const double widths[] = { 108, 58, 96, 26, 60, 66, 61 };
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  _wuyou_pen_cells (cells, "材料", "形式", "文件", "页数", "校验码", "状态", "收到日期", NULL);
  for (guint i = 0; i < pen->data->n_evidence; i++)
    if (pen->data->evidence[i].phase == phase)
      append_cells (pen, cells, &pen->data->evidence[i], is_again (pen->data, i));
  if (cells->len == G_N_ELEMENTS (widths)) {
    g_ptr_array_unref (cells);
    return;
  }
  _wuyou_pen_heading (pen, heading);
  _wuyou_pen_table (pen, G_N_ELEMENTS (widths), widths, 1u << 3, cells);
}

static gboolean
has_good_file (const WuyouClaimPaperData *data, const WuyouClaimPaperEvidence *slot)
{
  for (guint i = 0; i < data->n_evidence; i++)
    if (data->evidence[i].phase == slot->phase && g_str_equal (data->evidence[i].title, slot->title)
        && counts (&data->evidence[i]))
      return TRUE;
  return FALSE;
}

/* Counts a slot once, at its first row. */
static gboolean
is_first_of_slot (const WuyouClaimPaperData *data, guint index)
{
  for (guint i = 0; i < index; i++)
    if (data->evidence[i].phase == data->evidence[index].phase
        && g_str_equal (data->evidence[i].title, data->evidence[index].title))
      return FALSE;
  return TRUE;
}

static void
add_summary (Pen *pen)
{
  const WuyouClaimPaperData *data = pen->data;
  guint files = 0, missing = 0;
  gint64 pages = 0;
  g_autofree char *line = NULL;

  for (guint i = 0; i < data->n_evidence; i++) {
    const WuyouClaimPaperEvidence *row = &data->evidence[i];

    files += counts (row) ? 1 : 0;
    pages += counts (row) ? row->pages : 0;
    missing += row->required && is_first_of_slot (data, i) && !has_good_file (data, row) ? 1 : 0;
  }
  line = missing > 0 ? g_strdup_printf ("已收到有效文件%u份，共%" G_GINT64_FORMAT "页；必需材料还缺%u项。", files,
                                        pages, missing)
                     : g_strdup_printf ("已收到有效文件%u份，共%" G_GINT64_FORMAT "页；必需材料已齐全。", files, pages);
  _wuyou_pen_bold (pen, line);
}

gboolean
_wuyou_claim_evidence_write (Pen *pen, G_GNUC_UNUSED GError **error)
{
  _wuyou_pen_subject (pen);
  add_summary (pen);
  add_phase (pen, WUYOU_PHASE_LOSS, "第一阶段 · 出险");
  add_phase (pen, WUYOU_PHASE_REPLACEMENT, "第二阶段 · 新车");
  add_phase (pen, 0, "其他文件");
  _wuyou_pen_note (
      pen, "校验码是文件内容 SHA-256 摘要的前八位，用于核对文件未被更改。退回、拒收、替换与撤回的文件不计入份数。");
  return TRUE;
}
