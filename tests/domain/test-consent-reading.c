/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-read-tracker.h"
#include "wuyou-test.h"

typedef enum { END, LAYOUT, MEASURING, READER, CLAMPED, JUMP, CARET } Action;

/* LAYOUT, MEASURING: viewport, content, offset. Others: offset, or the clause for CARET. */
typedef struct {
  Action action;
  double a, b, c;
  gboolean read; /* expected after the step */
  guint percent;
} Step;

static const struct {
  const char *name;
  Step steps[8];
} cases[] = {
  { "nothing-before-layout", { { READER, 0, 0, 0, FALSE, 0 }, { LAYOUT, 0, 0, 0, FALSE, 0 } } },
  { "empty-allocation", { { LAYOUT, 400, 0, 0, FALSE, 0 }, { LAYOUT, 0, 900, 0, FALSE, 0 } } },
  { "fits-after-layout", { { MEASURING, 400, 100, 0, FALSE, 0 }, { LAYOUT, 400, 300, 0, TRUE, 100 } } },
  { "looked-short-while-measuring",
    { { MEASURING, 400, 100, 0, FALSE, 0 }, { LAYOUT, 400, 4000, 0, FALSE, 10 }, { READER, 0, 0, 0, FALSE, 10 } } },
  { "scrolled-to-the-end",
    { { LAYOUT, 400, 1000, 0, FALSE, 40 },
      { READER, 300, 0, 0, FALSE, 70 },
      { READER, 597, 0, 0, FALSE, 99 },
      { READER, 598, 0, 0, TRUE, 100 },
      { READER, 0, 0, 0, TRUE, 100 } } },
  { "grown-window-is-no-reading",
    { { LAYOUT, 400, 1000, 0, FALSE, 40 },
      { READER, 300, 0, 0, FALSE, 70 },
      { LAYOUT, 800, 1000, 200, FALSE, 99 },
      { CLAMPED, 200, 0, 0, FALSE, 99 },
      { READER, 200, 0, 0, TRUE, 100 } } },
  { "shrunk-text-is-no-reading",
    { { LAYOUT, 400, 1000, 0, FALSE, 40 },
      { READER, 300, 0, 0, FALSE, 70 },
      { CLAMPED, 100, 0, 0, FALSE, 70 },
      { LAYOUT, 400, 500, 100, FALSE, 99 } } },
  { "grown-until-all-is-seen", { { LAYOUT, 400, 1000, 0, FALSE, 40 }, { LAYOUT, 1000, 1000, 0, TRUE, 100 } } },
  { "end-while-measuring",
    { { MEASURING, 400, 900, 0, FALSE, 0 }, { READER, 500, 0, 0, FALSE, 0 }, { LAYOUT, 400, 900, 500, TRUE, 100 } } },
  { "end-while-measuring-was-not-the-end",
    { { MEASURING, 400, 900, 0, FALSE, 0 },
      { READER, 500, 0, 0, FALSE, 0 },
      { LAYOUT, 400, 3000, 500, FALSE, 30 },
      { LAYOUT, 400, 900, 500, FALSE, 99 } } },
  { "jump-does-not-count",
    { { LAYOUT, 400, 1000, 0, FALSE, 40 }, { JUMP, 600, 0, 0, FALSE, 40 }, { READER, 600, 0, 0, TRUE, 100 } } },
  { "caret-in-last-clause",
    { { LAYOUT, 400, 1000, 0, FALSE, 40 }, { CARET, 4, 0, 0, FALSE, 50 }, { CARET, 9, 0, 0, TRUE, 100 } } },
  { "below-another-document",
    { { LAYOUT, 400, 300, -500, FALSE, 0 }, { READER, -200, 0, 0, FALSE, 66 }, { READER, -100, 0, 0, TRUE, 100 } } },
  { "scrolled-past", { { LAYOUT, 400, 300, -500, FALSE, 0 }, { READER, 700, 0, 0, FALSE, 99 } } },
};

static gboolean
run_step (WuyouReadTracker *tracker, const Step *step)
{
  switch (step->action) {
  case LAYOUT:
  case MEASURING:
    return wuyou_read_tracker_layout (tracker, 0, step->a, step->b, step->c, step->action == LAYOUT);
  case CARET:
    return wuyou_read_tracker_caret (tracker, 0, (guint) step->a);
  default:
    return wuyou_read_tracker_scroll (tracker, 0, step->a,
                                      step->action == READER    ? WUYOU_SCROLL_READER
                                      : step->action == CLAMPED ? WUYOU_SCROLL_LAYOUT
                                                                : WUYOU_SCROLL_JUMP);
  }
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (WuyouReadTracker) tracker = wuyou_read_tracker_new (1);
  gboolean read = FALSE;

  wuyou_read_tracker_set_clauses (tracker, 0, 10);
  for (const Step *step = cases[i].steps; step->action != END; step++) {
    g_test_message ("step %d", (int) (step - cases[i].steps));
    g_assert_cmpint (run_step (tracker, step), ==, step->read && !read);
    read = step->read;
    g_assert_cmpint (wuyou_read_tracker_is_read (tracker, 0), ==, step->read);
    g_assert_cmpint (wuyou_read_tracker_is_complete (tracker), ==, step->read);
    g_assert_cmpuint (wuyou_read_tracker_get_percent (tracker, 0), ==, step->percent);
  }
}

static void
test_several (void)
{
  g_autoptr (WuyouReadTracker) tracker = wuyou_read_tracker_new (3), none = wuyou_read_tracker_new (0);

  g_assert_false (wuyou_read_tracker_is_complete (none));
  wuyou_read_tracker_set_clauses (tracker, 0, 60);
  wuyou_read_tracker_set_clauses (tracker, 1, 30);
  wuyou_read_tracker_set_clauses (tracker, 2, 10);
  g_assert_cmpint (wuyou_read_tracker_get_next (tracker), ==, 0);
  g_assert_true (wuyou_read_tracker_caret (tracker, 0, 59));
  g_assert_cmpuint (wuyou_read_tracker_get_total (tracker), ==, 60);
  g_assert_true (wuyou_read_tracker_caret (tracker, 2, 9));
  g_assert_cmpint (wuyou_read_tracker_get_next (tracker), ==, 1);
  g_assert_cmpuint (wuyou_read_tracker_get_total (tracker), ==, 70);
  g_assert_false (wuyou_read_tracker_is_complete (tracker));
  g_assert_true (wuyou_read_tracker_caret (tracker, 1, 29));
  g_assert_true (wuyou_read_tracker_is_complete (tracker));
  g_assert_cmpuint (wuyou_read_tracker_get_total (tracker), ==, 100);
  g_assert_cmpint (wuyou_read_tracker_get_next (tracker), ==, -1);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/consent/reading/%s", cases[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
  }
  g_test_add_func ("/consent/reading/several", test_several);
  return g_test_run ();
}
