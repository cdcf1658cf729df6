/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

#include "wuyou-image.h"

/* A progressive file of a few kilobytes may name thousands of scans, each of which walks over every pixel. */
#define MAX_SCANS 100

typedef struct {
  struct jpeg_decompress_struct jpeg; /* first */
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf stop;
  WuyouDecodeVerdict verdict;
  guint8 *row, *rgb;
  WuyouRasterSink *sink;
} Reader;

static void
stop (Reader *reader, WuyouDecodeVerdict verdict)
{
  reader->verdict = verdict;
  longjmp (reader->stop, 1);
}

static void
on_jpeg_error_cb (j_common_ptr jpeg)
{
  int code = jpeg->err->msg_code;

  stop ((Reader *) jpeg, code == JERR_OUT_OF_MEMORY        ? WUYOU_DECODE_PIXELS
                         : code == JERR_IMAGE_TOO_BIG      ? WUYOU_DECODE_PIXELS
                         : code == JERR_SOF_UNSUPPORTED    ? WUYOU_DECODE_UNSUPPORTED
                         : code == JERR_CONVERSION_NOTIMPL ? WUYOU_DECODE_UNSUPPORTED
                         : code == JERR_ARITH_NOTIMPL      ? WUYOU_DECODE_UNSUPPORTED
                                                           : WUYOU_DECODE_DAMAGED);
}

/* libjpeg fills what is missing with gray and goes on; a page of evidence that is half gray is none. */
static void
on_jpeg_message_cb (j_common_ptr jpeg, int level)
{
  int code = jpeg->err->msg_code;

  if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE))
    stop ((Reader *) jpeg, WUYOU_DECODE_DAMAGED);
}

static void
on_jpeg_output_cb (j_common_ptr jpeg)
{
}

static void
on_jpeg_progress_cb (j_common_ptr jpeg)
{
  if (jpeg->is_decompressor && ((j_decompress_ptr) jpeg)->input_scan_number > MAX_SCANS)
    stop ((Reader *) jpeg, WUYOU_DECODE_UNSUPPORTED);
}

static void
read_info (Reader *reader, WuyouImageInfo *info)
{
  info->width = (int) reader->jpeg.image_width;
  info->height = (int) reader->jpeg.image_height;
  for (jpeg_saved_marker_ptr marker = reader->jpeg.marker_list; marker != NULL; marker = marker->next)
    if (marker->data_length > 6 && memcmp (marker->data, "Exif\0\0", 6) == 0) {
      wuyou_exif_read (marker->data, marker->data_length, info);
      return;
    }
}

/* The transform itself makes it smaller, in eighths, for less than a full decoding costs. */
static void
choose_scale (struct jpeg_decompress_struct *jpeg)
{
  guint longer = MAX (jpeg->image_width, jpeg->image_height);

  jpeg->scale_denom = 8;
  for (jpeg->scale_num = 8; jpeg->scale_num > 1; jpeg->scale_num--)
    if ((longer * jpeg->scale_num + 7) / 8 <= WUYOU_DECODE_PLAIN_SIDE)
      break;
}

/* Four inks: libjpeg gives them as they are, which is in the negative where Adobe's marker stands. */
static void
convert_inks (const guint8 *inks, gboolean negative, guint8 *rgb, guint width)
{
  guint8 flip = negative ? 0 : 0xFF;

  for (guint i = 0; i < width; i++, inks += 4, rgb += 3)
    for (int c = 0; c < 3; c++)
      rgb[c] = (guint8) ((inks[c] ^ flip) * (inks[3] ^ flip) / 255);
}

static void
read_rows (Reader *reader)
{
  struct jpeg_decompress_struct *jpeg = &reader->jpeg;
  guint width = jpeg->output_width;

  reader->row = g_malloc_n (width, (gsize) jpeg->output_components);
  reader->rgb = g_malloc_n (width, 3);
  while (jpeg->output_scanline < jpeg->output_height) {
    JSAMPROW row = reader->row;

    jpeg_read_scanlines (jpeg, &row, 1);
    if (jpeg->output_components == 4)
      convert_inks (reader->row, jpeg->saw_Adobe_marker, reader->rgb, width);
    wuyou_raster_sink_push (reader->sink, jpeg->output_components == 4 ? reader->rgb : reader->row);
  }
}

static void
start (Reader *reader)
{
  struct jpeg_decompress_struct *jpeg = &reader->jpeg;
  gboolean inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;

  jpeg->out_color_space = inks ? JCS_CMYK : JCS_RGB;
  choose_scale (jpeg);
  jpeg_start_decompress (jpeg);
  if (jpeg->output_components != (inks ? 4 : 3))
    stop (reader, WUYOU_DECODE_UNSUPPORTED);
  reader->sink = wuyou_raster_sink_new ((int) jpeg->output_width, (int) jpeg->output_height, (int) jpeg->output_width,
                                        (int) jpeg->output_height);
}

static WuyouRaster *
read_picture (Reader *reader, GBytes *file, WuyouImageInfo *info, GError **error)
{
  struct jpeg_decompress_struct *jpeg = &reader->jpeg;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  jpeg->err = &reader->errors;
  if (setjmp (reader->stop) != 0) {
    wuyou_decode_refuse (error, reader->verdict);
    return NULL;
  }
  jpeg_create_decompress (jpeg);
  jpeg->progress = &reader->progress;
  jpeg_mem_src (jpeg, data, size);
  jpeg_save_markers (jpeg, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header (jpeg, TRUE);
  if (!wuyou_image_check_size (jpeg->image_width, jpeg->image_height, jpeg_has_multiple_scans (jpeg), error))
    return NULL;
  read_info (reader, info);
  start (reader);
  read_rows (reader);
  jpeg_finish_decompress (jpeg);
  return wuyou_raster_sink_finish (g_steal_pointer (&reader->sink));
}

WuyouRaster *
wuyou_jpeg_read (GBytes *file, WuyouImageInfo *info, GError **error)
{
  Reader *reader = g_new0 (Reader, 1); /* not on the stack: it is read after a longjmp */
  WuyouRaster *raster;

  jpeg_std_error (&reader->errors);
  reader->errors.error_exit = on_jpeg_error_cb;
  reader->errors.emit_message = on_jpeg_message_cb;
  reader->errors.output_message = on_jpeg_output_cb;
  reader->progress.progress_monitor = on_jpeg_progress_cb;
  raster = read_picture (reader, file, info, error);
  jpeg_destroy_decompress (&reader->jpeg);
  wuyou_raster_sink_free (reader->sink);
  g_free (reader->row);
  g_free (reader->rgb);
  g_free (reader);
  return raster;
}
