/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>

#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* Work that time or another part of the server asks for; rows in the database, done once by whichever process takes
 * them first. The kinds, each with the record it is for as its name: */
#define WUYOU_JOB_START "start"       /* a paid contract comes into force */
#define WUYOU_JOB_EXPIRE "expire"     /* its last day is over */
#define WUYOU_JOB_PAPER "paper"       /* a contract that was submitted has its paper, whatever came between */
#define WUYOU_JOB_LAPSE "lapse"       /* more documents of a claim did not come */
#define WUYOU_JOB_REMIND "remind"     /* of a day that is near; the claim and the working days before it */
#define WUYOU_JOB_FULFIL "fulfil"     /* a claim of the contract was paid */
#define WUYOU_JOB_SCAN "scan"         /* a document waits for the virus scanner */
#define WUYOU_JOB_EVIDENCE "evidence" /* a file of a claim waits for scanner and decoder, or for a new view of it */

/* Is @context's from then on. */
WuyouJobService *wuyou_job_service_start (WuyouServerContext *context);
/* Finishes the job in hand, but does not wait for scanner or decoder: that job is done once more later. The context's
 * pointer is cleared at the end, and must not be before. */
void wuyou_job_service_stop (WuyouJobService *service);
GCancellable *wuyou_job_service_get_stop (WuyouJobService *service); /* NULL without a service; borrowed */
/* A job was put that is due now. */
void wuyou_job_service_wake (WuyouJobService *service);

G_END_DECLS
