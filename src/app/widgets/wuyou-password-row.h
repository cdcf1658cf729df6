/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Gives the button that shows the password the name that libadwaita before 1.4 leaves out. */
void wuyou_password_row_name (AdwPasswordEntryRow *row);

G_END_DECLS
