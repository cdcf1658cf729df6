/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-test-scanner.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "wuyou-test.h"

struct _WuyouTestScanner {
  char *path;
  int listener; /* -1: down */
  GThread *thread;
  int mode, stopping;
  guint connections;
};

static gboolean
read_all (int fd, void *bytes, gsize length)
{
  char *at = bytes;

  while (length > 0) {
    gssize got = recv (fd, at, length, 0);

    if (got <= 0)
      return FALSE;
    at += got;
    length -= (gsize) got;
  }
  return TRUE;
}

/* What was streamed, or NULL when the peer went away. */
static GString *
read_stream (int fd)
{
  GString *all = g_string_new (NULL);
  char command[10];
  guint32 size;

  if (!read_all (fd, command, sizeof command) || memcmp (command, "zINSTREAM", 10) != 0)
    goto gone;
  while (read_all (fd, &size, sizeof size)) {
    gsize length = GUINT32_FROM_BE (size);
    gsize before = all->len;

    if (length == 0)
      return all;
    g_string_set_size (all, before + length);
    if (!read_all (fd, all->str + before, length))
      break;
  }
gone:
  g_string_free (all, TRUE);
  return NULL;
}

static void
answer (int fd, const char *text, gsize length)
{
  if (send (fd, text, length, MSG_NOSIGNAL) < 0)
    g_test_message ("scanner's peer is gone");
}

/* Nothing more is said; the peer has to give up. */
static void
wait_for_end (WuyouTestScanner *self, int fd, const char *drip)
{
  while (!g_atomic_int_get (&self->stopping)) {
    struct pollfd wait = { fd, POLLIN, 0 };
    char byte;

    if (poll (&wait, 1, 200) > 0 && recv (fd, &byte, 1, 0) <= 0)
      return;
    if (drip != NULL)
      answer (fd, drip, 1);
  }
}

static void
judge (WuyouTestScanner *self, int fd, const GString *all)
{
  gboolean infected = memmem (all->str, all->len, WUYOU_TEST_VIRUS, strlen (WUYOU_TEST_VIRUS)) != NULL;
  static const char clean[] = "stream: OK", found[] = "stream: Wuyou.Test.UNOFFICIAL FOUND";
  static const char limit[] = "INSTREAM size limit exceeded. ERROR", other[] = "stream: PERHAPS";

  switch (g_atomic_int_get (&self->mode)) {
  case WUYOU_SCANNER_HONEST:
    answer (fd, infected ? found : clean, infected ? sizeof found : sizeof clean);
    break;
  case WUYOU_SCANNER_LIMIT:
    answer (fd, limit, sizeof limit);
    break;
  case WUYOU_SCANNER_BABBLES:
    answer (fd, other, sizeof other);
    break;
  case WUYOU_SCANNER_CUT:
    answer (fd, clean, 9);
    break;
  case WUYOU_SCANNER_DRIPS:
    wait_for_end (self, fd, " ");
    break;
  default:
    wait_for_end (self, fd, NULL);
  }
}

static void
serve (WuyouTestScanner *self, int fd)
{
  const struct timeval patience = { .tv_sec = 30 };
  GString *all;

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  g_atomic_int_inc (&self->connections);
  if (g_atomic_int_get (&self->mode) == WUYOU_SCANNER_CLOSES)
    return;
  all = read_stream (fd);
  if (all == NULL)
    return;
  judge (self, fd, all);
  g_string_free (all, TRUE);
}

static gpointer
run (gpointer data)
{
  WuyouTestScanner *self = data;

  while (!g_atomic_int_get (&self->stopping)) {
    struct pollfd wait = { self->listener, POLLIN, 0 };
    int fd = poll (&wait, 1, 50) > 0 ? accept (self->listener, NULL, NULL) : -1;

    if (fd < 0)
      continue;
    serve (self, fd);
    close (fd);
  }
  return NULL;
}

void
wuyou_test_scanner_start (WuyouTestScanner *self)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_strlcpy (address.sun_path, self->path, sizeof address.sun_path);
  self->listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listener, 16), ==, 0);
  self->stopping = FALSE;
  self->thread = g_thread_new ("scanner", run, self);
}

void
wuyou_test_scanner_stop (WuyouTestScanner *self)
{
  if (self->thread == NULL)
    return;
  g_atomic_int_set (&self->stopping, TRUE);
  g_thread_join (g_steal_pointer (&self->thread));
  close (self->listener);
  unlink (self->path);
}

WuyouTestScanner *
wuyou_test_scanner_new (void)
{
  WuyouTestScanner *self = g_new0 (WuyouTestScanner, 1);

  self->path = g_build_filename (wuyou_test_new_dir (), "clamd", NULL);
  wuyou_test_scanner_start (self);
  return self;
}

void
wuyou_test_scanner_free (WuyouTestScanner *self)
{
  wuyou_test_scanner_stop (self);
  g_free (self->path);
  g_free (self);
}

const char *
wuyou_test_scanner_get_path (WuyouTestScanner *self)
{
  return self->path;
}

void
wuyou_test_scanner_set_mode (WuyouTestScanner *self, WuyouTestScannerMode mode)
{
  g_atomic_int_set (&self->mode, mode);
}

guint
wuyou_test_scanner_count (WuyouTestScanner *self)
{
  return g_atomic_int_get (&self->connections);
}
