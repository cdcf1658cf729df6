/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-field.h"

G_BEGIN_DECLS

/* The value of a field as the screen shows it: amounts with ¥, enums in words, "" when not set. Owned. */
char *wuyou_field_words_dup_value (const WuyouField *field, gconstpointer record);

G_END_DECLS
