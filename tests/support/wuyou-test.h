/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

#include "base/wuyou-clock.h"
#include "base/wuyou-error.h"

G_BEGIN_DECLS

/* g_test_init() in the locale that every program of this tree is tested in, C.UTF-8. */
void wuyou_test_init (int *argc, char ***argv);

/* A new empty folder, removed with all it holds when the program ends, however that is. Borrowed. */
const char *wuyou_test_new_dir (void);

/* A file of tests/, by its path below that folder. Owned. */
char *wuyou_test_source_path (const char *path);

/* 2026-11-23 10:00 in Shanghai, a Monday: the instant at which the test clock stands unless it is moved. */
#define WUYOU_TEST_NOW G_GINT64_CONSTANT (1795399200000000)

/* One clock a program; wuyou_test_set_now() moves it, wuyou_test_advance() by microseconds. */
const WuyouClock *wuyou_test_clock (void);
void wuyou_test_set_now (gint64 instant);
void wuyou_test_advance (gint64 microseconds);

/* Asserts that *@error is @code of WUYOU_ERROR, and concerns @field unless that is NULL; then clears it. For a record
 * with several violations, one of them has to concern @field. */
#define wuyou_test_expect_error(error, code, field) wuyou_test_expect_error_at (G_STRLOC, (error), (code), (field))
void wuyou_test_expect_error_at (const char *where, GError **error, WuyouError code, const char *field);

/* Asserts that both texts are JSON with the same content; the order of members does not count. */
#define wuyou_test_assert_json(actual, expected) wuyou_test_assert_json_at (G_STRLOC, (actual), (expected))
void wuyou_test_assert_json_at (const char *where, const char *actual, const char *expected);

typedef enum {
  WUYOU_TEST_SQLITE,
  WUYOU_TEST_POSTGRESQL,
} WuyouTestEngine;

/* URI of a fresh empty database: "sqlite:PATH" or "postgresql://…". PostgreSQL is started by the first call and lives
 * as long as the program, however that ends. Owned. */
char *wuyou_test_new_database (WuyouTestEngine engine);

/* "stop", "start" or "restart", all at once and without asking the clients. */
void wuyou_test_postgresql (const char *command);

G_END_DECLS
