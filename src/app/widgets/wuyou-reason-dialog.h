/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One question with one line of text as its answer. Strings translated and copied; NULL leaves a part out. */
typedef struct {
  const char *title, *text;
  const char *entry;              /* label of the line; NULL: no line, the question is yes or no */
  const char *button;             /* with mnemonic */
  const char *dismiss;            /* the other one; NULL: "Cancel" */
  const char *const *suggestions; /* offered to be taken with one press, ended by NULL */
  gboolean required;
  gboolean destructive;
} WuyouReasonQuestion;

/* @answered gets the trimmed text ("" without a line) once the button is pressed; nothing when it is closed or when
 * @owner, over whose window it stands, is gone by then. Returns the line, borrowed, or NULL without one. */
GtkEditable *wuyou_reason_dialog_present (GtkWidget *owner,
                                          const WuyouReasonQuestion *question,
                                          void (*answered) (const char *text, gpointer data),
                                          gpointer owner_data);

G_END_DECLS
