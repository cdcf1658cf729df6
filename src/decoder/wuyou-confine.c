/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/wuyou-error.h"

/* Two walls that stand alone. The filter of system calls (seccomp) is the one that must be there: no opening, no
 * sockets, no programs, no threads, writing to one descriptor only. It needs neither privileges nor namespaces, so
 * it also holds in a container. Landlock, where the kernel has it, once more forbids every file to whatever finds a
 * hole in the filter. Neither leaves a path open for fonts: see wuyou-shelf.h. */

#define SPARE_FILES 16

static gboolean
refuse (GError **error, const char *what, int code)
{
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "%s: %s", what, g_strerror (code));
  return FALSE;
}

static gboolean
limit_one (__rlimit_resource_t resource, guint64 soft, guint64 hard, GError **error)
{
  struct rlimit limit = { soft, hard };

  return setrlimit (resource, &limit) == 0 || refuse (error, "setrlimit", errno);
}

/* Files that are open stay so; the count leaves room for a few copies of those on the shelf. */
static gboolean
limit_files (int fd, GError **error)
{
  int next = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  guint64 most = (guint64) next + SPARE_FILES;

  if (next < 0)
    return refuse (error, "dup", errno);
  close (next);
  return limit_one (RLIMIT_NOFILE, most, most, error);
}

static gboolean
limit_resources (const WuyouConfinement *confinement, GError **error)
{
  guint seconds = confinement->cpu_seconds;

  return limit_one (RLIMIT_AS, confinement->memory, confinement->memory, error)
         && limit_one (RLIMIT_CPU, seconds, seconds + 1, error) && limit_one (RLIMIT_FSIZE, 0, 0, error)
         && limit_one (RLIMIT_CORE, 0, 0, error) && limit_one (RLIMIT_NPROC, 0, 0, error)
         && limit_files (confinement->answer_fd, error);
}

/* For a server that is root in its container; one that has none need not be allowed to ask (systemd forbids it). */
static gboolean
drop_capabilities (GError **error)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct sets[2] = { { 0 } };

  if (syscall (SYS_capget, &header, sets) != 0)
    return refuse (error, "capget", errno);
  if (sets[0].permitted == 0 && sets[1].permitted == 0)
    return TRUE;
  memset (sets, 0, sizeof sets);
  return syscall (SYS_capset, &header, sets) == 0 || refuse (error, "capset", errno);
}

static gboolean
restrict_files (GError **error)
{
  int version = (int) syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  struct landlock_ruleset_attr rules = { .handled_access_fs = (1u << 13) - 1 };
  int fd;

  if (version < 1)
    return TRUE;
  if (version >= 2)
    rules.handled_access_fs |= 1u << 13; /* moving between folders */
  if (version >= 3)
    rules.handled_access_fs |= 1u << 14; /* truncating */
  fd = (int) syscall (SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (fd < 0 || syscall (SYS_landlock_restrict_self, fd, 0) != 0)
    return refuse (error, "landlock", errno);
  close (fd);
  return TRUE;
}

/* What computing needs, and reading from descriptors that are there. */
static int
allow_plain (scmp_filter_ctx filter)
{
  static const int calls[] = {
    SCMP_SYS (read),           SCMP_SYS (pread64),      SCMP_SYS (lseek),        SCMP_SYS (close),
    SCMP_SYS (fstat),          SCMP_SYS (brk),          SCMP_SYS (munmap),       SCMP_SYS (mremap),
    SCMP_SYS (madvise),        SCMP_SYS (exit),         SCMP_SYS (exit_group),   SCMP_SYS (rt_sigreturn),
    SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigaction), SCMP_SYS (futex),        SCMP_SYS (restart_syscall),
    SCMP_SYS (clock_gettime),  SCMP_SYS (clock_getres), SCMP_SYS (gettimeofday), SCMP_SYS (getrandom),
    SCMP_SYS (getpid),         SCMP_SYS (gettid),       SCMP_SYS (sched_yield),  SCMP_SYS (sysinfo),
  };
  int status = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls) && status == 0; i++)
    status = seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0);
  return status;
}

/* Asking what a descriptor is (newfstatat without a path) may tell of a path as well, but not what is in it. Copies of
 * descriptors are made of what is open. Memory is never code. abort () is let die its own way. */
static int
allow_with_care (scmp_filter_ctx filter, int answer_fd)
{
  static const int commands[] = { F_GETFD, F_SETFD, F_GETFL, F_DUPFD, F_DUPFD_CLOEXEC };
  const struct {
    int call;
    struct scmp_arg_cmp condition;
  } rules[] = {
    { SCMP_SYS (write), SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) answer_fd) },
    { SCMP_SYS (mmap), SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0) },
    { SCMP_SYS (mprotect), SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0) },
    { SCMP_SYS (newfstatat), SCMP_A3 (SCMP_CMP_EQ, AT_EMPTY_PATH) },
    { SCMP_SYS (tgkill), SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) getpid ()) },
  };
  int status = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rules) && status == 0; i++)
    status = seccomp_rule_add (filter, SCMP_ACT_ALLOW, rules[i].call, 1, rules[i].condition);
  for (guint i = 0; i < G_N_ELEMENTS (commands) && status == 0; i++)
    status = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1,
                               SCMP_A1 (SCMP_CMP_EQ, (scmp_datum_t) commands[i]));
  return status;
}

/* All else is answered with EPERM, so that a library that tries something harmless goes on; what no honest decoder
 * ever asks for ends it. */
static int
forbid_for_good (scmp_filter_ctx filter)
{
  static const int calls[] = {
    SCMP_SYS (execve),
    SCMP_SYS (execveat),
    SCMP_SYS (ptrace),
    SCMP_SYS (socket),
    SCMP_SYS (bpf),
    SCMP_SYS (process_vm_readv),
    SCMP_SYS (process_vm_writev),
    SCMP_SYS (init_module),
    SCMP_SYS (mount),
    SCMP_SYS (io_uring_setup),
    SCMP_SYS (userfaultfd),
    SCMP_SYS (keyctl),
  };
  int status = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls) && status == 0; i++)
    status = seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, calls[i], 0);
  return status;
}

static gboolean
filter_calls (int answer_fd, GError **error)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  int status = filter != NULL ? 0 : -ENOMEM;

  if (status == 0)
    status = seccomp_attr_set (filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a search instead of a walk */
  if (status == 0)
    status = allow_plain (filter);
  if (status == 0)
    status = allow_with_care (filter, answer_fd);
  if (status == 0)
    status = forbid_for_good (filter);
  if (status == 0)
    status = seccomp_load (filter);
  seccomp_release (filter);
  return status == 0 || refuse (error, "seccomp", -status);
}

gboolean
wuyou_confine (const WuyouConfinement *confinement, GError **error)
{
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return refuse (error, "prctl", errno);
  return drop_capabilities (error) && restrict_files (error) && limit_resources (confinement, error)
         && filter_calls (confinement->answer_fd, error);
}
