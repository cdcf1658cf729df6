/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "hostile-text.h"
#include "sales/wuyou-credit-code.h"
#include "sales/wuyou-identity.h"
#include "wuyou-test.h"

static void
test_check (void)
{
  static const struct {
    WuyouIdentityType type;
    const char *number;
    gboolean right;
  } cases[] = {
    { WUYOU_IDENTITY_RESIDENT, "11010519491231002X", TRUE },
    { WUYOU_IDENTITY_RESIDENT, "440524188001010014", TRUE },
    { WUYOU_IDENTITY_RESIDENT, "810000199801010017", TRUE },
    { WUYOU_IDENTITY_RESIDENT, "110105194912310021", FALSE },
    { WUYOU_IDENTITY_RESIDENT, "11010519491231002x", FALSE }, /* normalised first */
    { WUYOU_IDENTITY_RESIDENT, "11010519490231002X", FALSE },
    { WUYOU_IDENTITY_RESIDENT, "110105491231002", FALSE },
    { WUYOU_IDENTITY_RESIDENT, "1101051949123100X2", FALSE },
    { WUYOU_IDENTITY_RESIDENT, "01010519491231002X", FALSE },
    { WUYOU_IDENTITY_RESIDENCE_PERMIT, "810000199801010017", TRUE },
    { WUYOU_IDENTITY_RESIDENCE_PERMIT, "11010519491231002X", FALSE },
    { WUYOU_IDENTITY_HK_MACAU_PERMIT, "H12345678", TRUE },
    { WUYOU_IDENTITY_HK_MACAU_PERMIT, "M1234567801", TRUE },
    { WUYOU_IDENTITY_HK_MACAU_PERMIT, "H1234567", FALSE },
    { WUYOU_IDENTITY_HK_MACAU_PERMIT, "H123456780", FALSE },
    { WUYOU_IDENTITY_HK_MACAU_PERMIT, "A12345678", FALSE },
    { WUYOU_IDENTITY_TAIWAN_PERMIT, "12345678", TRUE },
    { WUYOU_IDENTITY_TAIWAN_PERMIT, "1234567890", TRUE },
    { WUYOU_IDENTITY_TAIWAN_PERMIT, "1234567890B", TRUE },
    { WUYOU_IDENTITY_TAIWAN_PERMIT, "123456789", FALSE },
    { WUYOU_IDENTITY_TAIWAN_PERMIT, "12345678B", FALSE },
    { WUYOU_IDENTITY_FOREIGN_RESIDENCE, "USA123456789012", TRUE },
    { WUYOU_IDENTITY_FOREIGN_RESIDENCE, "US1123456789012", FALSE },
    { WUYOU_IDENTITY_FOREIGN_RESIDENCE, "911124198111030023", FALSE },
    { WUYOU_IDENTITY_FOREIGN_RESIDENCE, "11010519491231002X", FALSE },
    { WUYOU_IDENTITY_PASSPORT, "E12345678", TRUE },
    { WUYOU_IDENTITY_PASSPORT, "EA1234567", TRUE },
    { WUYOU_IDENTITY_PASSPORT, "ABCDEFGH", FALSE },
    { WUYOU_IDENTITY_PASSPORT, "1234", FALSE },
    { WUYOU_IDENTITY_PASSPORT, "E12345678901234567890", FALSE },
    { WUYOU_IDENTITY_PASSPORT, "E1234567é", FALSE },
    { WUYOU_IDENTITY_CREDIT_CODE, "91350100M000100Y43", TRUE },
    { WUYOU_IDENTITY_CREDIT_CODE, "11010519491231002X", FALSE },
    { 0, "E12345678", FALSE },
    { 99, "E12345678", FALSE },
    { -1, "E12345678", FALSE },
    { WUYOU_IDENTITY_PASSPORT, NULL, FALSE },
    { WUYOU_IDENTITY_PASSPORT, "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    if (wuyou_identity_check (cases[i].type, cases[i].number, &error) != cases[i].right)
      g_error ("%d %s: %s", cases[i].type, cases[i].number, error != NULL ? error->message : "taken");
    g_assert_cmpint (error == NULL, ==, cases[i].right);
  }
}

/* The 18 characters of 2023: any body of 17 digits that begins with 9, with its check character. */
static void
test_foreign_residence (void)
{
  char number[19] = "91112419811103002";

  number[17] = wuyou_identity_compute_check (number);
  g_assert_true (wuyou_identity_check (WUYOU_IDENTITY_FOREIGN_RESIDENCE, number, NULL));
  number[17] = number[17] == '0' ? '1' : '0';
  g_assert_false (wuyou_identity_check (WUYOU_IDENTITY_FOREIGN_RESIDENCE, number, NULL));
}

static void
test_check_character (void)
{
  g_assert_cmpint (wuyou_identity_compute_check ("11010519491231002"), ==, 'X');
  g_assert_cmpint (wuyou_identity_compute_check ("440524188001010014"), ==, '4');
  g_assert_cmpint (wuyou_identity_compute_check ("810000199801010017"), ==, '7');
  g_assert_cmpint (wuyou_identity_compute_check (""), ==, 0);
  g_assert_cmpint (wuyou_identity_compute_check (NULL), ==, 0);
}

/* MOD 11-2 finds every single wrong digit. */
static void
test_noticed (void)
{
  const char *right = "11010519491231002X";

  for (int i = 0; i < 17; i++)
    for (char c = '0'; c <= '9'; c++) {
      g_autofree char *number = g_strdup (right);

      number[i] = c;
      if (c != right[i])
        g_assert_false (wuyou_identity_check (WUYOU_IDENTITY_RESIDENT, number, NULL));
    }
}

static void
test_messages (void)
{
  GError *error = NULL;

  g_assert_false (wuyou_identity_check (WUYOU_IDENTITY_RESIDENT, "110105194912310021", &error));
  g_assert_nonnull (strstr (error->message, "“X”"));
  g_assert_cmpstr (wuyou_error_get_authority (error), ==, "GB 11643-1999");
  g_clear_error (&error);
  g_assert_false (wuyou_identity_check (WUYOU_IDENTITY_RESIDENT, "110105491231002", &error));
  g_assert_nonnull (strstr (error->message, "15 digits"));
  g_clear_error (&error);
  g_assert_false (wuyou_credit_code_check ("91350100M000100Y40", &error));
  g_assert_nonnull (strstr (error->message, "“3”"));
  g_assert_cmpstr (wuyou_error_get_authority (error), ==, "GB 32100-2015");
  g_clear_error (&error);
  g_assert_false (wuyou_credit_code_check ("9135010OM000100Y43", &error));
  g_assert_nonnull (strstr (error->message, "place 8"));
  g_clear_error (&error);
}

static void
test_adult (void)
{
  char number[19] = "11010520081124002";

  number[17] = wuyou_identity_compute_check (number);
  g_assert_false (wuyou_identity_is_adult (WUYOU_IDENTITY_RESIDENT, number, wuyou_date_new (2026, 11, 23)));
  g_assert_true (wuyou_identity_is_adult (WUYOU_IDENTITY_RESIDENT, number, wuyou_date_new (2026, 11, 24)));
  g_assert_true (wuyou_identity_is_adult (WUYOU_IDENTITY_PASSPORT, number, wuyou_date_new (2026, 11, 23)));
  g_assert_true (wuyou_identity_is_adult (WUYOU_IDENTITY_RESIDENT, "x", wuyou_date_new (2026, 11, 23)));
  memcpy (number, "11010521901231002", 17);
  number[17] = wuyou_identity_compute_check (number);
  g_assert_false (wuyou_identity_is_adult (WUYOU_IDENTITY_RESIDENT, number, wuyou_date_new (2026, 11, 23)));
}

/* A sum that divides evenly by 31 gives 0; a table index of 31 would be a crash. */
static void
test_credit_code_zero (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  int zeros = 0;

  for (int i = 0; i < 31 * 31; i++) {
    char code[19] = "91350100M000100YA0";

    code[8] = alphabet[i / 31];
    code[16] = alphabet[i % 31];
    code[17] = wuyou_credit_code_compute_check (code);
    g_assert_true (wuyou_credit_code_check (code, NULL));
    zeros += code[17] == '0';
  }
  g_assert_cmpint (zeros, ==, 31);
}

static void
test_credit_code (void)
{
  g_autofree char *normal = wuyou_credit_code_normalise (" ９１350100 m000100y-43");

  g_assert_cmpstr (normal, ==, "91350100M000100Y43");
  g_assert_cmpint (wuyou_credit_code_compute_check ("91350100M000100Y4"), ==, '3');
  g_assert_true (wuyou_credit_code_has_right_organisation_code ("91350100M000100Y43"));
  g_assert_false (wuyou_credit_code_has_right_organisation_code ("91350100M000100Y53"));
  g_assert_false (wuyou_credit_code_has_right_organisation_code (NULL));
  g_assert_false (wuyou_credit_code_check (NULL, NULL));
  assert_refuses_hostile (wuyou_credit_code_check, "91350100M000100Y43");
  assert_refuses_long (wuyou_credit_code_check, "9");
}

static WuyouIdentityType hostile_type;

static gboolean
check_hostile (const char *text, GError **error)
{
  return wuyou_identity_check (hostile_type, text, error);
}

static void
test_hostile (void)
{
  static const char *const right[] = {
    [WUYOU_IDENTITY_RESIDENT] = "11010519491231002X",       [WUYOU_IDENTITY_RESIDENCE_PERMIT] = "810000199801010017",
    [WUYOU_IDENTITY_HK_MACAU_PERMIT] = "H12345678",         [WUYOU_IDENTITY_TAIWAN_PERMIT] = "12345678",
    [WUYOU_IDENTITY_FOREIGN_RESIDENCE] = "USA123456789012",
  };

  for (guint i = 1; i < G_N_ELEMENTS (right); i++) {
    hostile_type = i;
    g_assert_true (check_hostile (right[i], NULL));
    assert_refuses_hostile (check_hostile, right[i]);
    assert_refuses_long (check_hostile, right[i]);
  }
}

static void
test_normalise (void)
{
  g_autofree char *number = wuyou_identity_normalise (" １１０１０５ 19491231 002x ");

  g_assert_cmpstr (number, ==, "11010519491231002X");
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/sales/identity/check", test_check);
  g_test_add_func ("/sales/identity/check-character", test_check_character);
  g_test_add_func ("/sales/identity/noticed", test_noticed);
  g_test_add_func ("/sales/identity/foreign-residence", test_foreign_residence);
  g_test_add_func ("/sales/identity/messages", test_messages);
  g_test_add_func ("/sales/identity/adult", test_adult);
  g_test_add_func ("/sales/identity/hostile", test_hostile);
  g_test_add_func ("/sales/identity/normalise", test_normalise);
  g_test_add_func ("/sales/credit-code/check", test_credit_code);
  g_test_add_func ("/sales/credit-code/zero", test_credit_code_zero);
  return g_test_run ();
}
