/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-subset.h"

#include <cairo-ft.h>
#include <pango/pangofc-font.h>

#define TAG_CFF HB_TAG ('C', 'F', 'F', ' ')

/* A font file in memory, which the cairo face and whatever cairo caches of it keep alive. */
typedef struct {
  FT_Library library;
  FT_Face face;
  hb_blob_t *blob;
} Memory;

struct _WuyouPaperSubset {
  GHashTable *glyphs; /* hb_face_t → hb_set_t */
  GHashTable *cuts;   /* hb_face_t → WuyouPaperCut */
};

static const cairo_user_data_key_t memory_key;

static void
free_memory (gpointer data)
{
  Memory *memory = data;

  if (memory->face != NULL)
    FT_Done_Face (memory->face);
  if (memory->library != NULL)
    FT_Done_FreeType (memory->library);
  hb_blob_destroy (memory->blob);
  g_free (memory);
}

/* Only CFF suffers; a font that fontconfig emboldens would lose that on the way. */
static gboolean
is_eligible (PangoFont *font, hb_face_t *face)
{
  hb_blob_t *table = hb_face_reference_table (face, TAG_CFF);
  gboolean has_cff = hb_blob_get_length (table) > 0;
  FcBool embolden = FcFalse;

  hb_blob_destroy (table);
  if (!has_cff || !PANGO_IS_FC_FONT (font))
    return FALSE;
  return FcPatternGetBool (pango_fc_font_get_pattern (PANGO_FC_FONT (font)), FC_EMBOLDEN, 0, &embolden) != FcResultMatch
         || !embolden;
}

static void
collect_run (WuyouPaperSubset *subset, const PangoLayoutRun *run)
{
  PangoFont *font = run->item->analysis.font;
  hb_face_t *face = hb_font_get_face (pango_font_get_hb_font (font));
  hb_set_t *set = g_hash_table_lookup (subset->glyphs, face);

  if (set == NULL) {
    if (!is_eligible (font, face))
      return;
    set = hb_set_create ();
    g_hash_table_insert (subset->glyphs, hb_face_reference (face), set);
  }
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    if (run->glyphs->glyphs[i].glyph < PANGO_GLYPH_EMPTY)
      hb_set_add (set, run->glyphs->glyphs[i].glyph);
}

static void
collect_layout (WuyouPaperSubset *subset, PangoLayout *layout)
{
  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    for (GSList *run = pango_layout_get_line_readonly (layout, i)->runs; run != NULL; run = run->next)
      collect_run (subset, run->data);
}

static hb_subset_plan_t *
plan_cut (hb_face_t *face, const hb_set_t *glyphs)
{
  /* Only what draws is kept: shaping is done. */
  static const hb_tag_t dropped[] = {
    HB_TAG ('G', 'S', 'U', 'B'), HB_TAG ('G', 'P', 'O', 'S'), HB_TAG ('G', 'D', 'E', 'F'), HB_TAG ('B', 'A', 'S', 'E'),
    HB_TAG ('V', 'O', 'R', 'G'), HB_TAG ('v', 'h', 'e', 'a'), HB_TAG ('v', 'm', 't', 'x'), HB_TAG ('D', 'S', 'I', 'G'),
  };
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();
  hb_set_t *drop;
  hb_subset_plan_t *plan;

  if (input == NULL)
    return NULL;
  hb_set_union (hb_subset_input_glyph_set (input), glyphs);
  drop = hb_subset_input_set (input, HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
    hb_set_add (drop, dropped[i]);
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING);
  plan = hb_subset_plan_create_or_fail (face, input);
  hb_subset_input_destroy (input);
  return plan;
}

static void
free_cut (gpointer data)
{
  WuyouPaperCut *cut = data;

  cairo_font_face_destroy (cut->face);
  hb_subset_plan_destroy (cut->plan);
  g_free (cut);
}

static cairo_font_face_t *
open_blob (hb_blob_t *blob)
{
  Memory *memory = g_new0 (Memory, 1);
  cairo_font_face_t *face = NULL;
  unsigned length;
  const char *data = hb_blob_get_data (blob, &length);

  memory->blob = hb_blob_reference (blob);
  if (FT_Init_FreeType (&memory->library) == 0
      && FT_New_Memory_Face (memory->library, (const FT_Byte *) data, (FT_Long) length, 0, &memory->face) == 0)
    face = cairo_ft_font_face_create_for_ft_face (memory->face, FT_LOAD_NO_HINTING);
  if (face == NULL || cairo_font_face_set_user_data (face, &memory_key, memory, free_memory) != CAIRO_STATUS_SUCCESS) {
    g_clear_pointer (&face, cairo_font_face_destroy);
    free_memory (memory);
  }
  return face;
}

static void
add_cut (WuyouPaperSubset *subset, hb_face_t *face, const hb_set_t *glyphs)
{
  hb_subset_plan_t *plan = plan_cut (face, glyphs);
  hb_face_t *small = plan != NULL ? hb_subset_plan_execute_or_fail (plan) : NULL;
  hb_blob_t *blob = small != NULL ? hb_face_reference_blob (small) : NULL;
  cairo_font_face_t *opened = blob != NULL ? open_blob (blob) : NULL;

  if (opened != NULL) {
    WuyouPaperCut *cut = g_new (WuyouPaperCut, 1);

    cut->face = opened;
    cut->plan = hb_subset_plan_reference (plan);
    cut->glyphs = hb_subset_plan_old_to_new_glyph_mapping (plan);
    g_hash_table_insert (subset->cuts, face, cut);
  }
  hb_blob_destroy (blob);
  hb_face_destroy (small);
  hb_subset_plan_destroy (plan);
}

WuyouPaperSubset *
_wuyou_paper_subset_new (WuyouPaper *paper)
{
  WuyouPaperSubset *subset = g_new0 (WuyouPaperSubset, 1);
  GHashTableIter iter;
  gpointer face, glyphs;

  subset->glyphs
      = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) hb_face_destroy, (GDestroyNotify) hb_set_destroy);
  subset->cuts = g_hash_table_new_full (NULL, NULL, NULL, free_cut);
  for (guint i = 0; i < paper->layouts->len; i++)
    collect_layout (subset, g_ptr_array_index (paper->layouts, i));
  g_hash_table_iter_init (&iter, subset->glyphs);
  while (g_hash_table_iter_next (&iter, &face, &glyphs))
    add_cut (subset, face, glyphs);
  return subset;
}

void
_wuyou_paper_subset_free (WuyouPaperSubset *subset)
{
  g_hash_table_unref (subset->cuts);
  g_hash_table_unref (subset->glyphs);
  g_free (subset);
}

const WuyouPaperCut *
_wuyou_paper_subset_lookup (WuyouPaperSubset *subset, PangoFont *font)
{
  return subset != NULL ? g_hash_table_lookup (subset->cuts, hb_font_get_face (pango_font_get_hb_font (font))) : NULL;
}
