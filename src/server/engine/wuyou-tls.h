/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>
#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/* Certificate and key of the server, exchangeable while it runs: each new session takes what is current. */
typedef struct _WuyouTls WuyouTls;

#define WUYOU_TLS_PRIORITIES "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"

/* PEM files: chain and key. UNAVAILABLE when one cannot be read or they do not fit each other. */
WuyouTls *wuyou_tls_new (const char *cert, const char *key, GError **error);
gboolean wuyou_tls_reload (WuyouTls *tls, GError **error);
void wuyou_tls_free (WuyouTls *tls); /* after the last session */

/* Before the handshake. */
void wuyou_tls_apply (WuyouTls *tls, gnutls_session_t session);
/* What was read first, for a library that insists on a certificate of its own; borrowed. */
const char *wuyou_tls_get_cert_pem (const WuyouTls *tls);
const char *wuyou_tls_get_key_pem (const WuyouTls *tls);

G_END_DECLS
