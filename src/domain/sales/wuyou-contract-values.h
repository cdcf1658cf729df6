/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-field.h"

G_BEGIN_DECLS

/* What the fields of a contract may be (requirements 6.1, 6.3, 7). */

typedef enum {
  WUYOU_CONTRACT_DRAFT = 1,
  WUYOU_CONTRACT_SUBMITTED,
  WUYOU_CONTRACT_RETURNED,
  WUYOU_CONTRACT_AWAIT_SIGN,
  WUYOU_CONTRACT_AWAIT_PAYMENT,
  WUYOU_CONTRACT_PAID,
  WUYOU_CONTRACT_ACTIVE,
  WUYOU_CONTRACT_CANCEL_REQUESTED,
  WUYOU_CONTRACT_CANCELLED,
  WUYOU_CONTRACT_VOIDED,
  WUYOU_CONTRACT_EXPIRED,
  WUYOU_CONTRACT_FULFILLED,
  WUYOU_CONTRACT_TRANSFER_ENDED,
  WUYOU_CONTRACT_REVOKED,
} WuyouContractState;

typedef enum { WUYOU_OWNER_PERSON = 1, WUYOU_OWNER_COMPANY } WuyouOwnerKind;
typedef enum { WUYOU_CONDITION_NEW = 1, WUYOU_CONDITION_USED } WuyouCondition;
typedef enum {
  WUYOU_USE_PRIVATE = 1,
  WUYOU_USE_COMPANY,
  WUYOU_USE_HIRE
} WuyouVehicleUse; /* HIRE: for gain, never eligible */
typedef enum { WUYOU_ENERGY_PETROL = 1, WUYOU_ENERGY_PLUGIN, WUYOU_ENERGY_ELECTRIC } WuyouEnergy;
typedef enum { WUYOU_SOURCE_PLATFORM = 1, WUYOU_SOURCE_ORAL, WUYOU_SOURCE_PAPER } WuyouSource; /* D1-02 */
typedef enum {
  WUYOU_PAYMENT_TRANSFER = 1,
  WUYOU_PAYMENT_CARD,
  WUYOU_PAYMENT_MOBILE,
  WUYOU_PAYMENT_CASH,
} WuyouPaymentMethod;

/* Of what is paid back when a contract ends early (requirements 6.3). */
typedef enum {
  WUYOU_REFUND_QUOTED = 1,
  WUYOU_REFUND_APPROVED, /* to be paid */
  WUYOU_REFUND_PAID,
} WuyouRefundState;

extern const WuyouEnum wuyou_contract_states[], wuyou_owner_kinds[], wuyou_conditions[], wuyou_vehicle_uses[],
    wuyou_energies[], wuyou_sources[], wuyou_payment_methods[], wuyou_refund_states[];

G_END_DECLS
