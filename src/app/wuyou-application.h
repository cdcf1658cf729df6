/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WUYOU_TYPE_APPLICATION (wuyou_application_get_type ())
G_DECLARE_FINAL_TYPE (WuyouApplication, wuyou_application, WUYOU, APPLICATION, AdwApplication)

/* @settings is referenced. Options: --server URL, --version. */
WuyouApplication *wuyou_application_new (GSettings *settings);

G_END_DECLS
