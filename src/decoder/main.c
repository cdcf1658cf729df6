/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wuyou-confine.h"
#include "wuyou-decoder.h"
#include "wuyou-pdf.h"
#include "wuyou-shelf.h"

/* wuyou-decoder MEDIA-TYPE MEMORY-MIB CPU-SECONDS, started by the server for one file. The edits come on standard
 * input, the file on 3, the answer goes to 4 (wuyou-decoded.h); no answer means that it could not be done here. */

#define FILE_FD 3
#define ANSWER_FD 4
#define MAX_FILE (256u * 1024 * 1024)
#define MAX_EDITS (1024u * 1024)

typedef struct {
  const char *media_type;
  WuyouEdits *edits;
  WuyouConfinement confinement;
  PopplerDocument *warm; /* keeps what was made ready */
} Job;

/* Nothing of the parent's: its descriptors, its life. */
static gboolean
leave_parent (void)
{
  return prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && close_range (ANSWER_FD + 1, ~0u, 0) == 0;
}

static GByteArray *
read_all (int fd, gsize most)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  struct stat info;
  gsize piece = 64 * 1024;
  gssize got;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size > 0)
    piece = MIN ((gsize) info.st_size + 1, most + 1); /* in one */
  do {
    guint before = all->len;

    g_byte_array_set_size (all, before + (guint) piece);
    got = read (fd, all->data + before, piece);
    g_byte_array_set_size (all, before + (guint) MAX (got, 0));
  } while ((got > 0 || (got < 0 && errno == EINTR)) && all->len <= most);
  return got == 0 && all->len <= most ? g_steal_pointer (&all) : NULL;
}

static gboolean
read_job (Job *job, int argc, char **argv)
{
  g_autoptr (GByteArray) text = read_all (STDIN_FILENO, MAX_EDITS);
  guint64 memory, seconds;

  if (text == NULL || argc != 4 || !g_ascii_string_to_unsigned (argv[2], 10, 64, 1 << 20, &memory, NULL)
      || !g_ascii_string_to_unsigned (argv[3], 10, 1, 3600, &seconds, NULL))
    return FALSE;
  g_byte_array_append (text, (const guint8 *) "", 1);
  job->media_type = argv[1];
  job->edits = wuyou_edits_parse ((const char *) text->data, NULL);
  job->confinement = (WuyouConfinement){ ANSWER_FD, memory * 1024 * 1024, (guint) seconds };
  return job->edits != NULL;
}

static void
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, 4096);
  setrlimit (RLIMIT_NOFILE, &limit);
}

static void
make_ready (Job *job)
{
  if (!g_str_equal (job->media_type, "application/pdf"))
    return;
  raise_file_limit ();
  job->warm = wuyou_pdf_warm_up ();
  wuyou_shelf_fill ();
}

static gboolean
say (gconstpointer bytes, gsize length)
{
  gsize at = 0;

  while (at < length) {
    gssize put = write (ANSWER_FD, (const guint8 *) bytes + at, length - at);

    if (put < 0 && errno != EINTR)
      return FALSE;
    at += (gsize) MAX (put, 0);
  }
  return TRUE;
}

static gboolean
answer (WuyouDecodeVerdict verdict, const WuyouDecoded *decoded)
{
  g_autoptr (GByteArray) bytes = wuyou_decoded_pack (verdict, decoded);

  return say (bytes->data, bytes->len);
}

static gboolean
decode (const Job *job)
{
  GByteArray *bytes = read_all (FILE_FD, MAX_FILE);
  g_autoptr (GBytes) file = bytes != NULL ? g_byte_array_free_to_bytes (bytes) : NULL;
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return FALSE;
  if (wuyou_decoder_decode (file, job->media_type, job->edits, &decoded, &error))
    return answer (WUYOU_DECODE_OK, &decoded);
  return answer ((WuyouDecodeVerdict) error->code, NULL);
}

int
main (int argc, char **argv)
{
  Job job = { 0 };
  gboolean done;

  if (!leave_parent () || !read_job (&job, argc, argv))
    return EXIT_FAILURE;
  make_ready (&job);
  wuyou_shelf_close ();
  if (!wuyou_confine (&job.confinement, NULL) || !say (WUYOU_DECODE_READY, strlen (WUYOU_DECODE_READY)))
    return EXIT_FAILURE;
  lseek (FILE_FD, 0, SEEK_SET); /* of a pipe there is only what comes */
  done = decode (&job);
  _exit (done ? EXIT_SUCCESS : EXIT_FAILURE); /* what was loaded must not run again to clean up */
}
