/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store-test.h"

G_BEGIN_DECLS

/* Three contracts and a sealed file, a backup of them, and a place to restore it to, which has the two key files. */
#define BACKUP_TEST_FILE "0190c000-0000-7000-8000-0000000000f1"

typedef struct {
  StoreFixture *fixture;
  WuyouContract *contracts[3];
  char *folder, *new_uri, *new_data;
} BackupTest;

void backup_test_make (BackupTest *backup, StoreFixture *fixture);
void backup_test_clear (BackupTest *backup);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BackupTest, backup_test_clear)

/* The fixture goes on with what was restored. */
void backup_test_move (BackupTest *backup);
/* Restores, counted on to work, and moves. */
void backup_test_restore (BackupTest *backup);

G_END_DECLS
