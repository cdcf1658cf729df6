/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "wuyou-image.h"

#define QUALITY 85

GBytes *
wuyou_jpeg_write (const WuyouRaster *raster)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors; /* the one that ends the program: only memory can run out here */
  unsigned char *data = NULL;
  unsigned long size = 0;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &size);
  jpeg.image_width = (JDIMENSION) raster->width;
  jpeg.image_height = (JDIMENSION) raster->height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg); /* 4:2:0 */
  jpeg_set_quality (&jpeg, QUALITY, TRUE);
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW row = raster->rgb + (gsize) jpeg.next_scanline * (gsize) raster->width * 3;

    jpeg_write_scanlines (&jpeg, &row, 1);
  }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return g_bytes_new_with_free_func (data, size, free, data);
}
