/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The Secret Service, asked asynchronously and never waited for longer than WUYOU_KEYRING_TIMEOUT. */
#define WUYOU_KEYRING_TIMEOUT 5 /* seconds */

typedef enum {
  WUYOU_KEYRING_READY,
  WUYOU_KEYRING_NO_SERVICE,    /* nobody answers on the bus, or no bus */
  WUYOU_KEYRING_NO_COLLECTION, /* a service, but no keyring was ever made */
  WUYOU_KEYRING_LOCKED,
} WuyouKeyringState;

/* Never fails: the answer is one of the above. */
void wuyou_keyring_probe_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WuyouKeyringState wuyou_keyring_probe_finish (GAsyncResult *result);
/* What to tell a person about a state other than READY; translated, static. */
const char *wuyou_keyring_sentence (WuyouKeyringState state);

/* @secret is JSON text of ours, one item a @slot (server and account). Lookup gives NULL without error when there is
 * none. Errors are UNAVAILABLE (no usable keyring), TIMEOUT or CANCELLED. */
void wuyou_keyring_store_async (const char *slot,
                                const char *secret,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean wuyou_keyring_store_finish (GAsyncResult *result, GError **error);
void wuyou_keyring_lookup_async (const char *slot,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
char *wuyou_keyring_lookup_finish (GAsyncResult *result, GError **error); /* owned; free with wuyou_keyring_free */
void wuyou_keyring_free (char *secret);                                   /* wipes first */
/* Suspension, termination: destroys the item; nobody waits for it. */
void wuyou_keyring_clear (const char *slot);

G_END_DECLS
