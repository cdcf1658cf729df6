/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "uploads/wuyou-decode.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "claims/wuyou-evidence-edits.h"

#define PROGRAM "wuyou-decoder"
#define READY_BYTES (sizeof WUYOU_DECODE_READY - 1)
#define LAST_MOMENT (2 * G_TIME_SPAN_SECOND) /* from the end of the answer to its own end */
#define FILE_FD 3
#define ANSWER_FD 4
#define SAFE_FD 10 /* descriptors are moved from above here, so that none is overwritten before it is moved */
#define MAX_ANSWER (256u * 1024 * 1024)
#define PIECE (256 * 1024)

typedef struct {
  int edits, file, answer; /* the child's, above SAFE_FD; -1 when closed */
  int reader;              /* our end of the answer */
  pid_t pid;
} Child;

static void
close_once (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
clear_child (Child *child)
{
  close_once (&child->edits);
  close_once (&child->file);
  close_once (&child->answer);
  close_once (&child->reader);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Child, clear_child)

static gboolean
refuse_unavailable (GError **error, const char *why)
{
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "decoder: %s", why);
  return FALSE;
}

static char *
try_beside (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, PROGRAM, NULL);

  return g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&path) : NULL;
}

char *
wuyou_decode_find_program (const WuyouServerConfig *config, GError **error)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *build = folder != NULL ? g_build_filename (folder, "..", "decoder", NULL) : NULL;
  const char *const places[] = { folder, build, LIBEXECDIR };

  if (config->decoder != NULL)
    return g_strdup (config->decoder);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    char *path = places[i] != NULL ? try_beside (places[i]) : NULL;

    if (path != NULL)
      return path;
  }
  refuse_unavailable (error, PROGRAM " is not installed");
  return NULL;
}

int
wuyou_decode_seal (const guint8 *data, gsize size, GError **error)
{
  const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  int low = memfd_create ("wuyou-decode", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  int fd = low >= 0 ? fcntl (low, F_DUPFD_CLOEXEC, SAFE_FD) : -1;
  gsize at = 0;

  close_once (&low);
  while (fd >= 0 && at < size) {
    gssize put = write (fd, data + at, size - at);

    if (put < 0 && errno != EINTR)
      break;
    at += (gsize) MAX (put, 0);
  }
  if (fd >= 0 && at == size && lseek (fd, 0, SEEK_SET) == 0 && fcntl (fd, F_ADD_SEALS, seals) == 0)
    return fd;
  refuse_unavailable (error, g_strerror (errno));
  close_once (&fd);
  return -1;
}

static gboolean
prepare (Child *child, int fd, const char *edits_json, GError **error)
{
  int ends[2];

  child->edits = wuyou_decode_seal ((const guint8 *) edits_json, strlen (edits_json), error);
  if (child->edits < 0)
    return FALSE;
  if (pipe2 (ends, O_CLOEXEC) != 0)
    return refuse_unavailable (error, g_strerror (errno));
  child->reader = ends[0];
  child->answer = fcntl (ends[1], F_DUPFD_CLOEXEC, SAFE_FD);
  close (ends[1]);
  child->file = fcntl (fd, F_DUPFD_CLOEXEC, SAFE_FD);
  if (child->answer < 0 || child->file < 0)
    return refuse_unavailable (error, g_strerror (errno));
  return TRUE;
}

static int
place_files (const Child *child, posix_spawn_file_actions_t *files)
{
  int status = posix_spawn_file_actions_adddup2 (files, child->edits, STDIN_FILENO);

  if (status == 0)
    status = posix_spawn_file_actions_addopen (files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (status == 0)
    status = posix_spawn_file_actions_adddup2 (files, STDOUT_FILENO, STDERR_FILENO);
  if (status == 0)
    status = posix_spawn_file_actions_adddup2 (files, child->file, FILE_FD);
  return status == 0 ? posix_spawn_file_actions_adddup2 (files, child->answer, ANSWER_FD) : status;
}

/* Signals as in a fresh program; a group of its own, so that a Ctrl+C at the server is not its end. */
static int
set_attributes (posix_spawnattr_t *attributes)
{
  sigset_t none, all;
  int status;

  sigemptyset (&none);
  sigfillset (&all);
  status = posix_spawnattr_setsigmask (attributes, &none);
  if (status == 0)
    status = posix_spawnattr_setsigdefault (attributes, &all);
  if (status == 0)
    status
        = posix_spawnattr_setflags (attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  return status;
}

/* Nothing of our environment: it may hold passwords, and LD_PRELOAD. Chinese glyphs where several scripts share one. */
static int
spawn (Child *child, const char *program, char **argv)
{
  static char *environment[] = { (char *) "LANG=C.UTF-8", (char *) "FC_LANG=zh-cn", (char *) "TZ=UTC0", NULL };
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  int status;

  posix_spawn_file_actions_init (&files);
  posix_spawnattr_init (&attributes);
  status = place_files (child, &files);
  if (status == 0)
    status = set_attributes (&attributes);
  if (status == 0)
    status = posix_spawn (&child->pid, program, &files, &attributes, argv, environment);
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&files);
  return status;
}

static gboolean
start (Child *child, const WuyouServerConfig *config, const char *media_type, GError **error)
{
  g_autofree char *program = wuyou_decode_find_program (config, error);
  g_autofree char *memory = g_strdup_printf ("%u", config->decode_memory);
  g_autofree char *seconds = g_strdup_printf ("%u", config->decode_cpu_seconds);
  char *argv[] = { program, (char *) media_type, memory, seconds, NULL };
  int status;

  if (program == NULL)
    return FALSE;
  status = spawn (child, program, argv);
  close_once (&child->edits);
  close_once (&child->file);
  close_once (&child->answer);
  return status == 0 || refuse_unavailable (error, g_strerror (status));
}

/* In milliseconds, not rounded down to none at all. */
static int
count_left (gint64 end)
{
  return (int) CLAMP ((end - g_get_monotonic_time () + 999) / 1000, 0, G_MAXINT);
}

/* NULL when there is something to read, else why not. */
static const char *
await (int fd, gint64 end, GCancellable *cancellable)
{
  GPollFD waits[2] = { { fd, G_IO_IN | G_IO_HUP, 0 } };
  guint n = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &waits[1]) ? 2 : 1;
  int left, ready;

  do {
    left = count_left (end);
    ready = left > 0 ? g_poll (waits, n, left) : 0;
  } while (ready < 0 && errno == EINTR);
  if (n == 2)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    return "the server stops";
  return ready <= 0 ? "out of time" : NULL;
}

/* To its end; NULL, or the reason when it does not come in time or is too long. */
static const char *
read_answer (int fd, gint64 end, GCancellable *cancellable, GByteArray *answer)
{
  const char *why;
  gssize got = 1;

  while (got != 0) {
    guint before = answer->len;

    why = await (fd, end, cancellable);
    if (why != NULL)
      return why;
    if (before > MAX_ANSWER)
      return "its answer is too long";
    g_byte_array_set_size (answer, before + PIECE);
    got = read (fd, answer->data + before, PIECE);
    g_byte_array_set_size (answer, before + (guint) MAX (got, 0));
    if (got < 0 && errno != EINTR)
      return g_strerror (errno);
  }
  return NULL;
}

/* How it ended: by itself, when it said all it had to say, or by our hand. What counts is a whole answer. */
typedef struct {
  int status;
  struct rusage used;
  gboolean by_us;
} End;

static void
end_child (const Child *child, gint64 patience, End *end)
{
  gint64 until = g_get_monotonic_time () + patience;
  pid_t gone;

  while ((gone = wait4 (child->pid, &end->status, WNOHANG, &end->used)) == 0 && g_get_monotonic_time () < until)
    g_usleep (500);
  end->by_us = gone == 0;
  if (!end->by_us)
    return;
  kill (child->pid, SIGKILL);
  while (wait4 (child->pid, &end->status, 0, &end->used) < 0 && errno == EINTR)
    ;
}

/* Ended from outside, as by the kernel that needed memory for others, and not for what it used itself. */
static gboolean
was_killed (const WuyouServerConfig *config, const End *end)
{
  glong seconds = end->used.ru_utime.tv_sec + end->used.ru_stime.tv_sec;

  return !end->by_us && WIFSIGNALED (end->status) && WTERMSIG (end->status) == SIGKILL
         && seconds < (glong) config->decode_cpu_seconds;
}

static gboolean
refuse_silence (GError **error, int status)
{
  g_autofree char *why = WIFSIGNALED (status) ? g_strdup_printf ("ended by signal %d", WTERMSIG (status))
                                              : g_strdup_printf ("no answer, status %d", WEXITSTATUS (status));

  return refuse_unavailable (error, why);
}

/* The first thing it says, once it is confined and before it looks at the file. */
static gboolean
take_ready (GByteArray *answer)
{
  if (answer->len < READY_BYTES || memcmp (answer->data, WUYOU_DECODE_READY, READY_BYTES) != 0)
    return FALSE;
  g_byte_array_remove_range (answer, 0, READY_BYTES);
  return TRUE;
}

static gboolean
judge (GByteArray *bytes, gboolean ready, int status, WuyouDecoded *ret, GError **error)
{
  g_autoptr (GBytes) answer = g_bytes_new_take (bytes->data, bytes->len);
  WuyouDecodeVerdict verdict;

  g_byte_array_free (bytes, FALSE);
  if (g_bytes_get_size (answer) == 0)
    return refuse_silence (error, status);
  if (!ready || !wuyou_decoded_unpack (answer, &verdict, ret))
    return refuse_unavailable (error, "its answer is none");
  if (verdict == WUYOU_DECODE_OK)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE, wuyou_decode_verdict_sentence (verdict));
  return FALSE;
}

/* The child gets the edits as this side understood them. */
static char *
dup_edits (const char *edits_json, GError **error)
{
  g_autoptr (WuyouEdits) edits = wuyou_edits_parse (edits_json, error);
  char *canonical = edits != NULL ? wuyou_edits_to_json (edits) : NULL;

  return canonical != NULL || edits == NULL ? canonical : g_strdup ("");
}

gboolean
wuyou_decode (const WuyouServerConfig *config,
              int fd,
              const char *media_type,
              const char *edits_json,
              GCancellable *cancellable,
              WuyouDecoded *ret,
              gboolean *ret_blame,
              GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) config->decode_seconds * G_USEC_PER_SEC;
  g_autofree char *edits = dup_edits (edits_json, error);
  g_auto (Child) child = { .edits = -1, .file = -1, .answer = -1, .reader = -1 };
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  const char *why;
  End how = { 0 };
  gboolean ready;

  *ret_blame = FALSE;
  if (edits == NULL || !prepare (&child, fd, edits, error) || !start (&child, config, media_type, error))
    return FALSE;
  why = read_answer (child.reader, end, cancellable, answer);
  end_child (&child, why == NULL ? LAST_MOMENT : 0, &how);
  ready = take_ready (answer);
  *ret_blame = ready && !was_killed (config, &how) && !g_cancellable_is_cancelled (cancellable);
  if (why != NULL)
    return refuse_unavailable (error, why);
  if (!judge (g_steal_pointer (&answer), ready, how.status, ret, error))
    return FALSE;
  ret->media_type = g_strdup (media_type);
  return TRUE;
}
