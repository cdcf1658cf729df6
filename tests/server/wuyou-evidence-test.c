/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-evidence-test.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <jpeglib.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "records/wuyou-job-service.h"

#define PATIENCE (30 * G_TIME_SPAN_SECOND)

char *
wuyou_evidence_test_claim (WuyouSale *sale, const char *org)
{
  wuyou_evidence_test_set_decoder (sale, NULL);
  return wuyou_claim_test_bring_to (sale, org, "REPORTED");
}

void
wuyou_evidence_test_set_decoder (WuyouSale *sale, const char *script)
{
  WuyouServerConfig *config = sale->site->config;
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);
  char *path = script == NULL ? g_build_filename (g_getenv ("WUYOU_BUILD"), "src", "decoder", "wuyou-decoder", NULL)
                              : g_build_filename (wuyou_test_new_dir (), "decoder", NULL);

  if (script != NULL) {
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  }
  g_free (config->decoder);
  config->decoder = path;
}

/* --- files --- */

/* Hills of light whose places the seed decides. */
static guint8
shade (guint seed, int x, int y, int colour)
{
  guint sum = 0;

  for (guint i = 0; i < 6; i++) {
    guint32 dice = (seed * 7919 + i * 104729 + 17) * 2654435761u;
    int dx = x - (int) (dice % 1000), dy = y - (int) (dice / 1000 % 1000);

    sum += 60000 / (200 + (guint) (dx * dx + dy * dy) / 40);
  }
  return (guint8) MIN (255, sum / 3 + (guint) colour * 20);
}

static void
write_exif (struct jpeg_compress_struct *jpeg, const char *taken)
{
  guint8 exif[6 + 8 + 2 + 12 + 4 + 2 + 12 + 4 + 20] = { 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0 };
  static const guint8 first[] = { 1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0 };
  static const guint8 second[] = { 1, 0, 0x03, 0x90, 2, 0, 20, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0 };

  memcpy (exif + 14, first, sizeof first);
  memcpy (exif + 14 + sizeof first, second, sizeof second);
  g_strlcpy ((char *) exif + 14 + sizeof first + sizeof second, taken, 20);
  jpeg_write_marker (jpeg, JPEG_APP0 + 1, exif, sizeof exif);
}

static void
write_rows (struct jpeg_compress_struct *jpeg, guint seed)
{
  g_autofree guint8 *row = g_malloc (jpeg->image_width * 3);
  int width = (int) jpeg->image_width, height = (int) jpeg->image_height;

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      for (int colour = 0; colour < 3; colour++)
        row[x * 3 + colour] = shade (seed, x * 1000 / width, y * 1000 / height, colour);
    jpeg_write_scanlines (jpeg, &row, 1);
  }
}

GBytes *
wuyou_evidence_test_photo (guint seed, int width, int height, const char *taken)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned char *data = NULL;
  unsigned long length = 0;
  GBytes *bytes;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &length);
  jpeg.image_width = (JDIMENSION) width;
  jpeg.image_height = (JDIMENSION) height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_start_compress (&jpeg, TRUE);
  if (taken != NULL)
    write_exif (&jpeg, taken);
  write_rows (&jpeg, seed);
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  bytes = g_bytes_new (data, length);
  free (data);
  return bytes;
}

GBytes *
wuyou_evidence_test_pdf (const GString *more)
{
  static const char *const objects[] = {
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
    "<< /Length 24 >>\nstream\n100 100 200 300 re f\n   \nendstream",
  };
  g_autoptr (GString) out = g_string_new ("%PDF-1.4\n");
  gsize offsets[G_N_ELEMENTS (objects)], start;

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++) {
    offsets[i] = out->len;
    g_string_append_printf (out, "%u 0 obj\n%s\nendobj\n", i + 1, objects[i]);
  }
  g_string_append (out, "9 0 obj\n");
  g_string_append_len (out, more != NULL ? more->str : "null", more != NULL ? (gssize) more->len : -1);
  g_string_append (out, "\nendobj\n");
  start = out->len;
  g_string_append (out, "xref\n0 5\n0000000000 65535 f \n");
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    g_string_append_printf (out, "%010" G_GSIZE_FORMAT " 00000 n \n", offsets[i]);
  g_string_append_printf (out, "trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", start);
  return g_bytes_new (out->str, out->len);
}

/* --- sent --- */

char *
wuyou_evidence_test_dup_body (WuyouSale *sale, const char *id, const char *claim, const char *slot, gint64 size)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"claim_id\":\"%s\",\"slot\":\"%s\",\"phase\":\"LOSS\","
                          "\"file_name\":\"照片.jpg\",\"size\":%" G_GINT64_FORMAT "}",
                          id, claim, slot, size);
}

char *
wuyou_evidence_test_announce (WuyouSale *sale,
                              const WuyouSaleUser *user,
                              const char *claim,
                              const char *slot,
                              gint64 size)
{
  char *id = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_evidence_test_dup_body (sale, id, claim, slot, size);

  WUYOU_EXPECT (sale, 201, NULL, .user = user, .route = WUYOU_ROUTE_EVIDENCE_CREATE, .body = body);
  return id;
}

void
wuyou_evidence_test_append (WuyouSale *sale,
                            const WuyouSaleUser *user,
                            const char *id,
                            gint64 offset,
                            GBytes *bytes,
                            guint status,
                            const char *code)
{
  g_autofree char *lines = g_strdup_printf ("Upload-Offset: %" G_GINT64_FORMAT "\r\n", offset);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  WUYOU_EXPECT (sale, status, code, .user = user, .route = WUYOU_ROUTE_EVIDENCE_APPEND, .arg0 = id, .body = data,
                .length = (gssize) length, .lines = lines);
}

void
wuyou_evidence_test_finish (WuyouSale *sale, const WuyouSaleUser *user, const char *id, GBytes *bytes)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *body = g_strdup_printf ("{\"sha256\":\"%s\"}", sha256);

  WUYOU_EXPECT (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_EVIDENCE_FINISH, .arg0 = id, .body = body);
}

char *
wuyou_evidence_test_send (WuyouSale *sale,
                          const WuyouSaleUser *user,
                          const char *claim,
                          const char *slot,
                          GBytes *bytes)
{
  char *id = wuyou_evidence_test_announce (sale, user, claim, slot, (gint64) g_bytes_get_size (bytes));

  wuyou_evidence_test_append (sale, user, id, 0, bytes, 200, NULL);
  wuyou_evidence_test_finish (sale, user, id, bytes);
  return id;
}

char *
wuyou_evidence_test_add (WuyouSale *sale,
                         const WuyouSaleUser *user,
                         const char *claim,
                         const char *slot,
                         GBytes *bytes,
                         const char *state)
{
  char *id = wuyou_evidence_test_send (sale, user, claim, slot, bytes);

  wuyou_evidence_test_wait (sale, user, id, state);
  return id;
}

/* --- looked at --- */

char *
wuyou_evidence_test_dup (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *member)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_EVIDENCE_GET, .arg0 = id);
  JsonNode *node = json_object_get_member (wuyou_json_get_object (reply->json, "evidence"), member);

  if (node == NULL)
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : json_to_string (node, FALSE);
}

gint64
wuyou_evidence_test_version (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_EVIDENCE_GET, .arg0 = id);

  return reply->version;
}

void
wuyou_evidence_test_wait (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *state)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;

  for (;;) {
    g_autofree char *present = wuyou_evidence_test_dup (sale, user, id, "state");
    g_autofree char *reason = NULL;

    if (g_str_equal (present, state))
      return;
    reason = wuyou_evidence_test_dup (sale, user, id, "state_reason");
    if (g_get_monotonic_time () > until
        || !(g_str_equal (present, "QUARANTINED") || g_str_equal (present, "UPLOADING")))
      g_error ("%s (%s) instead of %s", present, reason, state);
    g_usleep (10000);
  }
}

void
wuyou_evidence_test_work_again (WuyouSale *sale)
{
  wuyou_test_advance (11 * G_TIME_SPAN_MINUTE);
  wuyou_job_service_wake (sale->site->context.jobs);
}

void
wuyou_evidence_test_wait_count (WuyouSale *sale, const char *sql, gint64 n)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;

  while (wuyou_site_count (sale->site, sql) != n) {
    if (g_get_monotonic_time () > until)
      g_error ("%s: not %d", sql, (int) n);
    wuyou_evidence_test_work_again (sale);
    g_usleep (20000);
  }
}

void
wuyou_evidence_test_put (WuyouSale *sale,
                         const WuyouSaleUser *user,
                         const char *id,
                         const char *body,
                         guint status,
                         const char *code)
{
  WUYOU_EXPECT (sale, status, code, .user = user, .route = WUYOU_ROUTE_EVIDENCE_PUT, .arg0 = id, .body = body,
                .version = wuyou_evidence_test_version (sale, user, id));
}

WuyouSaleReply *
wuyou_evidence_test_rendition (WuyouSale *sale,
                               const WuyouSaleUser *user,
                               const char *id,
                               const char *kind,
                               guint status,
                               const char *code)
{
  return WUYOU_CALL (sale, status, code, .user = user, .route = WUYOU_ROUTE_EVIDENCE_RENDITION, .arg0 = id,
                     .arg1 = kind);
}

static char *
find_files (WuyouSale *sale, const char *name)
{
  g_autofree char *command
      = g_strdup_printf ("find %s/files -type f -name '%s'", wuyou_store_get_data_dir (sale->site->store), name);
  char *out = NULL;

  g_assert_true (g_spawn_command_line_sync (command, &out, NULL, NULL, NULL));
  return out;
}

gboolean
wuyou_evidence_test_has_file (WuyouSale *sale, const char *id)
{
  g_autofree char *name = g_strconcat (id, "*", NULL);
  g_autofree char *found = find_files (sale, name);

  return *found != '\0';
}

guint
wuyou_evidence_test_count_files (WuyouSale *sale)
{
  g_autofree char *found = find_files (sale, "*");
  guint n = 0;

  for (const char *at = found; *at != '\0'; at++)
    n += *at == '\n';
  return n;
}
