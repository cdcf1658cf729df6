/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "accounts/wuyou-password-rules.h"
#include "wuyou-test.h"

static const char *const words[] = { "li.hua@anda.example", "李华 Li Hua", "安达汽车", NULL };

static void
test_take (void)
{
  static const char *const passwords[] = {
    "correct horse battery staple", "tapir-velvet-oktober",   "我家的猫每天早上五点叫我起床", "xK9#mQ2$vL7@",
    "Regenschirm7Kaktus",           "lamp🦊river🦊stone",
  };

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++) {
    GError *error = NULL;

    wuyou_password_check (passwords[i], words, &error);
    g_assert_no_error (error);
    g_assert_cmpint (wuyou_password_strength (passwords[i], words), >=, 1);
  }
}

static void
test_refuse (void)
{
  static const struct {
    const char *password, *says;
  } cases[] = {
    { NULL, "choose" },
    { "", "12 characters" },
    { "short1!", "12 characters" },
    { "xK9#mQ2$vL7", "12 characters" },
    { "password1234", "leaks" },
    { "P@ssw0rd2026", "leaks" },
    { "Passw0rd!Passw0rd!", "leaks" },
    { "qwertyuiop123", "leaks" },
    { "1qaz2wsx3edc", "leaks" },
    { "woaini5201314", "leaks" },
    { "admin123456789", "leaks" },
    { "aaaaaaaaaaaa", "row" },
    { "cdefghijklmnop", "row" },
    { "5678901234567890", "" },
    { "LiHua@anda2026", "name" },
    { "安达汽车安达汽车安达汽车", "name" },
    { "andaandaanda2026", "name" },
    { "corr\x01"
      "ct horse battery",
      "control" },
    { "\xC3\x28 horse battery staple", "choose" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GError *error = NULL;

    if (wuyou_password_check (cases[i].password, words, &error))
      g_error ("taken: %s", cases[i].password);
    if (strstr (error->message, cases[i].says) == NULL)
      g_error ("%s: %s", cases[i].password, error->message);
    wuyou_test_expect_error (&error, WUYOU_ERROR_WEAK_PASSWORD, NULL);
    g_assert_cmpint (wuyou_password_strength (cases[i].password, words), ==, 0);
  }
}

static void
test_length (void)
{
  g_autoptr (GString) password = g_string_new (NULL);

  for (int i = 0; i < 32; i++)
    g_string_append (password, "k9Xv");
  g_assert_true (wuyou_password_check (password->str, NULL, NULL));
  g_string_append_c (password, 'z');
  g_assert_false (wuyou_password_check (password->str, NULL, NULL));
  for (int i = 0; i < 100000; i++)
    g_string_append_c (password, 'z');
  g_assert_false (wuyou_password_check (password->str, NULL, NULL));
}

static void
test_similar (void)
{
  g_assert_true (wuyou_password_is_similar ("tapir-velvet-oktober2", "tapir-velvet-oktober1"));
  g_assert_true (wuyou_password_is_similar ("Tapir-Velvet-Oktober", "tapir-velvet-oktober"));
  g_assert_true (wuyou_password_is_similar ("my tapir-velvet-oktober", "tapir-velvet-oktober"));
  g_assert_true (wuyou_password_is_similar ("tapir-velvet-oktober", "tapir-velvet-oktober"));
  g_assert_false (wuyou_password_is_similar ("correct horse battery", "tapir-velvet-oktober"));
  g_assert_false (wuyou_password_is_similar (NULL, "x"));
  g_assert_false (wuyou_password_is_similar ("\xFF", "x"));
}

static void
test_prepare (void)
{
  char *password = wuyou_password_prepare ("cafe\xCC\x81\xE3\x80\x80 au lait");

  g_assert_cmpstr (password, ==, "caf\xC3\xA9  au lait");
  wuyou_password_free (password);
  g_assert_null (wuyou_password_prepare (NULL));
  g_assert_null (wuyou_password_prepare ("\xFF"));
  wuyou_password_free (NULL);
}

static void
test_strength_grows (void)
{
  g_assert_cmpint (wuyou_password_strength ("tapir-velvet-oktober-lantern", words), ==, 4);
  g_assert_cmpint (wuyou_password_strength ("xK9#mQ2$vL7@", words), <, 4);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/accounts/password/take", test_take);
  g_test_add_func ("/accounts/password/refuse", test_refuse);
  g_test_add_func ("/accounts/password/length", test_length);
  g_test_add_func ("/accounts/password/similar", test_similar);
  g_test_add_func ("/accounts/password/prepare", test_prepare);
  g_test_add_func ("/accounts/password/strength", test_strength_grows);
  return g_test_run ();
}
