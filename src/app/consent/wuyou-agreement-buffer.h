/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "consent/wuyou-agreement.h"

G_BEGIN_DECLS

/* All documents of a bundle as one text to read: words, numbers, line breaks and emphasis exactly as in the bundle.
 * What is bold or underlined here was so in the agreement (P-07); headings differ by size alone. */
#define WUYOU_TYPE_AGREEMENT_BUFFER (wuyou_agreement_buffer_get_type ())
G_DECLARE_FINAL_TYPE (WuyouAgreementBuffer, wuyou_agreement_buffer, WUYOU, AGREEMENT_BUFFER, GtkTextBuffer)

WuyouAgreementBuffer *wuyou_agreement_buffer_new (WuyouBundle *bundle);
WuyouBundle *wuyou_agreement_buffer_get_bundle (WuyouAgreementBuffer *self); /* borrowed */
/* From the first character of the number to the end of the last word. */
void wuyou_agreement_buffer_get_clause (WuyouAgreementBuffer *self,
                                        guint document,
                                        guint clause,
                                        GtkTextIter *ret_start,
                                        GtkTextIter *ret_end);
void wuyou_agreement_buffer_get_document (WuyouAgreementBuffer *self,
                                          guint document,
                                          GtkTextIter *ret_start,
                                          GtkTextIter *ret_end);
void wuyou_agreement_buffer_locate (WuyouAgreementBuffer *self,
                                    const GtkTextIter *at,
                                    guint *ret_document,
                                    guint *ret_clause);
/* Passages that carry bold or underline in the text itself, counted there and not in the bundle. */
guint wuyou_agreement_buffer_count_emphasis (WuyouAgreementBuffer *self);
/* Lists hang by the width of their numbers in the font of @context; again when the font changes. */
void wuyou_agreement_buffer_measure (WuyouAgreementBuffer *self, PangoContext *context);

G_END_DECLS
