/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "wuyou-confine.h"
#include "wuyou-shelf.h"

/* confined-probe free|confined|old|closed WHAT: tries one thing that a taken-over decoder would try. Exit status 0: it
 * could; 10: it was refused; 3: there is no confinement to be had. Whether it is killed the caller sees. Old: on a
 * kernel without Landlock; closed: on one without seccomp filters. */

#define REFUSED 10

static int
open_file (void)
{
  return (int) syscall (SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY, 0);
}

static int
open_by_library (void)
{
  return fopen ("/etc/passwd", "r") != NULL ? 0 : -1;
}

static int
open_program (void)
{
  return open ("/proc/self/exe", O_RDONLY);
}

static int
create_file (void)
{
  return (int) syscall (SYS_openat, AT_FDCWD, "/tmp", O_RDWR | O_TMPFILE, 0600);
}

static int
list_folder (void)
{
  return (int) syscall (SYS_openat, AT_FDCWD, "/", O_RDONLY | O_DIRECTORY, 0);
}

static int
make_folder (void)
{
  return mkdir ("/tmp/wuyou-confined-probe", 0700) == 0 ? rmdir ("/tmp/wuyou-confined-probe") : -1;
}

static int
make_memory_file (void)
{
  return memfd_create ("x", 0);
}

static int
connect_out (void)
{
  return socket (AF_INET, SOCK_STREAM, 0);
}

static int
connect_pair (void)
{
  int ends[2];

  return socketpair (AF_UNIX, SOCK_STREAM, 0, ends);
}

static int
run_program (void)
{
  char *argv[] = { (char *) "/bin/true", NULL };

  return execv (argv[0], argv); /* true exits with 0 */
}

static int
fork_once (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    _exit (0);
  return pid;
}

static void *
on_thread_cb (void *data)
{
  return data;
}

static int
make_thread (void)
{
  pthread_t thread;

  return pthread_create (&thread, NULL, on_thread_cb, NULL) == 0 ? 0 : -1;
}

static int
trace_parent (void)
{
  return (int) ptrace (PTRACE_TRACEME, 0, NULL, NULL);
}

static int
signal_parent (void)
{
  return kill (getppid (), 0);
}

static int
write_elsewhere (void)
{
  return write (STDERR_FILENO, "", 0) == 0 ? 0 : -1;
}

static int
make_code (void)
{
  return mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ? 0
                                                                                                                 : -1;
}

static int
turn_into_code (void)
{
  void *page = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return mprotect (page, 4096, PROT_READ | PROT_EXEC);
}

static int
lift_limits (void)
{
  struct rlimit limit = { 1 << 20, 1 << 20 };

  return setrlimit (RLIMIT_NOFILE, &limit);
}

static int
take_memory (void)
{
  const size_t size = (size_t) 2048 * 1024 * 1024;

  return mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED
             ? 0
             : -1;
}

static int
be_dumped (void)
{
  return prctl (PR_SET_DUMPABLE, 1, 0, 0, 0);
}

static int
take_time (void)
{
  for (clock_t start = clock (); clock () - start < 3 * CLOCKS_PER_SEC;)
    ;
  return 0;
}

/* Inside, the second one cannot be had any more: it has to say so instead of going on. */
static int
confine_again (void)
{
  const WuyouConfinement confinement = { STDOUT_FILENO, G_GUINT64_CONSTANT (1024) * 1024 * 1024, 1 };

  return wuyou_confine (&confinement, NULL) ? 0 : -1;
}

/* What must go on working. */
static int
answer (void)
{
  return write (STDOUT_FILENO, "x", 1) == 1 ? 0 : -1;
}

static int
take_from_shelf (void)
{
  int fd = open (POPPLER_DATA "/cMap/Adobe-GB1/GBK-EUC-H", O_RDONLY);
  char start[4] = "";

  return fd >= 0 && read (fd, start, sizeof start) == 4 && memcmp (start, "%!PS", 4) == 0 ? 0 : -1;
}

static int
write_to_shelf (void)
{
  return open (POPPLER_DATA "/cMap/Adobe-GB1/GBK-EUC-H", O_RDWR);
}

static const struct {
  const char *name;
  int (*function) (void);
} attempts[] = {
  { "open", open_file },
  { "fopen", open_by_library },
  { "open-program", open_program },
  { "create", create_file },
  { "list", list_folder },
  { "mkdir", make_folder },
  { "memfd", make_memory_file },
  { "socket", connect_out },
  { "socketpair", connect_pair },
  { "exec", run_program },
  { "fork", fork_once },
  { "thread", make_thread },
  { "ptrace", trace_parent },
  { "kill", signal_parent },
  { "write-elsewhere", write_elsewhere },
  { "make-code", make_code },
  { "turn-into-code", turn_into_code },
  { "limits", lift_limits },
  { "memory", take_memory },
  { "dumpable", be_dumped },
  { "time", take_time },
  { "confine", confine_again },
  { "answer", answer },
  { "shelf", take_from_shelf },
  { "shelf-write", write_to_shelf },
};

static int
attempt (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    if (g_str_equal (attempts[i].name, name))
      return attempts[i].function () >= 0 ? 0 : REFUSED;
  return 2;
}

static void
take_from_kernel (const char *how)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);

  if (g_str_equal (how, "old"))
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (landlock_create_ruleset), 0);
  if (g_str_equal (how, "closed")) {
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (seccomp), 0);
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (EINVAL), SCMP_SYS (prctl), 1, SCMP_A0 (SCMP_CMP_EQ, PR_SET_SECCOMP));
  }
  if (seccomp_load (filter) != 0)
    _exit (4);
  seccomp_release (filter);
}

int
main (int argc, char **argv)
{
  const WuyouConfinement confinement = { STDOUT_FILENO, G_GUINT64_CONSTANT (1024) * 1024 * 1024, 1 };

  if (argc != 3)
    return 2;
  if (g_str_equal (argv[1], "old") || g_str_equal (argv[1], "closed"))
    take_from_kernel (argv[1]);
  if (!g_str_equal (argv[1], "free")) {
    wuyou_shelf_fill ();
    wuyou_shelf_close ();
    if (!wuyou_confine (&confinement, NULL))
      return 3;
  }
  _exit (attempt (argv[2]));
}
