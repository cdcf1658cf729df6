/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The title, and the same as accessible name: libadwaita names the line inside, but not the row around it. */
void wuyou_expander_set_title (AdwExpanderRow *row, const char *title);

G_END_DECLS
