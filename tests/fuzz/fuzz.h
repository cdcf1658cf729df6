/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>
#include <stdint.h>

/* The one function of a target; libFuzzer and fuzz-replay.c call it. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
