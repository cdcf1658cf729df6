/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-consent.h"
#include "accounts/wuyou-auth.h"
#include "consent/wuyou-consent-service.h"

G_BEGIN_DECLS

/* A person before the gate: who they are and act for, what they are asked, read in one snapshot. */
typedef struct {
  WuyouAccount *account;
  WuyouOrg *org;
  WuyouOrg *whole; /* the organisation a branch belongs to; else NULL */
  WuyouSession *session;
  WuyouKey *key; /* NULL: erased */
  WuyouConsentState state;
  WuyouBundle *bundle;   /* asked for or told of, else the one that was accepted; NULL when there is none */
  WuyouBundle *accepted; /* the one accepted before, when another is asked for or told of */
} WuyouConsentCase;

void wuyou_consent_case_clear (WuyouConsentCase *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouConsentCase, wuyou_consent_case_clear)
/* Zero before the first call; may be called again. */
gboolean wuyou_consent_case_load (WuyouConsentCase *self,
                                  WuyouServerContext *context,
                                  const WuyouRequest *request,
                                  GError **error);

/* As on the wire; @locale as in LANG. */
void wuyou_consent_case_write (const WuyouConsentCase *self, const char *locale, GString *out);
/* What the server knows of a record's person, organisation, session and authority. */
void wuyou_consent_case_fill (const WuyouConsentCase *self, const WuyouRequest *request, WuyouConsent *consent);

/* Summary of one click: its rows, the person's first. */
void wuyou_consent_write_summary (GPtrArray *rows, GString *out);

G_END_DECLS
