/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

/* Figures of signing in, each said here once. Seconds unless they say otherwise. */
#define WUYOU_POLICY_FAILURES 5                 /* 2.3-02: tries before an account is locked */
#define WUYOU_POLICY_ADDRESS_FAILURES 50        /* the same for one network address, behind which a shop may sit … */
#define WUYOU_POLICY_ADDRESS_WINDOW 3600        /* … within this time */
#define WUYOU_POLICY_FAILURE_MEMORY (24 * 3600) /* an account's wrong tries are forgotten after a day without one */
#define WUYOU_POLICY_LOCK 60                    /* first lock; doubles with every further failure, a day at most */
#define WUYOU_POLICY_SESSIONS 1                 /* 2.4-03: desktops of one account at a time */
#define WUYOU_POLICY_SESSION_IDLE (12 * 3600)
#define WUYOU_POLICY_SESSION_LIFE (7 * 24 * 3600)
#define WUYOU_POLICY_STEP_UP 300          /* how long a confirmation counts */
#define WUYOU_POLICY_CONSENT_AUTH 3600    /* agreeing needs a sign-in or confirmation within the hour */
#define WUYOU_POLICY_RESET 1800           /* 2.4-02: life of a reset token */
#define WUYOU_POLICY_EMAIL_CHANGE 1800    /* 2.2-01: life of the code that proves a new address */
#define WUYOU_POLICY_UNMASK 60            /* a full value is masked again after this */
#define WUYOU_POLICY_IDLE_LOCK_MINUTES 10 /* default of the desktop's lock */
