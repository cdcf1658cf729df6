/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The files that may be needed while a page is drawn: fonts of the system and poppler's tables. After the confinement
 * no file can be opened, by path or otherwise; poppler and FreeType, which open by path, get a copy of the descriptor
 * that was opened for it before. So the right to read a font is the descriptor itself, it holds on every kernel,
 * and what is not on the shelf cannot be reached whatever happens inside. */
void wuyou_shelf_fill (void);
/* From now on open () and fopen () of this program look only there. */
void wuyou_shelf_close (void);

G_END_DECLS
