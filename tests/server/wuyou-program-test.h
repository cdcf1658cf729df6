/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-sale-test.h"

G_BEGIN_DECLS

/* The real program, beside the server in the test's process, on the same database and files. */
typedef struct {
  GPid pid;
  guint16 port;
} WuyouProgram;

WuyouProgram wuyou_program_start (WuyouSale *sale);
void wuyou_program_end (WuyouProgram *program, int signal);
/* Seals what was written and finds nothing wrong with the audit chain. */
void wuyou_program_check_chain (WuyouSale *sale);

G_END_DECLS
