/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Speaks clamd's INSTREAM on a unix socket, and misbehaves when told to. */
typedef enum {
  WUYOU_SCANNER_HONEST,  /* infected when the bytes hold WUYOU_TEST_VIRUS */
  WUYOU_SCANNER_HANGS,   /* takes all and says nothing */
  WUYOU_SCANNER_CLOSES,  /* hangs up in the middle */
  WUYOU_SCANNER_LIMIT,   /* "INSTREAM size limit exceeded" */
  WUYOU_SCANNER_BABBLES, /* an answer that is none */
  WUYOU_SCANNER_CUT,     /* the beginning of "stream: OK" */
  WUYOU_SCANNER_DRIPS,   /* a byte of the answer now and then, for ever */
  WUYOU_SCANNER_N_MODES
} WuyouTestScannerMode;

#define WUYOU_TEST_VIRUS "WUYOU-TEST-SIGNATURE-7f3a"

typedef struct _WuyouTestScanner WuyouTestScanner;

WuyouTestScanner *wuyou_test_scanner_new (void); /* honest, up */
void wuyou_test_scanner_free (WuyouTestScanner *scanner);
const char *wuyou_test_scanner_get_path (WuyouTestScanner *scanner);
void wuyou_test_scanner_set_mode (WuyouTestScanner *scanner, WuyouTestScannerMode mode);
void wuyou_test_scanner_stop (WuyouTestScanner *scanner); /* nobody listens */
void wuyou_test_scanner_start (WuyouTestScanner *scanner);
guint wuyou_test_scanner_count (WuyouTestScanner *scanner); /* connections so far */

G_END_DECLS
