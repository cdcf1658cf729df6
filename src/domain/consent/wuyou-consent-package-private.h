/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-consent-package.h"

G_BEGIN_DECLS

#define WUYOU_PACKAGE_FORMAT "wuyou-consent-package-1"
#define WUYOU_PACKAGE_MAX_BYTES (32 * 1024 * 1024)

/* What the operator signs: the format's name and the canonical package without its signature. Owned. */
char *_wuyou_package_dup_message (JsonObject *package);

G_END_DECLS
