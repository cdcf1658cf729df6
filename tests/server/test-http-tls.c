/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-http-test.h"
#include "wuyou-test.h"

typedef struct {
  char *cert, *key;
} Files;

static void
write_pem (const char *path, const gnutls_datum_t *pem)
{
  g_assert_true (g_file_set_contents (path, (const char *) pem->data, pem->size, NULL));
}

/* A certificate of its own for localhost with this serial number. */
static void
make_certificate (const Files *files, guint8 serial)
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t cert;
  gnutls_datum_t pem;

  gnutls_x509_privkey_init (&key);
  gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  gnutls_x509_crt_init (&cert);
  gnutls_x509_crt_set_version (cert, 3);
  gnutls_x509_crt_set_serial (cert, &serial, 1);
  gnutls_x509_crt_set_activation_time (cert, time (NULL) - 3600);
  gnutls_x509_crt_set_expiration_time (cert, time (NULL) + 3600);
  gnutls_x509_crt_set_dn (cert, "CN=localhost", NULL);
  gnutls_x509_crt_set_key (cert, key);
  g_assert_cmpint (gnutls_x509_crt_sign2 (cert, cert, key, GNUTLS_DIG_SHA256, 0), ==, 0);
  gnutls_x509_crt_export2 (cert, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (files->cert, &pem);
  gnutls_free (pem.data);
  gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem);
  write_pem (files->key, &pem);
  gnutls_free (pem.data);
  gnutls_x509_crt_deinit (cert);
  gnutls_x509_privkey_deinit (key);
}

typedef struct {
  int fd;
  gnutls_session_t session;
  gnutls_certificate_credentials_t credentials;
  int result; /* of the handshake */
} Client;

static void
client_open (Client *client, WuyouHttpTest *test, const char *priorities)
{
  client->fd = wuyou_http_test_connect (test);
  gnutls_init (&client->session, GNUTLS_CLIENT);
  gnutls_certificate_allocate_credentials (&client->credentials);
  gnutls_credentials_set (client->session, GNUTLS_CRD_CERTIFICATE, client->credentials);
  gnutls_priority_set_direct (client->session, priorities, NULL);
  gnutls_transport_set_int (client->session, client->fd);
  gnutls_handshake_set_timeout (client->session, 5000);
  do
    client->result = gnutls_handshake (client->session);
  while (client->result < 0 && !gnutls_error_is_fatal (client->result));
}

static void
client_close (Client *client)
{
  gnutls_deinit (client->session);
  gnutls_certificate_free_credentials (client->credentials);
  close (client->fd);
}

static guint
client_get_serial (Client *client)
{
  unsigned int n;
  const gnutls_datum_t *list = gnutls_certificate_get_peers (client->session, &n);
  gnutls_x509_crt_t cert;
  guint8 serial[20];
  gsize length = sizeof serial;

  g_assert_cmpuint (n, >=, 1);
  gnutls_x509_crt_init (&cert);
  gnutls_x509_crt_import (cert, &list[0], GNUTLS_X509_FMT_DER);
  gnutls_x509_crt_get_serial (cert, serial, &length);
  gnutls_x509_crt_deinit (cert);
  return serial[length - 1];
}

static void
client_get (Client *client)
{
  static const char request[] = "GET /v1/support HTTP/1.1\r\nHost: a\r\n\r\n";
  char buffer[4096];
  gssize n;

  g_assert_cmpint (gnutls_record_send (client->session, request, strlen (request)), ==, strlen (request));
  do
    n = gnutls_record_recv (client->session, buffer, sizeof buffer - 1);
  while (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED);
  g_assert_cmpint (n, >, 0);
  buffer[n] = '\0';
  g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200"));
  g_assert_nonnull (strstr (buffer, "Strict-Transport-Security: max-age="));
}

static WuyouHttpTest *
new_test (const Files *files)
{
  WuyouHttpTest *test = wuyou_http_test_new ();

  test->config->tls_cert = g_strdup (files->cert);
  test->config->tls_key = g_strdup (files->key);
  return test;
}

static void
files_init (Files *files)
{
  const char *folder = wuyou_test_new_dir ();

  files->cert = g_build_filename (folder, "cert.pem", NULL);
  files->key = g_build_filename (folder, "key.pem", NULL);
  make_certificate (files, 1);
}

static void
files_clear (Files *files)
{
  g_free (files->cert);
  g_free (files->key);
}

static void
test_versions (void)
{
  static const struct {
    const char *priorities;
    gboolean good;
  } cases[] = {
    { "NORMAL:-VERS-ALL:+VERS-TLS1.3", TRUE },
    { "NORMAL:-VERS-ALL:+VERS-TLS1.2", TRUE },
    { "NORMAL:-VERS-ALL:+VERS-TLS1.1:+SHA1:+CIPHER-ALL:%ALLOW_SMALL_RECORDS", FALSE },
    { "NORMAL:-VERS-ALL:+VERS-TLS1.0", FALSE },
  };
  Files files;
  WuyouHttpTest *test;

  files_init (&files);
  test = new_test (&files);
  wuyou_http_test_start (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Client client;

    client_open (&client, test, cases[i].priorities);
    g_test_message ("%s: %s", cases[i].priorities, gnutls_strerror (client.result));
    g_assert_cmpint (client.result == GNUTLS_E_SUCCESS, ==, cases[i].good);
    if (cases[i].good)
      client_get (&client);
    client_close (&client);
  }
  wuyou_http_test_free (test);
  files_clear (&files);
}

/* The old connection goes on with the old certificate, the next one has the new. A bad file changes nothing. */
static void
test_reload (void)
{
  Files files;
  WuyouHttpTest *test;
  Client before, after, last;
  g_autoptr (GError) error = NULL;

  files_init (&files);
  test = new_test (&files);
  wuyou_http_test_start (test);
  client_open (&before, test, "NORMAL");
  g_assert_cmpint (before.result, ==, 0);
  g_assert_cmpuint (client_get_serial (&before), ==, 1);
  make_certificate (&files, 2);
  wuyou_server_reload_tls (test->server, &error);
  g_assert_no_error (error);
  client_open (&after, test, "NORMAL");
  g_assert_cmpuint (client_get_serial (&after), ==, 2);
  client_get (&after);
  client_get (&before);
  g_assert_true (g_file_set_contents (files.key, "nonsense", -1, NULL));
  g_assert_false (wuyou_server_reload_tls (test->server, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
  client_open (&last, test, "NORMAL");
  g_assert_cmpuint (client_get_serial (&last), ==, 2);
  client_close (&before);
  client_close (&after);
  client_close (&last);
  wuyou_http_test_free (test);
  files_clear (&files);
}

static gpointer
reload_often (gpointer data)
{
  for (guint i = 0; i < 60; i++)
    g_assert_true (wuyou_server_reload_tls (data, NULL));
  return NULL;
}

static void
test_reload_under_load (void)
{
  Files files;
  WuyouHttpTest *test;
  GThread *thread;

  files_init (&files);
  test = new_test (&files);
  wuyou_http_test_start (test);
  thread = g_thread_new ("reload", reload_often, test->server);
  for (guint i = 0; i < 40; i++) {
    Client client;

    client_open (&client, test, "NORMAL");
    g_assert_cmpint (client.result, ==, 0);
    client_get (&client);
    client_close (&client);
  }
  g_thread_join (thread);
  wuyou_http_test_free (test);
  files_clear (&files);
}

/* Half a handshake does not hold a connection, and clear text on the TLS port is no request. */
static void
test_unfinished (void)
{
  Files files;
  WuyouHttpTest *test;
  int mute, clear;
  g_autoptr (WuyouHttpReply) reply = NULL;

  files_init (&files);
  test = new_test (&files);
  test->config->header_seconds = 1;
  wuyou_http_test_start (test);
  mute = wuyou_http_test_connect (test);
  wuyou_http_test_send (mute, "\026\003\001\002\000\001", 6);
  clear = wuyou_http_test_connect (test);
  wuyou_http_test_send (clear, "GET /v1/support HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  reply = wuyou_http_test_read (clear, 3000);
  g_assert_cmpuint (reply->status, ==, 0);
  g_assert_true (wuyou_http_test_is_closed (mute, 4000));
  close (mute);
  close (clear);
  wuyou_http_test_free (test);
  files_clear (&files);
}

static void
test_bad_files (void)
{
  Files files, other;
  WuyouHttpTest *test;
  g_autoptr (GError) error = NULL;

  files_init (&files);
  files_init (&other);
  test = wuyou_http_test_new ();
  test->config->tls_cert = g_strdup (files.cert);
  test->config->tls_key = g_strdup (other.key);
  test->server = wuyou_server_new (&test->context, test->router);
  g_assert_false (wuyou_server_start (test->server, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  g_clear_pointer (&test->config->tls_key, g_free);
  g_assert_false (wuyou_server_start (test->server, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID);
  wuyou_http_test_free (test);
  files_clear (&files);
  files_clear (&other);
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/http/tls/versions", test_versions);
  g_test_add_func ("/http/tls/reload", test_reload);
  g_test_add_func ("/http/tls/reload-under-load", test_reload_under_load);
  g_test_add_func ("/http/tls/unfinished", test_unfinished);
  g_test_add_func ("/http/tls/bad-files", test_bad_files);
  return g_test_run ();
}
