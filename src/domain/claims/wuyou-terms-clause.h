/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of the terms of a product version, in @lines, that a reference as "通用条款 7.1（二）、（三）" or
 * "通用条款 6.2、7.1（九）" names: the paragraphs with their numbers, each in a line of its own, without marks of
 * emphasis. What is not found is left out; NULL: nothing is. Owned. */
char *wuyou_terms_dup_clause (char **lines, const char *reference);

G_END_DECLS
