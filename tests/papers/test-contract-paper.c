/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-contract-paper.h"

#include <string.h>

#include "wuyou-paper-sample.h"
#include "wuyou-test.h"

static GBytes *
print_variant (const WuyouPaperSample *sample, WuyouContractPaperVariant variant)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = wuyou_contract_paper_new (&sample->input, variant, &error);
  const WuyouPaperMetadata metadata
      = { "无忧置换服务合同 WY-2026-0000481", "安途无忧商务服务有限公司", NULL, WUYOU_TEST_NOW };
  GBytes *pdf;

  g_assert_no_error (error);
  pdf = wuyou_paper_to_pdf (paper, &metadata, &error);
  g_assert_no_error (error);
  return pdf;
}

static void
test_first (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autoptr (GBytes) legal = print_variant (sample, WUYOU_CONTRACT_PAPER_LEGAL);
  g_autoptr (GBytes) draft = print_variant (sample, WUYOU_CONTRACT_PAPER_DRAFT);
  g_autoptr (GBytes) internal = print_variant (sample, WUYOU_CONTRACT_PAPER_INTERNAL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) sheet = wuyou_consent_sheet_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_LEGAL, &error);
  g_autoptr (GBytes) consent = wuyou_paper_to_pdf (sheet, NULL, &error);

  wuyou_paper_keep (legal, "legal.pdf");
  wuyou_paper_keep (draft, "draft.pdf");
  wuyou_paper_keep (internal, "internal.pdf");
  wuyou_paper_keep (consent, "consent.pdf");
  g_test_message ("legal %" G_GSIZE_FORMAT " bytes", g_bytes_get_size (legal));
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/papers/contract/first", test_first);
  return g_test_run ();
}
