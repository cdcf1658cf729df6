/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "hostile-text.h"
#include "sales/wuyou-contact.h"
#include "sales/wuyou-invoice.h"
#include "wuyou-test.h"

typedef struct {
  const char *typed, *normal; /* NULL: refused */
} Case;

static void
assert_cases (const Case *cases, guint count, char *(*normalise) (const char *), CheckFunc check)
{
  for (guint i = 0; i < count; i++) {
    g_autofree char *normal = normalise (cases[i].typed);
    g_autoptr (GError) error = NULL;

    if (check (normal, &error) != (cases[i].normal != NULL))
      g_error ("%s → %s: %s", cases[i].typed, normal, error != NULL ? error->message : "taken");
    if (cases[i].normal != NULL)
      g_assert_cmpstr (normal, ==, cases[i].normal);
    else
      g_assert_true (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_INVALID));
  }
}

static void
test_mobile (void)
{
  static const Case cases[] = {
    { "13812345678", "13812345678" },
    { " 138 1234 5678 ", "13812345678" },
    { "138-1234-5678", "13812345678" },
    { "+86 138 1234 5678", "13812345678" },
    { "008613812345678", "13812345678" },
    { "8613812345678", "13812345678" },
    { "(+86)13812345678", "13812345678" },
    { "１３８１２３４５６７８", "13812345678" },
    { "19912345678", "19912345678" },
    { "+852 9123 4567", "+85291234567" },
    { "00853 6612 3456", "+85366123456" },
    { "12812345678", NULL },
    { "1381234567", NULL },
    { "138123456789", NULL },
    { "23812345678", NULL },
    { "+1 212 555 0100", NULL },
    { "+852 912 345", NULL },
    { "1381234567a", NULL },
    { "١٣٨١٢٣٤٥٦٧٨", NULL },
    { "+-13812345678x", NULL },
    { "138+12345678", NULL },
    { NULL, NULL },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), wuyou_mobile_normalise, wuyou_mobile_check);
  assert_refuses_hostile (wuyou_mobile_check, "13812345678");
  assert_refuses_long (wuyou_mobile_check, "1");
}

static void
test_email (void)
{
  static const Case cases[] = {
    { " Li.Hua@Anda.Example ", "li.hua@anda.example" },
    { "lihua＠anda.example", "lihua@anda.example" },
    { "lihua@anda。example", "lihua@anda.example" },
    { "a+b_c-d@x-y.example.com", "a+b_c-d@x-y.example.com" },
    { "o'neil@anda.example", "o'neil@anda.example" },
    { "12345@qq.com", "12345@qq.com" },
    { "lihua", NULL },
    { "lihua@", NULL },
    { "@anda.example", NULL },
    { "a@b@anda.example", NULL },
    { "lihua@anda", NULL },
    { "lihua@anda..example", NULL },
    { ".lihua@anda.example", NULL },
    { "li..hua@anda.example", NULL },
    { "lihua.@anda.example", NULL },
    { "lihua@-anda.example", NULL },
    { "lihua@anda-.example", NULL },
    { "lihua@127.0.0.1", NULL },
    { "lihua@anda.e", NULL },
    { "李华@anda.example", NULL },
    { "lihua@安达.example", NULL },
    { "li\"hua@anda.example", NULL },
    { "lihua@anda.example,other@anda.example", NULL },
    { "lihua@anda.example\r\nBcc: all@anda.example", NULL },
    { NULL, NULL },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  assert_cases (cases, G_N_ELEMENTS (cases), wuyou_email_normalise, wuyou_email_check);
  assert_refuses_hostile (wuyou_email_check, "");
  assert_refuses_long (wuyou_email_check, "a");
  for (int i = 0; i < 64; i++)
    g_string_append_c (text, 'a');
  g_string_append (text, "@anda.example");
  g_assert_true (wuyou_email_check (text->str, NULL));
  g_string_prepend_c (text, 'a');
  g_assert_false (wuyou_email_check (text->str, NULL));
}

static void
test_plate (void)
{
  static const Case cases[] = {
    { "京A12345", "京A12345" },
    { "京·A 12345", "京A12345" },
    { "辽ａ１２３４５", "辽A12345" },
    { "沪AD12345", "沪AD12345" },
    { "粤BF1234", "粤BF1234" },
    { "粤BFA1234", "粤BFA1234" },
    { "粤B12345D", "粤B12345D" },
    { "粤B12345K", "粤B12345K" },
    { "京AK12345", "京AK12345" },
    { "粤Z1234港", "粤Z1234港" },
    { "粤Z1234澳", "粤Z1234澳" },
    { "京A1234学", "京A1234学" },
    { "京A1234警", "京A1234警" },
    { "沪A0023领", "沪A0023领" },
    { "使123456", "使123456" },
    { "京A1234I", NULL },
    { "京A1234O", NULL },
    { "京AI1234", NULL },
    { "京A1234", NULL },
    { "京A123456", NULL },
    { "粤B12345L", NULL },
    { "粤BI12345", NULL },
    { "粤BDAB123", NULL },
    { "A12345", NULL },
    { "美A12345", NULL },
    { "京112345", NULL },
    { "京京12345", NULL },
    { "使12345", NULL },
    { "京", NULL },
    { "", NULL },
    { NULL, NULL },
    { "京A1234港港", NULL },
    { "港A12345", NULL },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), wuyou_plate_normalise, wuyou_plate_check);
  assert_refuses_hostile (wuyou_plate_check, "京A12345");
  assert_refuses_long (wuyou_plate_check, "京");
  g_assert_true (wuyou_plate_is_new_energy ("沪AD12345"));
  g_assert_true (wuyou_plate_is_new_energy ("粤B12345D"));
  g_assert_false (wuyou_plate_is_new_energy ("京A12345"));
  g_assert_false (wuyou_plate_is_new_energy (NULL));
}

static gboolean
check_number (const char *text, GError **error)
{
  return wuyou_invoice_check (NULL, text, error);
}

static void
test_invoice (void)
{
  static const struct {
    const char *code, *number;
    gboolean right;
  } cases[] = {
    { NULL, "26112000001234567890", TRUE },
    { "", "26112000001234567890", TRUE },
    { "131002620731", "00123456", TRUE },
    { NULL, "13100262073100123456", TRUE }, /* code and number in one entry */
    { "131002620731", "26112000001234567890", FALSE },
    { NULL, "00123456", FALSE },
    { "13100262073", "00123456", FALSE },
    { "131002620731", "0012345", FALSE },
    { "131002620731", NULL, FALSE },
    { NULL, NULL, FALSE },
    { NULL, "2611200000123456789X", FALSE },
    { "13100262073X", "00123456", FALSE },
    { "\xE2\x80\xAE", "26112000001234567890", FALSE },
  };
  g_autofree char *normal = wuyou_invoice_normalise (" ２６112000 00-1234567890");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (wuyou_invoice_check (cases[i].code, cases[i].number, NULL), ==, cases[i].right);
  g_assert_cmpstr (normal, ==, "26112000001234567890");
  assert_refuses_hostile (check_number, "26112000001234567890");
  assert_refuses_long (check_number, "1");
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/sales/contact/mobile", test_mobile);
  g_test_add_func ("/sales/contact/email", test_email);
  g_test_add_func ("/sales/contact/plate", test_plate);
  g_test_add_func ("/sales/invoice/check", test_invoice);
  return g_test_run ();
}
