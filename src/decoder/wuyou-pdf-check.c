/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-pdf.h"

#include <string.h>
#include <zlib.h>

#define MAX_NAME 20
#define MAX_UNPACKED (64u * 1024 * 1024) /* all object streams together */
#define MAX_POINTS 14400.0               /* 200 inches, the longest page a PDF reader shows */
#define MIN_POINTS 8.0
#define TAIL 2048

/* What makes a file act or carry others. Written in full, with escapes or inside an object stream. /JS is not among
 * them: so short a name stands by chance in pictures, and poppler finds the scripts themselves. */
static const char *const active_names[] = {
  "JavaScript", "Rendition",  "Launch",     "EmbeddedFile", "EmbeddedFiles",
  "RichMedia",  "SubmitForm", "ImportData", "GoToE",
};

typedef struct {
  gboolean encrypted, active;
  gsize unpacked;
} Findings;

static gboolean
is_name_byte (guint8 byte)
{
  return byte > ' ' && strchr ("()<>[]{}/%", byte) == NULL;
}

/* The name that begins after the slash, without its escapes; "" when it is longer than any that we look for. */
static void
read_name (const guint8 *data, const guint8 *end, char *name)
{
  guint length = 0;

  for (; data < end && is_name_byte (*data) && length <= MAX_NAME; data++) {
    if (*data == '#' && end - data > 2 && g_ascii_isxdigit (data[1]) && g_ascii_isxdigit (data[2])) {
      name[length++] = (char) (g_ascii_xdigit_value (data[1]) * 16 + g_ascii_xdigit_value (data[2]));
      data += 2;
    } else {
      name[length++] = (char) *data;
    }
  }
  name[length <= MAX_NAME ? length : 0] = '\0';
}

static gboolean
is_active_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (active_names); i++)
    if (g_str_equal (name, active_names[i]))
      return TRUE;
  return FALSE;
}

static void scan_packed (const guint8 *data, const guint8 *end, Findings *found);

static void
scan (const guint8 *data, gsize size, gboolean packed, Findings *found)
{
  const guint8 *end = data + size;
  char name[MAX_NAME + 2];

  while ((data = memchr (data, '/', (gsize) (end - data))) != NULL) {
    data++;
    read_name (data, end, name);
    found->active = found->active || is_active_name (name);
    found->encrypted = found->encrypted || (!packed && g_str_equal (name, "Encrypt"));
    if (!packed && g_str_equal (name, "ObjStm"))
      scan_packed (data, end, found);
  }
}

static gboolean
unpack (z_stream *stream, GByteArray *out)
{
  guint8 piece[16 * 1024];

  do {
    stream->next_out = piece;
    stream->avail_out = sizeof piece;
    int status = inflate (stream, Z_NO_FLUSH);

    g_byte_array_append (out, piece, (guint) (sizeof piece - stream->avail_out));
    if (status != Z_OK)
      return status == Z_STREAM_END;
  } while (out->len < MAX_UNPACKED);
  return FALSE;
}

/* An object stream that follows. What is not simply deflated is left to poppler, which sees the objects. */
static void
scan_packed (const guint8 *data, const guint8 *end, Findings *found)
{
  const guint8 *start = memmem (data, MIN ((gsize) (end - data), TAIL), "stream", 6);
  g_autoptr (GByteArray) out = NULL;
  z_stream stream = { 0 };

  if (start == NULL || end - start < 9)
    return;
  start += start[6] == '\r' ? 8 : 7;
  stream.next_in = (guint8 *) start;
  stream.avail_in = (uInt) (end - start);
  if (inflateInit (&stream) != Z_OK)
    return;
  out = g_byte_array_new ();
  unpack (&stream, out);
  inflateEnd (&stream);
  found->unpacked += out->len;
  found->active = found->active || found->unpacked >= MAX_UNPACKED; /* nobody's list of objects is that long */
  if (!found->active)
    scan (out->data, out->len, TRUE, found);
}

/* Poppler mends a file that was cut off, and would show what is left of it as the whole. */
static gboolean
has_end (const guint8 *data, gsize size)
{
  while (size > 0 && (data[size - 1] == '\0' || g_ascii_isspace (data[size - 1])))
    size--;
  return size > TAIL ? memmem (data + size - TAIL, TAIL, "%%EOF", 5) != NULL : memmem (data, size, "%%EOF", 5) != NULL;
}

static gboolean
check_bytes (GBytes *file, GError **error)
{
  Findings found = { 0 };
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  if (!has_end (data, size))
    return wuyou_decode_refuse (error, WUYOU_DECODE_DAMAGED);
  scan (data, size, FALSE, &found);
  if (found.encrypted)
    return wuyou_decode_refuse (error, WUYOU_DECODE_ENCRYPTED);
  return !found.active || wuyou_decode_refuse (error, WUYOU_DECODE_ACTIVE);
}

static gboolean
is_active_action (const PopplerAction *action)
{
  if (action == NULL)
    return FALSE;
  switch (action->type) {
  case POPPLER_ACTION_LAUNCH:
  case POPPLER_ACTION_MOVIE:
  case POPPLER_ACTION_RENDITION:
  case POPPLER_ACTION_JAVASCRIPT:
    return TRUE;
  default:
    return FALSE; /* links and the like, which the drawing leaves behind */
  }
}

static gboolean
has_active_link (PopplerPage *page)
{
  GList *links = poppler_page_get_link_mapping (page);
  gboolean active = FALSE;

  for (GList *l = links; l != NULL && !active; l = l->next)
    active = is_active_action (((PopplerLinkMapping *) l->data)->action);
  poppler_page_free_link_mapping (links);
  return active;
}

static gboolean
has_active_field (PopplerPage *page)
{
  GList *fields = poppler_page_get_form_field_mapping (page);
  gboolean active = FALSE;

  for (GList *l = fields; l != NULL && !active; l = l->next)
    active = is_active_action (poppler_form_field_get_action (((PopplerFormFieldMapping *) l->data)->field));
  poppler_page_free_form_field_mapping (fields);
  return active;
}

/* Unknown is what poppler has no class for; rich media is among them. */
static gboolean
is_active_annotation (PopplerAnnot *annotation)
{
  switch (poppler_annot_get_annot_type (annotation)) {
  case POPPLER_ANNOT_UNKNOWN:
  case POPPLER_ANNOT_FILE_ATTACHMENT:
  case POPPLER_ANNOT_SOUND:
  case POPPLER_ANNOT_MOVIE:
  case POPPLER_ANNOT_SCREEN:
  case POPPLER_ANNOT_3D:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
has_active_annotation (PopplerPage *page)
{
  GList *annotations = poppler_page_get_annot_mapping (page);
  gboolean active = FALSE;

  for (GList *l = annotations; l != NULL && !active; l = l->next)
    active = is_active_annotation (((PopplerAnnotMapping *) l->data)->annot);
  poppler_page_free_annot_mapping (annotations);
  return active;
}

static gboolean
check_page (PopplerDocument *document, int number, GError **error)
{
  g_autoptr (PdfPage) page = poppler_document_get_page (document, number);
  double width, height;

  if (page == NULL)
    return wuyou_decode_refuse (error, WUYOU_DECODE_DAMAGED);
  poppler_page_get_size (page, &width, &height);
  if (!(width >= MIN_POINTS && width <= MAX_POINTS && height >= MIN_POINTS && height <= MAX_POINTS))
    return wuyou_decode_refuse (error, WUYOU_DECODE_PAGE_SIZE);
  if (has_active_link (page) || has_active_field (page) || has_active_annotation (page))
    return wuyou_decode_refuse (error, WUYOU_DECODE_ACTIVE);
  return TRUE;
}

static gboolean
check_document (PopplerDocument *document, GError **error)
{
  int pages = poppler_document_get_n_pages (document);

  if (pages < 1 || pages > (int) WUYOU_DECODE_MAX_PAGES)
    return wuyou_decode_refuse (error, WUYOU_DECODE_PAGES);
  if (poppler_document_has_javascript (document) || poppler_document_has_attachments (document))
    return wuyou_decode_refuse (error, WUYOU_DECODE_ACTIVE);
  for (int i = 0; i < pages; i++)
    if (!check_page (document, i, error))
      return FALSE;
  return TRUE;
}

PopplerDocument *
wuyou_pdf_open (GBytes *file, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PdfDocument) document = NULL;

  if (!check_bytes (file, error))
    return NULL;
  document = poppler_document_new_from_bytes (file, NULL, &local);
  if (document == NULL) {
    gboolean locked = g_error_matches (local, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);

    wuyou_decode_refuse (error, locked ? WUYOU_DECODE_ENCRYPTED : WUYOU_DECODE_DAMAGED);
    return NULL;
  }
  return check_document (document, error) ? g_steal_pointer (&document) : NULL;
}
