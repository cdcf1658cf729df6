/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#undef _FORTIFY_SOURCE /* open () is defined here, by both of its names */
#undef _FILE_OFFSET_BITS
#include "config.h"

#include "wuyou-shelf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <gmodule.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST 1500 /* files */

static GHashTable *shelf; /* path → descriptor + 1 */
static gboolean closed;

static int
open_really (const char *path, int flags, mode_t mode)
{
  return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

static void
put (const char *path)
{
  int fd;

  if (g_hash_table_size (shelf) >= MOST || g_hash_table_contains (shelf, path))
    return;
  fd = open_really (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0);
  if (fd >= 0)
    g_hash_table_insert (shelf, g_strdup (path), GINT_TO_POINTER (fd + 1));
}

static void
put_fonts (void)
{
  FcPattern *all = FcPatternCreate ();
  FcObjectSet *wanted = FcObjectSetBuild (FC_FILE, NULL);
  FcFontSet *fonts = FcFontList (NULL, all, wanted);
  FcChar8 *path;

  for (int i = 0; fonts != NULL && i < fonts->nfont; i++)
    if (FcPatternGetString (fonts->fonts[i], FC_FILE, 0, &path) == FcResultMatch)
      put ((const char *) path);
  if (fonts != NULL)
    FcFontSetDestroy (fonts);
  FcObjectSetDestroy (wanted);
  FcPatternDestroy (all);
}

static void
put_folder (const char *path, int depth)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    if (!g_file_test (inner, G_FILE_TEST_IS_DIR))
      put (inner);
    else if (depth > 0)
      put_folder (inner, depth - 1);
  }
}

void
wuyou_shelf_fill (void)
{
  shelf = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  put_folder (POPPLER_DATA, 2); /* before the fonts, of which there may be any number */
  put_fonts ();
}

void
wuyou_shelf_close (void)
{
  /* Fontconfig looks from time to time whether fonts were added; it could not read them any more. A picture has no
   * fonts, and must not wait for it to read its configuration. */
  if (shelf != NULL)
    FcConfigSetRescanInterval (NULL, 0);
  closed = TRUE;
}

static int
take (const char *path, int flags)
{
  int fd = GPOINTER_TO_INT (shelf != NULL ? g_hash_table_lookup (shelf, path) : NULL) - 1;
  int copy;

  if (fd < 0 || (flags & O_ACCMODE) != O_RDONLY) {
    errno = EACCES;
    return -1;
  }
  copy = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (copy >= 0)
    lseek (copy, 0, SEEK_SET); /* the place is shared; nothing here reads two at a time */
  return copy;
}

static int
open_from_shelf (const char *path, int flags, mode_t mode)
{
  return closed ? take (path, flags) : open_really (path, flags, mode);
}

/* These stand before those of the C library for every library that this program loads. */
G_MODULE_EXPORT int
open (const char *path, int flags, ...)
{
  va_list more;
  mode_t mode;

  va_start (more, flags);
  mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg (more, mode_t) : 0;
  va_end (more);
  return open_from_shelf (path, flags, mode);
}

G_MODULE_EXPORT int
open64 (const char *path, int flags, ...)
{
  va_list more;
  mode_t mode;

  va_start (more, flags);
  mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg (more, mode_t) : 0;
  va_end (more);
  return open_from_shelf (path, flags, mode);
}

static FILE *
open_stream (const char *path, const char *mode)
{
  gboolean reads = mode[0] == 'r' && strchr (mode, '+') == NULL;
  int fd = reads ? open_from_shelf (path, O_RDONLY | O_CLOEXEC, 0) : -1;

  if (!reads)
    errno = EACCES; /* nothing that this program does writes a file */
  return fd >= 0 ? fdopen (fd, "r") : NULL;
}

G_MODULE_EXPORT FILE *
fopen (const char *path, const char *mode)
{
  return open_stream (path, mode);
}

G_MODULE_EXPORT FILE *
fopen64 (const char *path, const char *mode)
{
  return open_stream (path, mode);
}
