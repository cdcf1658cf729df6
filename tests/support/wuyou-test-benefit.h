/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

/* What the test product pays, wants to see and gives back. */
static const char wuyou_test_benefit[]
    = "{\"family\":\"DEPRECIATION\","
      "\"formula\":\"depreciation/1\","
      "\"base\":\"FIRST_INVOICE_AMOUNT\","
      "\"month_origin\":\"FIRST_INVOICE\","
      "\"month_count\":\"COMPLETED\","
      "\"rates\":[{\"energy\":\"PETROL\",\"use\":\"PRIVATE\",\"per_month_basis_points\":60},{\"energy\":\"PETROL\",\"use\":\"COMPANY\",\"per_month_basis_points\":60}],"
      "\"cap\":{\"share_of_invoice_percent\":25},"
      "\"replacement\":{\"brands\":[\"BMW\",\"MINI\"],\"min_msrp_percent\":90,\"order_within_days\":180},"
      "\"claim\":{\"notify_within_days\":3,\"complaint_within_days\":15},"
      "\"exclusions\":[{\"code\":\"PARTIAL_LOSS\",\"title\":\"仅为部分损失\"}],"
      "\"cancellation\":{\"notice_days\":0,\"method\":\"DAILY\",\"day_of_cancellation\":\"INCLUDED\",\"refund_within_days\":60,\"gift_refundable\":false},"
      "\"checklist\":["
      "{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"LOSS_NOTICE\",\"title\":\"Loss Notice\",\"form\":\"COPY\",\"required\":true},"
      "{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"DETERMINATION\",\"title\":\"Determination\",\"form\":\"COPY\",\"required\":true},"
      "{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"OWNER_IDENTITY\",\"title\":\"Owner Identity\",\"form\":\"COPY\",\"required\":true},"
      "{\"phase\":1,\"loss\":\"THEFT\",\"slot\":\"POLICE_FILING\",\"title\":\"Police Filing\",\"form\":\"COPY\",\"required\":true},"
      "{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"LOAN_SETTLEMENT\",\"title\":\"Loan Settlement\",\"form\":\"COPY\",\"required\":false},"
      "{\"phase\":2,\"loss\":\"ANY\",\"slot\":\"NEW_INVOICE\",\"title\":\"New Invoice\",\"form\":\"COPY\",\"required\":true},"
      "{\"phase\":2,\"loss\":\"ANY\",\"slot\":\"DELIVERY_RECEIPT\",\"title\":\"Delivery Receipt\",\"form\":\"COPY\",\"required\":true}]}";
