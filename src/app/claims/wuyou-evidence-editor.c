/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-editor.h"

#include "base/wuyou-json.h"

#define MOST_STEPS 200
#define LEAST 20 /* of 10000: smaller cannot be seen */

typedef struct {
  int rotate;
  WuyouEditsBox crop;
  GArray *redactions;
} Page;

struct _WuyouEvidenceEditor {
  GObject parent_instance;
  GHashTable *pages; /* number → Page */
  char *loaded;      /* canonical */
  GQueue steps;      /* char *, what it was before each change, newest first */
  GArray *nothing;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEvidenceEditor, wuyou_evidence_editor, G_TYPE_OBJECT)

static void
page_free (Page *page)
{
  g_array_unref (page->redactions);
  g_free (page);
}

static Page *
find_page (WuyouEvidenceEditor *self, int number)
{
  return g_hash_table_lookup (self->pages, GINT_TO_POINTER (number));
}

static Page *
get_page (WuyouEvidenceEditor *self, int number)
{
  Page *page = find_page (self, number);

  if (page != NULL)
    return page;
  page = g_new0 (Page, 1);
  page->redactions = g_array_new (FALSE, FALSE, sizeof (WuyouEditsBox));
  g_hash_table_insert (self->pages, GINT_TO_POINTER (number), page);
  return page;
}

static void
read_edits (WuyouEvidenceEditor *self, const char *json)
{
  g_autoptr (WuyouEdits) edits = wuyou_edits_parse (json, NULL);

  g_hash_table_remove_all (self->pages);
  for (guint i = 0; edits != NULL && i < edits->pages->len; i++) {
    const WuyouPageEdits *from = edits->pages->pdata[i];
    Page *page = get_page (self, from->page);

    page->rotate = from->rotate;
    page->crop = from->crop;
    g_array_append_vals (page->redactions, from->redactions->data, from->redactions->len);
  }
}

static void
write_box (GString *out, const char *name, const WuyouEditsBox *box)
{
  wuyou_json_begin_array (out, name);
  wuyou_json_add_int (out, NULL, box->x);
  wuyou_json_add_int (out, NULL, box->y);
  wuyou_json_add_int (out, NULL, box->width);
  wuyou_json_add_int (out, NULL, box->height);
  wuyou_json_end_array (out);
}

static void
write_page (GString *out, int number, const Page *page)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_int (out, "page", number);
  wuyou_json_add_int (out, "rotate", page->rotate);
  if (page->crop.width > 0)
    write_box (out, "crop", &page->crop);
  wuyou_json_begin_array (out, "redact");
  for (guint i = 0; i < page->redactions->len; i++)
    write_box (out, NULL, &g_array_index (page->redactions, WuyouEditsBox, i));
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
}

/* As it stands, in the order in which it was done; for the steps. */
static char *
dup_plain (WuyouEvidenceEditor *self)
{
  GString *out = g_string_new (NULL);
  GHashTableIter iter;
  gpointer number, page;

  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "pages");
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, &number, &page))
    write_page (out, GPOINTER_TO_INT (number), page);
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
  return g_string_free (out, FALSE);
}

static char *
dup_canonical (const char *json)
{
  g_autoptr (WuyouEdits) edits = wuyou_edits_parse (json, NULL);

  return edits != NULL ? wuyou_edits_to_json (edits) : NULL;
}

char *
wuyou_evidence_editor_dup_json (WuyouEvidenceEditor *self)
{
  g_autofree char *plain = dup_plain (self);

  return dup_canonical (plain);
}

void
wuyou_evidence_editor_load (WuyouEvidenceEditor *self, const char *edits_json)
{
  g_queue_clear_full (&self->steps, g_free);
  read_edits (self, edits_json);
  g_free (self->loaded);
  self->loaded = wuyou_evidence_editor_dup_json (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
wuyou_evidence_editor_is_dirty (WuyouEvidenceEditor *self)
{
  g_autofree char *now = wuyou_evidence_editor_dup_json (self);

  return g_strcmp0 (now, self->loaded) != 0;
}

int
wuyou_evidence_editor_get_rotation (WuyouEvidenceEditor *self, int page)
{
  const Page *one = find_page (self, page);

  return one != NULL ? one->rotate : 0;
}

WuyouEditsBox
wuyou_evidence_editor_get_crop (WuyouEvidenceEditor *self, int page)
{
  const Page *one = find_page (self, page);

  return one != NULL ? one->crop : (WuyouEditsBox){ 0, 0, 0, 0 };
}

const GArray *
wuyou_evidence_editor_get_redactions (WuyouEvidenceEditor *self, int page)
{
  const Page *one = find_page (self, page);

  return one != NULL ? one->redactions : self->nothing;
}

static void
begin_step (WuyouEvidenceEditor *self)
{
  g_queue_push_head (&self->steps, dup_plain (self));
  if (self->steps.length > MOST_STEPS)
    g_free (g_queue_pop_tail (&self->steps));
}

static WuyouEditsBox
turn_box (const WuyouEditsBox *box, gboolean right)
{
  if (right)
    return (WuyouEditsBox){ WUYOU_EDITS_WHOLE - box->y - box->height, box->x, box->height, box->width };
  return (WuyouEditsBox){ box->y, WUYOU_EDITS_WHOLE - box->x - box->width, box->height, box->width };
}

void
wuyou_evidence_editor_turn (WuyouEvidenceEditor *self, int page, gboolean right)
{
  Page *one;

  begin_step (self);
  one = get_page (self, page);
  one->rotate = (one->rotate + (right ? 90 : 270)) % 360;
  if (one->crop.width > 0)
    one->crop = turn_box (&one->crop, right);
  for (guint i = 0; i < one->redactions->len; i++) {
    WuyouEditsBox *box = &g_array_index (one->redactions, WuyouEditsBox, i);

    *box = turn_box (box, right);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static WuyouEditsBox
clip (const WuyouEditsBox *box)
{
  WuyouEditsBox inside = *box;

  inside.width = CLAMP (inside.width, LEAST, WUYOU_EDITS_WHOLE);
  inside.height = CLAMP (inside.height, LEAST, WUYOU_EDITS_WHOLE);
  inside.x = CLAMP (inside.x, 0, WUYOU_EDITS_WHOLE - inside.width);
  inside.y = CLAMP (inside.y, 0, WUYOU_EDITS_WHOLE - inside.height);
  return inside;
}

void
wuyou_evidence_editor_crop (WuyouEvidenceEditor *self, int page, const WuyouEditsBox *box)
{
  begin_step (self);
  get_page (self, page)->crop = box != NULL ? clip (box) : (WuyouEditsBox){ 0, 0, 0, 0 };
  g_signal_emit (self, signals[CHANGED], 0);
}

int
wuyou_evidence_editor_redact (WuyouEvidenceEditor *self, int page, const WuyouEditsBox *box)
{
  WuyouEditsBox inside = clip (box);

  if (wuyou_evidence_editor_get_redactions (self, page)->len >= WUYOU_EDITS_MAX_REDACTIONS)
    return -1;
  begin_step (self);
  g_array_append_val (get_page (self, page)->redactions, inside);
  g_signal_emit (self, signals[CHANGED], 0);
  return (int) get_page (self, page)->redactions->len - 1;
}

void
wuyou_evidence_editor_change (WuyouEvidenceEditor *self, int page, guint index, const WuyouEditsBox *box)
{
  Page *one = find_page (self, page);
  WuyouEditsBox inside = clip (box);
  WuyouEditsBox *present;

  if (one == NULL || index >= one->redactions->len)
    return;
  present = &g_array_index (one->redactions, WuyouEditsBox, index);
  if (present->x == inside.x && present->y == inside.y && present->width == inside.width
      && present->height == inside.height)
    return;
  begin_step (self);
  *present = inside;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
wuyou_evidence_editor_remove (WuyouEvidenceEditor *self, int page, guint index)
{
  Page *one = find_page (self, page);

  if (one == NULL || index >= one->redactions->len)
    return;
  begin_step (self);
  g_array_remove_index (one->redactions, index);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
wuyou_evidence_editor_can_undo (WuyouEvidenceEditor *self)
{
  return !g_queue_is_empty (&self->steps);
}

void
wuyou_evidence_editor_undo (WuyouEvidenceEditor *self)
{
  g_autofree char *before = g_queue_pop_head (&self->steps);

  if (before == NULL)
    return;
  read_edits (self, before);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wuyou_evidence_editor_finalize (GObject *object)
{
  WuyouEvidenceEditor *self = WUYOU_EVIDENCE_EDITOR (object);

  g_queue_clear_full (&self->steps, g_free);
  g_hash_table_unref (self->pages);
  g_array_unref (self->nothing);
  g_free (self->loaded);
  G_OBJECT_CLASS (wuyou_evidence_editor_parent_class)->finalize (object);
}

static void
wuyou_evidence_editor_class_init (WuyouEvidenceEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_evidence_editor_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_evidence_editor_init (WuyouEvidenceEditor *self)
{
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) page_free);
  self->nothing = g_array_new (FALSE, FALSE, sizeof (WuyouEditsBox));
  g_queue_init (&self->steps);
}

WuyouEvidenceEditor *
wuyou_evidence_editor_new (void)
{
  return g_object_new (WUYOU_TYPE_EVIDENCE_EDITOR, NULL);
}
