/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-sample.h"

#include <sodium.h>
#include <string.h>

#include "sales/wuyou-identity.h"
#include "wuyou-test.h"

static char *
read_source (const char *path)
{
  g_autofree char *file = wuyou_test_source_path (path);
  char *text = NULL;
  GError *error = NULL;

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
fill_owner (WuyouContract *contract)
{
  contract->owner_kind = WUYOU_OWNER_PERSON;
  contract->owner_name = g_strdup ("欧阳靖远");
  contract->owner_id_type = WUYOU_IDENTITY_RESIDENT;
  contract->owner_id_no = g_strdup ("11010519491231002X");
  contract->owner_mobile = g_strdup ("13800001234");
  contract->owner_email = g_strdup ("jingyuan@mail.example");
  contract->owner_address = g_strdup ("海州市云台区观澜路 88 号听涛苑 6 幢 1202 室");
}

static void
fill_vehicle (WuyouContract *contract)
{
  contract->vin = g_strdup ("LBV41CD06LFA00001");
  contract->brand = WUYOU_BRAND_BMW;
  contract->series = g_strdup ("X3");
  contract->model = g_strdup ("xDrive30i 领先型");
  contract->engine_no = g_strdup ("B48B20C07654321");
  contract->plate = g_strdup ("海A12D45");
  contract->energy = WUYOU_ENERGY_PETROL;
  contract->vehicle_use = WUYOU_USE_PRIVATE;
  contract->condition = WUYOU_CONDITION_NEW;
  contract->seats = 5;
  contract->mileage_km = 36;
  contract->first_invoice_on = wuyou_date_new (2026, 10, 3);
  contract->invoice_no = g_strdup ("26330000000012345678");
  contract->invoice_amount_fen = 41280000;
  contract->msrp_fen = 44980000;
}

static void
fill_policies (WuyouContract *contract)
{
  contract->commercial_insurer = g_strdup ("海晏财产保险股份有限公司");
  contract->commercial_policy_no = g_strdup ("PDAA20263301000004567");
  contract->commercial_from = wuyou_date_new (2026, 10, 4);
  contract->commercial_to = wuyou_date_new (2027, 10, 3);
  contract->commercial_sum_fen = 41280000;
  contract->compulsory_insurer = g_strdup ("海晏财产保险股份有限公司");
  contract->compulsory_policy_no = g_strdup ("PDZA20263301000008910");
  contract->compulsory_from = wuyou_date_new (2026, 10, 4);
  contract->compulsory_to = wuyou_date_new (2027, 10, 3);
}

static void
fill_service (WuyouContract *contract)
{
  contract->number = g_strdup ("WY-2026-0000481");
  contract->revision = 1;
  contract->state = WUYOU_CONTRACT_AWAIT_SIGN;
  contract->term_months = 36;
  contract->retail_fen = 428000;
  contract->received_fen = 398000;
  contract->wholesale_fen = 260000;
  contract->consent_processing = contract->consent_sensitive = contract->consent_provision = TRUE;
  contract->consent_on = wuyou_date_new (2026, 11, 23);
}

static WuyouProduct *
new_product (void)
{
  WuyouProduct *product = wuyou_product_new ();

  product->code = g_strdup ("AX-D");
  product->label = g_strdup ("2026.1");
  product->name = g_strdup ("安途折旧补偿");
  product->rules.start_rule = WUYOU_START_DAY_AFTER_SIGNING;
  product->rules.term_months_new = 36;
  product->rules.term_months_used = 24;
  return product;
}

static char *
read_terms (void)
{
  g_autofree char *general = read_source ("../data/demo/terms/general.zh.md");
  g_autofree char *product = read_source ("../data/demo/terms/depreciation.zh.md");

  return g_strconcat (general, "\n\n", product, NULL);
}

void
wuyou_paper_sample_keys (guint8 *ret_public, guint8 *ret_secret)
{
  static const guint8 seed[crypto_sign_SEEDBYTES] = { 7 };

  crypto_sign_seed_keypair (ret_public, ret_secret, seed);
}

void
wuyou_paper_sample_sign (WuyouPaperSample *sample)
{
  g_autofree char *hash = wuyou_contract_paper_hash (&sample->input);
  guint8 public_key[WUYOU_PAPER_PUBLIC_KEY], secret_key[WUYOU_PAPER_SECRET_KEY];
  WuyouPaperPayload payload;

  wuyou_paper_sample_keys (public_key, secret_key);
  g_assert_true (wuyou_paper_payload_init (&payload, sample->contract->number, (guint) sample->contract->revision, hash,
                                           wuyou_date_new (2026, 11, 23)));
  g_free (sample->payload);
  sample->payload = wuyou_paper_payload_sign (&payload, secret_key);
  sample->input.payload = sample->payload;
}

WuyouPaperSample *
wuyou_paper_sample_new (void)
{
  WuyouPaperSample *sample = g_new0 (WuyouPaperSample, 1);

  sample->contract = wuyou_contract_new ();
  sample->product = new_product ();
  sample->terms = read_terms ();
  fill_owner (sample->contract);
  fill_vehicle (sample->contract);
  fill_policies (sample->contract);
  fill_service (sample->contract);
  sample->input = (WuyouContractPaperInput){
    .contract = sample->contract,
    .product = sample->product,
    .dealer = { "海州安达汽车销售服务有限公司", "91350100M000100Y43", "海州市云台区迎宾大道 1 号", "0599-8000100" },
    .operator= { "安途无忧商务服务有限公司", NULL, NULL, NULL },
    .seller = "赵敏",
    .terms = sample->terms,
  };
  wuyou_paper_sample_sign (sample);
  return sample;
}

void
wuyou_paper_sample_free (WuyouPaperSample *sample)
{
  wuyou_contract_free (sample->contract);
  wuyou_product_free (sample->product);
  g_free (sample->terms);
  g_free (sample->payload);
  g_free (sample);
}

static void
strip_blanks (char *text)
{
  char *out = text;

  for (const char *in = text; *in != '\0'; in++)
    if (!g_ascii_isspace (*in))
      *out++ = *in;
  *out = '\0';
}

char *
wuyou_paper_read_text (GBytes *pdf, const char *option)
{
  g_autofree char *file = g_build_filename (wuyou_test_new_dir (), "paper.pdf", NULL);
  const char *argv[] = { "pdftotext", option != NULL ? option : "-raw", file, "-", NULL };
  char *text = NULL;
  GError *error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  g_file_set_contents (file, data, (gssize) size, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  if (option == NULL)
    strip_blanks (text);
  return text;
}

void
wuyou_paper_assert_words (const char *text, const char *const *words, gboolean there)
{
  for (; *words != NULL; words++) {
    g_autofree char *word = g_strdup (*words);

    strip_blanks (word);
    if ((strstr (text, word) != NULL) != there)
      g_error ("“%s” %s: %s", word, there ? "is missing in" : "must not be in", text);
  }
}

char *
wuyou_paper_repeat (const char *unit, guint characters)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < characters; i++) {
    const char *at = g_utf8_offset_to_pointer (unit, (glong) (i % (guint) g_utf8_strlen (unit, -1)));

    g_string_append_len (text, at, g_utf8_next_char (at) - at);
  }
  return g_string_free (text, FALSE);
}

void
wuyou_paper_keep (GBytes *pdf, const char *name)
{
  const char *dir = g_getenv ("WUYOU_PAPERS_OUT");
  g_autofree char *file = dir != NULL ? g_build_filename (dir, name, NULL) : NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  if (file != NULL)
    g_file_set_contents (file, data, (gssize) size, NULL);
}
