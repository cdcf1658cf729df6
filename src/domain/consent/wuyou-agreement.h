/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "base/wuyou-date.h"
#include "base/wuyou-field.h"

G_BEGIN_DECLS

/* The agreements a person reads before the first entry (requirements P-01 … P-11). What is hashed are the exact
 * bytes of the text; clauses are a reading of them that loses no visible character. */
typedef enum {
  WUYOU_AGREEMENT_USER = 1,
  WUYOU_AGREEMENT_PRIVACY,
  WUYOU_AGREEMENT_ANNEX,
  WUYOU_AGREEMENT_OTHER,
} WuyouAgreementKind;

extern const WuyouEnum wuyou_agreement_kinds[];

typedef enum {
  WUYOU_CLAUSE_TITLE = 1, /* title of the document or of the whole file */
  WUYOU_CLAUSE_VERSION,   /* （第 1 版，…起生效） */
  WUYOU_CLAUSE_HEADING,   /* 第三条 …, 前言, 2. 目的和范围 */
  WUYOU_CLAUSE_NUMBERED,  /* 3.5 …, 4.2.1 … */
  WUYOU_CLAUSE_PARAGRAPH,
  WUYOU_CLAUSE_ITEM, /* 1. …, - a) … */
} WuyouClauseKind;

typedef struct {
  char *text; /* visible text without emphasis marks; "\n" where a line really ends */
  gboolean bold;
  gboolean underline;
} WuyouSpan;

typedef struct {
  char *id;     /* ours and stable over versions: "UA-3.5a" */
  char *number; /* the label as printed: "3.5", "第三条", "a)"; "" when there is none */
  char *marker; /* Markdown structure that is not shown: "-", "##"; "" when there is none */
  WuyouClauseKind kind;
  guint level;   /* 0 title … 3 */
  gboolean key;  /* holds bold or underlined words (P-07); never a title or heading */
  GArray *spans; /* WuyouSpan */
  gsize start;   /* byte range in the document's text */
  gsize end;
} WuyouClause;

/* One version of one document. Immutable once published; reference counted, safe to share between threads. */
typedef struct {
  char *id; /* UUIDv7 of this version; NULL until it is stored */
  WuyouAgreementKind kind;
  char *code; /* the same in every version, and the prefix of clause ids: "UA", "PA", "X1" */
  char *title;
  GPtrArray *aliases;  /* char *: other names the text uses for it (Z3) */
  char *version_label; /* "第 1 版" */
  WuyouDate effective_on;
  char *language;     /* "zh-CN" */
  GBytes *text;       /* exact UTF-8 bytes */
  char sha256[65];    /* of @text */
  GPtrArray *clauses; /* WuyouClause */
} WuyouAgreement;

/* Parses @text; clause ids are the natural ones ("UA-3.5a"). INVALID with a sentence, and "line N" as its field. */
WuyouAgreement *
wuyou_agreement_new (WuyouAgreementKind kind, const char *code, const char *title, GBytes *text, GError **error);
WuyouAgreement *wuyou_agreement_ref (WuyouAgreement *self);
void wuyou_agreement_unref (WuyouAgreement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouAgreement, wuyou_agreement_unref)

gsize wuyou_agreement_get_length (const WuyouAgreement *self);
const WuyouClause *wuyou_agreement_get_clause (const WuyouAgreement *self, guint index); /* borrowed */
int wuyou_agreement_find_clause (const WuyouAgreement *self, const char *id);            /* -1 when unknown */
guint wuyou_agreement_count_emphasis (const WuyouAgreement *self);                       /* bold or underlined spans */
char *wuyou_clause_dup_text (const WuyouClause *clause);  /* spans joined, without number; owned */
char *wuyou_clause_dup_label (const WuyouClause *clause); /* "3.5 text…" as read out; owned */

/* What is read and agreed to together (P-01): ordered documents under one hash. */
typedef struct {
  char *id;       /* UUIDv7; NULL until stored */
  char *audience; /* "DEALER", "INSURER", … as the operator names them */
  char *version_label;
  char *language;
  WuyouDate effective_on;
  gint64 published_at;  /* 0 while not approved */
  gboolean material;    /* asks for fresh consent */
  char *change_summary; /* or NULL */
  char *previous_id;    /* or NULL */
  GPtrArray *documents; /* WuyouAgreement, owned references */
} WuyouBundle;

WuyouBundle *wuyou_bundle_new (void);
WuyouBundle *wuyou_bundle_ref (WuyouBundle *self);
void wuyou_bundle_unref (WuyouBundle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouBundle, wuyou_bundle_unref)

void wuyou_bundle_add (WuyouBundle *self, WuyouAgreement *document);                    /* takes its own reference */
WuyouAgreement *wuyou_bundle_get_document (const WuyouBundle *self, guint index);       /* borrowed */
WuyouAgreement *wuyou_bundle_find_document (const WuyouBundle *self, const char *code); /* borrowed or NULL */
/* The day it comes into force, for every document: one day binds, is shown and hashed (P-11). Before publishing only.
 */
void wuyou_bundle_set_effective (WuyouBundle *self, WuyouDate date);
guint wuyou_bundle_count_emphasis (const WuyouBundle *self);
/* SHA-256 over kind, code, version, date, language, length and hash of every document in order; owned hex. */
char *wuyou_bundle_dup_hash (const WuyouBundle *self);
/* Both agreements and an annex must be there, else *Agree* is never offered (P-01). */
gboolean wuyou_bundle_check_complete (const WuyouBundle *self, GError **error);

/* The wire form: texts, hashes and clause ids. Reading parses the texts again and refuses bytes that do not
 * match their hash (CORRUPT). */
void wuyou_bundle_write_json (const WuyouBundle *self, GString *out);
WuyouBundle *wuyou_bundle_read_json (JsonObject *object, GError **error);

/* Clause ids of a document as a JSON array text, for storage; and back (INVALID when count or ids are wrong). */
char *wuyou_agreement_dup_clause_ids (const WuyouAgreement *self);
gboolean wuyou_agreement_set_clause_ids (WuyouAgreement *self, JsonArray *ids, GError **error);

G_END_DECLS
