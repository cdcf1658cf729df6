/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"

/* Short forms for writing a field table: F (WuyouOrg, name, TEXT, N_("Name"), ALWAYS, USER, 1, 80, "org"). */
#define WUYOU_FIELD(type, member, kind_, label_, flags_, pi_, min_, max_, values_, section_, authority_)               \
  {                                                                                                                    \
    .name = #member, .label = label_, .kind = WUYOU_KIND_##kind_, .offset = G_STRUCT_OFFSET (type, member),            \
    .flags = flags_, .pi = WUYOU_PI_##pi_, .min = min_, .max = max_, .values = values_, .section = section_,           \
    .authority = authority_                                                                                            \
  }

#define WUYOU_RECORD_FUNCTIONS(Type, prefix)                                                                           \
  Type *prefix##_new (void)                                                                                            \
  {                                                                                                                    \
    return wuyou_record_new (&prefix##_type);                                                                          \
  }                                                                                                                    \
  void prefix##_free (Type *record)                                                                                    \
  {                                                                                                                    \
    wuyou_record_free (&prefix##_type, record);                                                                        \
  }
