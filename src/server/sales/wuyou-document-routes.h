/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* Uploads: announce, append at an offset, finish with the hash of the whole, read, take back. */
void wuyou_document_routes_register (WuyouRouter *router);

G_END_DECLS
