/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Comes before the answer: the child is confined and begins. What happens from then on is about the file. */
#define WUYOU_DECODE_READY "WYR1"

/* Why a file is refused for good. The confined child says the number, never a sentence: it may have been taken over. */
typedef enum {
  WUYOU_DECODE_OK,
  WUYOU_DECODE_TYPE,      /* not what its first bytes promised */
  WUYOU_DECODE_DAMAGED,   /* cut off or garbage */
  WUYOU_DECODE_PIXELS,    /* more than WUYOU_DECODE_MAX_PIXELS, or a side longer than WUYOU_DECODE_MAX_SIDE */
  WUYOU_DECODE_PAGES,     /* more than WUYOU_DECODE_MAX_PAGES, or none */
  WUYOU_DECODE_PAGE_SIZE, /* no paper is that size */
  WUYOU_DECODE_ENCRYPTED,
  WUYOU_DECODE_ACTIVE,      /* scripts, programs to start, files inside, media */
  WUYOU_DECODE_UNSUPPORTED, /* a form of JPEG or PNG that nobody sends */
  WUYOU_DECODE_OUTPUT,      /* what it becomes is too large to keep */
  WUYOU_N_DECODES
} WuyouDecodeVerdict;

/* N_() for people: what is wrong and what to do; NULL for OK and for what is not a verdict. */
const char *wuyou_decode_verdict_sentence (guint verdict);

#define WUYOU_DECODE_MAX_PIXELS (120u * 1000 * 1000)
#define WUYOU_DECODE_MAX_PIXELS_AT_ONCE (60u * 1000 * 1000) /* progressive and interlaced ones are held as a whole */
#define WUYOU_DECODE_MAX_SIDE 30000u
#define WUYOU_DECODE_MAX_PAGES 300u
#define WUYOU_DECODE_PLAIN_SIDE 4096 /* pixels of the longer side of a rendition */
#define WUYOU_DECODE_THUMB_SIDE 256

/* What became of a file. Strings and bytes are owned; free with wuyou_decoded_clear (). */
typedef struct {
  char *media_type;
  guint pages;
  int width, height; /* upright, in pixels; of a PDF the first page in points */
  guint64 print;     /* wuyou-image-print.h, of the first page before any edits */
  gboolean paper;    /* that page looks like paper: other papers of its form look much the same */
  gint64 taken_at;   /* EXIF, taken as Chinese time, for it names no zone; 0 when absent */
  char *camera;      /* EXIF, printable, at most 64 characters; NULL when absent */
  GBytes *plain;     /* nothing of the original's bytes: JPEG, or PDF for a PDF */
  GBytes *view;      /* the same with the edits burnt in; the same object as @plain without any */
  GBytes *thumb;     /* JPEG of the first page, with its edits */
} WuyouDecoded;

void wuyou_decoded_clear (WuyouDecoded *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouDecoded, wuyou_decoded_clear)

/* The answer of the child: verdict, numbers, and blobs with their length before them. media_type does not travel. */
GByteArray *wuyou_decoded_pack (WuyouDecodeVerdict verdict, const WuyouDecoded *decoded);
/* Of bytes that nobody vouches for: FALSE unless they are exactly one answer whose every value can be. Nothing is
 * copied. Everything in @ret stays empty unless the verdict is OK. */
gboolean wuyou_decoded_unpack (GBytes *answer, WuyouDecodeVerdict *ret_verdict, WuyouDecoded *ret);

G_END_DECLS
