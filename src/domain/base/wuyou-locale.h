/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The locale of the environment, or where that is the plain C locale or not on this machine, C.UTF-8: the C locale has
 * no Chinese letters and ignores LANGUAGE. First thing in a program, before there are threads. */
void wuyou_locale_begin (void);

G_END_DECLS
