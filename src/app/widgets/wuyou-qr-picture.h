/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A QR code of @text as a picture, dark on light in every colour scheme so that cameras read it; NULL when the text is
 * too long. @name is what a screen reader says. Floating. */
GtkWidget *wuyou_qr_picture_new (const char *text, const char *name, int size);

G_END_DECLS
