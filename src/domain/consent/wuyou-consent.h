/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-clock.h"
#include "base/wuyou-record.h"
#include "consent/wuyou-agreement.h"
#include "consent/wuyou-consent-log.h"

G_BEGIN_DECLS

/* Evidence that a person read and agreed (requirements 10.3): one row a capacity, hash-chained and signed. */
typedef enum {
  WUYOU_CAPACITY_PERSON = 1,   /* NATURAL_PERSON */
  WUYOU_CAPACITY_ORGANISATION, /* ORG_REPRESENTATIVE */
} WuyouCapacity;

typedef enum {
  WUYOU_DECISION_ACCEPTED = 1,
  WUYOU_DECISION_DECLINED,
} WuyouDecision;

extern const WuyouEnum wuyou_capacities[];
extern const WuyouEnum wuyou_decisions[];

/* Members marked C are sent by the client, all others are set by the server. */
typedef struct {
  char *id;        /* C: chosen by the client */
  char *linked_id; /* C: id of the row in the other capacity; NULL when there is only one */
  int capacity;
  int decision;      /* C */
  char *bundle_id;   /* C */
  char *bundle_hash; /* C: computed by the client from the bytes it showed */
  char *documents;   /* JSON array: code, id, title, version, effective_on, language, sha256, length */
  char *person_id;
  char *person_name;
  char *login;
  char *role;
  char *organisation_id;
  char *organisation_name;
  char *organisation_code; /* unified social credit code as on the licence (H-02) */
  char *organisation_address;
  char *branch_id;
  char *branch_name;
  char *cooperation_agreement; /* number: authority basis */
  char *appointment;           /* how the person was appointed: authority basis */
  char *button_label;          /* C: exactly as on the button */
  char *call_to_action;        /* C: the words around it */
  char *client_name;           /* C */
  char *client_version;        /* C */
  char *client_build;          /* C: hash of the program */
  char *locale;                /* C */
  gint64 window_width;         /* C */
  gint64 window_height;        /* C */
  gint64 font_percent;         /* C: 100 is normal */
  char *theme;                 /* C: "light", "dark", "high-contrast" */
  gint64 emphasis_spans;       /* C: bold or underlined spans rendered (Z9) */
  char *events;                /* C: JSON array: kind, document, at, server_at */
  gint64 dwell_seconds;        /* from the events: shown and in focus */
  char *auth_method;           /* "PASSWORD", "PASSWORD+TOTP" */
  gboolean auth_second_factor;
  gint64 auth_age_seconds;
  char *session_id;
  char *device_id;
  char *device_key;  /* public key, hex, when the device has one */
  char *address;     /* network address */
  char *host_hash;   /* C: SHA-256 of the host name */
  char *time_zone;   /* C */
  gint64 sent_at;    /* C: client's clock when it sent */
  gint64 clock_skew; /* microseconds, server minus client */
  gint64 received_at;
  char *time_source;
  char *copy_channel; /* where the person's copy went */
  char *copy_hash;
  char *previous_hash;   /* of the record before it in the chain; 64 zeros for the first */
  char *key_fingerprint; /* SHA-256 of the public key that signs */
  char *hash;            /* of the canonical record without hash and signature */
  char *signature;       /* Ed25519, hex */
} WuyouConsent;

extern const WuyouRecordType wuyou_consent_type;

WuyouConsent *wuyou_consent_new (void);
void wuyou_consent_free (WuyouConsent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouConsent, wuyou_consent_free)

/* The words on the buttons; a record with others is refused. @locale as in LANG; static. */
const char *wuyou_consent_agree_label (const char *locale);
const char *wuyou_consent_decline_label (const char *locale);
/* "您代表〈organisation〉并以个人名义同意…"; @organisation NULL for a person alone (P-03, P-04). Owned. */
char *wuyou_consent_dup_call_to_action (const char *locale, const char *organisation);

/* Copies what the record keeps of the documents, stamps received_at and skew, computes the dwell time. */
void wuyou_consent_receive (WuyouConsent *self, const WuyouBundle *bundle, gint64 now);
/* Every rule of an acceptance or refusal: hash of the bundle, end of every document reached between display and
 * decision, label, capacity, emphasis. INVALID with violations; STEP_UP_REQUIRED when signed in over an hour ago. */
gboolean wuyou_consent_check (const WuyouConsent *self, const WuyouBundle *bundle, GError **error);
/* One click, one row for each capacity: the person's, then the organisation's when it acts for one. Owned array of
 * WuyouConsent. The organisation's row takes @self's linked_id as its id. */
GPtrArray *wuyou_consent_split (const WuyouConsent *self);

#define WUYOU_SIGN_SECRET_BYTES 64
#define WUYOU_SIGN_PUBLIC_BYTES 32
#define WUYOU_CONSENT_FIRST_HASH "0000000000000000000000000000000000000000000000000000000000000000"

/* Canonical JSON of the record without hash and signature; owned. */
char *wuyou_consent_dup_canonical (const WuyouConsent *self);
/* Chains and signs: sets previous_hash, key_fingerprint, hash and signature. @secret is libsodium's 64 bytes. */
void wuyou_consent_seal (WuyouConsent *self, const char *previous_hash, const guint8 *secret);
/* INVALID with a violation for each thing that is not as it was signed. */
gboolean wuyou_consent_verify (const WuyouConsent *self, const guint8 *public_key, GError **error);
char *wuyou_consent_dup_fingerprint (const guint8 *public_key); /* owned hex */

G_END_DECLS
