/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-tls.h"

#include <string.h>

#include "base/wuyou-error.h"

/* Credentials that were replaced stay until handshakes that began with them are surely over. */
#define N_RETIRED 16

struct _WuyouTls {
  GMutex lock;
  char *cert_path, *key_path;
  char *cert_pem, *key_pem;
  gnutls_certificate_credentials_t current;
  GQueue retired;
};

static gnutls_certificate_credentials_t
load (const char *cert_pem, const char *key_pem, GError **error)
{
  gnutls_datum_t cert = { (unsigned char *) cert_pem, (unsigned int) strlen (cert_pem) };
  gnutls_datum_t key = { (unsigned char *) key_pem, (unsigned int) strlen (key_pem) };
  gnutls_certificate_credentials_t credentials;
  int result;

  gnutls_certificate_allocate_credentials (&credentials);
  result = gnutls_certificate_set_x509_key_mem2 (credentials, &cert, &key, GNUTLS_X509_FMT_PEM, NULL, 0);
  if (result >= 0)
    return credentials;
  gnutls_certificate_free_credentials (credentials);
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "certificate and key: %s", gnutls_strerror (result));
  return NULL;
}

static char *
read_file (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &local))
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, local->message);
  return text;
}

WuyouTls *
wuyou_tls_new (const char *cert, const char *key, GError **error)
{
  g_autofree char *cert_pem = read_file (cert, error);
  g_autofree char *key_pem = cert_pem != NULL ? read_file (key, error) : NULL;
  gnutls_certificate_credentials_t credentials = key_pem != NULL ? load (cert_pem, key_pem, error) : NULL;
  WuyouTls *tls;

  if (credentials == NULL)
    return NULL;
  tls = g_new0 (WuyouTls, 1);
  g_mutex_init (&tls->lock);
  g_queue_init (&tls->retired);
  tls->cert_path = g_strdup (cert);
  tls->key_path = g_strdup (key);
  tls->cert_pem = g_steal_pointer (&cert_pem);
  tls->key_pem = g_steal_pointer (&key_pem);
  tls->current = credentials;
  return tls;
}

gboolean
wuyou_tls_reload (WuyouTls *tls, GError **error)
{
  g_autofree char *cert_pem = read_file (tls->cert_path, error);
  g_autofree char *key_pem = cert_pem != NULL ? read_file (tls->key_path, error) : NULL;
  gnutls_certificate_credentials_t credentials = key_pem != NULL ? load (cert_pem, key_pem, error) : NULL;

  if (credentials == NULL)
    return FALSE;
  g_mutex_lock (&tls->lock);
  g_queue_push_tail (&tls->retired, tls->current);
  tls->current = credentials;
  if (tls->retired.length > N_RETIRED)
    gnutls_certificate_free_credentials (g_queue_pop_head (&tls->retired));
  g_mutex_unlock (&tls->lock);
  return TRUE;
}

void
wuyou_tls_free (WuyouTls *tls)
{
  if (tls == NULL)
    return;
  while (tls->retired.length > 0)
    gnutls_certificate_free_credentials (g_queue_pop_head (&tls->retired));
  gnutls_certificate_free_credentials (tls->current);
  g_mutex_clear (&tls->lock);
  g_free (tls->cert_path);
  g_free (tls->key_path);
  g_free (tls->cert_pem);
  if (tls->key_pem != NULL)
    gnutls_memset (tls->key_pem, 0, strlen (tls->key_pem));
  g_free (tls->key_pem);
  g_free (tls);
}

void
wuyou_tls_apply (WuyouTls *tls, gnutls_session_t session)
{
  g_mutex_lock (&tls->lock);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, tls->current);
  g_mutex_unlock (&tls->lock);
}

const char *
wuyou_tls_get_cert_pem (const WuyouTls *tls)
{
  return tls->cert_pem;
}

const char *
wuyou_tls_get_key_pem (const WuyouTls *tls)
{
  return tls->key_pem;
}
