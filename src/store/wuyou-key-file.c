/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-key-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/wuyou-error.h"

static gboolean
fail (GError **error, WuyouError code, const char *path, const char *why)
{
  g_set_error (error, WUYOU_ERROR, code, "Key file %s: %s", path, why);
  return FALSE;
}

static gboolean
write_key (int fd)
{
  guint8 key[WUYOU_KEY_BYTES];
  gssize written;

  randombytes_buf (key, sizeof key);
  written = write (fd, key, sizeof key);
  sodium_memzero (key, sizeof key);
  return written == sizeof key && fsync (fd) == 0;
}

gboolean
_wuyou_key_file_create (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean ok;

  if (fd < 0)
    return fail (error, errno == EEXIST ? WUYOU_ERROR_CONFLICT : WUYOU_ERROR_UNAVAILABLE, path, g_strerror (errno));
  ok = write_key (fd);
  close (fd);
  if (ok)
    return TRUE;
  unlink (path);
  return fail (error, WUYOU_ERROR_STORAGE_FULL, path, "cannot be written");
}

static char *
find_path (const char *directory, const char *name, gboolean *ret_credential)
{
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *credential = g_strconcat ("wuyou-", name, NULL);
  g_autofree char *path = credentials != NULL ? g_build_filename (credentials, credential, NULL) : NULL;

  *ret_credential = path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR);
  return *ret_credential ? g_steal_pointer (&path) : g_build_filename (directory, name, NULL);
}

gboolean
_wuyou_key_file_read (const char *directory, const char *name, guint8 ret_key[WUYOU_KEY_BYTES], GError **error)
{
  gboolean credential = FALSE, ok;
  g_autofree char *path = find_path (directory, name, &credential);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  struct stat info;

  if (fd < 0)
    return fail (error, WUYOU_ERROR_UNAVAILABLE, path, g_strerror (errno));
  ok = fstat (fd, &info) == 0 && info.st_size == WUYOU_KEY_BYTES
       && read (fd, ret_key, WUYOU_KEY_BYTES) == WUYOU_KEY_BYTES;
  close (fd);
  if (!ok)
    return fail (error, WUYOU_ERROR_CORRUPT, path, "is not a key");
  if (!credential && (info.st_mode & 077) != 0)
    return fail (error, WUYOU_ERROR_INSECURE, path, "others may read it; use mode 0600");
  return TRUE;
}
