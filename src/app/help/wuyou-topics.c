/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "help/wuyou-topics.h"

#include <glib/gi18n.h>

static const WuyouTopic topics[] = {
  { "today", N_ ("Today"),
    N_ ("What waits for you, in order of consequence: clocks that run out, your own next steps, what others owe you, and "
        "what is new. Press Return on a row to open its record.") },
  { "sales", N_ ("Sales"),
    N_ ("Service contracts, from the first draft to the active contract. Type anything to search: the last six of a VIN, "
        "part of a name, the last four of a phone number. Ctrl+N begins a new contract; it is saved as you type, also "
        "without a connection.") },
  { "claims", N_ ("Claims"),
    N_ ("A lost car, from the report to the new one. Each claim says who holds the ball, how long the clock still runs "
        "and what is missing. Ctrl+N reports a loss on a contract in force. In a review the keys 1 to 4 choose a check, "
        "Y and N answer it, Ctrl+S saves; everything that is missing is asked for in one notice.") },
  { "account", N_ ("Personal settings"),
    N_ ("Your own data, password, one-time codes, and where you are signed in. Changes ask once more whether it is "
        "you.") },
  { "offline", N_ ("Working offline"),
    N_ ("When the server cannot be reached, go on: what you enter is sealed on this computer and sent, in order, as soon "
        "as the server is back. The corner of the window shows how much waits.") },
  { "safety", N_ ("Your account"),
    N_ ("An account belongs to one person. The window locks after a pause; Ctrl+L locks it at once. If somebody else may "
        "have used your account, report it from the menu under your name: every session ends immediately.") },
};

const WuyouTopic *
wuyou_topics_get (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (topics);
  return topics;
}
