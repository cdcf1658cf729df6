/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The language of the interface: the preference when there is one, else the system's. Before GTK starts. */
void wuyou_language_apply (GSettings *settings);

G_END_DECLS
