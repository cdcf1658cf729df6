/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The API as an OpenAPI 3.1 document, made from the table of routes, the field tables and the table of errors;
 * appended to @out. */
void wuyou_openapi_write (GString *out);

G_END_DECLS
