/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "base/wuyou-field.h"

G_BEGIN_DECLS

/* Why a claim is refused (requirements 9.2); the product version says which of them it has. */
typedef enum {
  WUYOU_EXCLUSION_IDENTITY_MISMATCH = 1,
  WUYOU_EXCLUSION_BEFORE_EFFECTIVE,
  WUYOU_EXCLUSION_PARTIAL_LOSS,
  WUYOU_EXCLUSION_NO_MOTOR_COVER,
  WUYOU_EXCLUSION_MODIFIED,
  WUYOU_EXCLUSION_TRANSFERRED,
  WUYOU_EXCLUSION_REPLACEMENT_BELOW_90,
  WUYOU_EXCLUSION_OTHER_BRAND,
  WUYOU_EXCLUSION_INTENT_OR_FRAUD,
  WUYOU_EXCLUSION_MISUSE,
  WUYOU_EXCLUSION_WEAR_OR_DEFECT,
  WUYOU_EXCLUSION_WAR_OR_RIOT,
  WUYOU_EXCLUSION_NUCLEAR_OR_POLLUTION,
  WUYOU_EXCLUSION_OFFICIAL_ACT,
  WUYOU_EXCLUSION_INDIRECT_LOSS,
  WUYOU_EXCLUSION_FILED_LATE,
  WUYOU_EXCLUSION_DOCUMENTS_MISSING,
} WuyouExclusion;
extern const WuyouEnum wuyou_exclusions[];

/* How the product version words it, and the clause of its terms that says so. NULL where it says nothing; owned. */
void wuyou_exclusion_read (const char *benefit_json, int exclusion, char **ret_title, char **ret_clause);
/* The clause alone, in terms that are read once for several; borrowed from @benefit, which may be NULL. */
const char *wuyou_exclusion_find_clause (JsonObject *benefit, int exclusion);
/* Only for what the product version says a claim is refused (requirements 9.1). */
gboolean wuyou_exclusion_is_listed (const char *benefit_json, int exclusion);

G_END_DECLS
