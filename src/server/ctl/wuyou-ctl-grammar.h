/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "ctl/wuyou-ctl.h"

G_BEGIN_DECLS

/* Sorts @words (without the command's name) into options and arguments by the command's own line of help; a usage
 * error for what does not fit it. */
gboolean wuyou_ctl_parse (WuyouCtl *ctl, char **words, GError **error);

G_END_DECLS
