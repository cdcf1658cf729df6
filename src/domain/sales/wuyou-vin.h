/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-date.h"
#include "sales/wuyou-product.h"

G_BEGIN_DECLS

/* Vehicle identification numbers: ISO 3779, GB 16735; policy of requirements 8.1. */
#define WUYOU_VIN_LENGTH 17

typedef struct {
  WuyouBrand brand;        /* 0 when the maker's code does not tell */
  const char *maker;       /* N_(), NULL for an unknown maker's code */
  gboolean is_china_built; /* L…: the check digit is compulsory */
  gboolean check_digit_is_right;
  char expected_check_digit; /* 0 when the VIN cannot be read */
  int model_year;            /* of the tenth character, the latest not after next year; 0 for none. A hint only. */
  int earlier_model_year;    /* thirty years before, or 0 */
  gboolean needs_reason;     /* acceptable, but only with a written reason (wuyou_vin_dup_caution says why) */
} WuyouVinFinding;

/* Trims, makes upper case, drops spaces and dashes, full-width to ASCII; O and I stay, to be explained. Owned. */
char *wuyou_vin_normalise (const char *typed);

/* The hard rules: length, characters, repetition, motorcycles, check digit of China-built cars. */
gboolean wuyou_vin_check (const char *vin, GError **error);

/* All zero for a VIN that wuyou_vin_check refuses for its length or characters. */
WuyouVinFinding wuyou_vin_examine (const char *vin, WuyouDate today);

/* Why a VIN that passes the check still needs a second look and a reason: a wrong check digit of an imported
 * car, an unknown maker's code. Translated; owned; NULL when there is nothing to say. */
char *wuyou_vin_dup_caution (const char *vin);

/* The check digit that belongs in the ninth place, '0' … '9' or 'X'; 0 when the other characters cannot be read. */
char wuyou_vin_compute_check_digit (const char *vin);

G_END_DECLS
