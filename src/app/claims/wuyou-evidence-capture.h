/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A program of this computer that makes pictures of papers, and the files that it saves while it is waited for: scanner
 * and camera belong to the desktop, whose programs know the devices. */
typedef struct {
  const char *id;
  const char *label, *tooltip, *failed; /* N_() */
  const char *icon;
  const char *programs[6];   /* desktop entries, the best first */
  const char *categories[4]; /* any other that says one of these of itself */
} WuyouEvidenceCaptureKind;

extern const WuyouEvidenceCaptureKind wuyou_evidence_capture_kinds[];
#define WUYOU_EVIDENCE_CAPTURE_KINDS 2

/* Installed here and meant to be seen, or NULL; owned. */
GAppInfo *wuyou_evidence_capture_find_program (const WuyouEvidenceCaptureKind *kind);
const WuyouEvidenceCaptureKind *wuyou_evidence_capture_find_kind (const char *id);

#define WUYOU_TYPE_EVIDENCE_CAPTURE (wuyou_evidence_capture_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceCapture, wuyou_evidence_capture, WUYOU, EVIDENCE_CAPTURE, GObject)

/* Signal "changed": of what is offered. */
WuyouEvidenceCapture *wuyou_evidence_capture_new (void);
/* Starts the program and watches where such programs save, for WUYOU_EVIDENCE_CAPTURE_MINUTES; FALSE: it did not start.
 */
gboolean wuyou_evidence_capture_start (WuyouEvidenceCapture *self,
                                       const WuyouEvidenceCaptureKind *kind,
                                       GAppLaunchContext *launch);
#define WUYOU_EVIDENCE_CAPTURE_MINUTES 15
guint wuyou_evidence_capture_count (WuyouEvidenceCapture *self);
/* GFile, owned; they are not offered again. */
GSList *wuyou_evidence_capture_take (WuyouEvidenceCapture *self);

G_END_DECLS
