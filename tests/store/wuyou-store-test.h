/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-account.h"
#include "wuyou-contract-store.h"
#include "wuyou-sealer.h"
#include "wuyou-store.h"
#include "wuyou-test.h"

G_BEGIN_DECLS

/* A fresh store on one engine with an operator, a dealership of two branches and another dealership. */
typedef struct {
  WuyouTestEngine engine;
  char *uri, *data_dir;
  WuyouStore *store;
  WuyouDb *db;
  WuyouActor actor;
} StoreFixture;

#define TEST_DEALER "0190a000-0000-7000-8000-000000000002"
#define TEST_BRANCH "0190a000-0000-7000-8000-000000000003"
#define TEST_OTHER "0190a000-0000-7000-8000-000000000005"
#define TEST_DEALER_PATH "/op/blue/"
#define TEST_BRANCH_PATH "/op/blue/east/"
#define TEST_OTHER_PATH "/op/green/"
#define TEST_ACCOUNT "0190a000-0000-7000-8000-0000000000aa"

void store_fixture_set_up (StoreFixture *fixture, gconstpointer data);
void store_fixture_tear_down (StoreFixture *fixture, gconstpointer data);
/* Closes and opens again what is there. */
void store_fixture_reopen (StoreFixture *fixture);

char *store_test_id (guint number); /* a valid id; owned */
/* A draft of a contract with an owner; @number makes VIN, phone and id differ. Owned. */
WuyouContract *store_test_contract (guint number, const char *org_id);
/* Saves it as new; FALSE with @error when refused. */
gboolean store_test_save (StoreFixture *fixture,
                          const WuyouContract *old,
                          WuyouContract *contract,
                          const char *action,
                          GError **error);
WuyouContract *store_test_load (StoreFixture *fixture, const char *id, const char *scope, GError **error);
void store_test_seal (StoreFixture *fixture);
/* One statement, counted on to work. */
void store_test_sql (StoreFixture *fixture, const char *sql);
gint64 store_test_number (StoreFixture *fixture, const char *sql);

typedef struct {
  const char *name;
  void (*run) (StoreFixture *fixture, gconstpointer data);
} StoreCase;

/* Adds every case for both engines. */
void store_test_add (const char *group, const StoreCase *cases, guint n);

G_END_DECLS
