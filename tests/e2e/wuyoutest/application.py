# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Finding a program on the accessibility bus."""
import pyatspi

from .process import wait_until
from .tree import Node, pump


def find_application(pid, screen, timeout=30, alive=lambda: None):
    """The root of a program's tree, by its process."""

    def probe():
        alive()
        pump()
        desktop = pyatspi.Registry.getDesktop(0)
        for index in range(desktop.childCount):
            accessible = desktop.getChildAtIndex(index)
            if accessible is None or accessible.get_process_id() != pid:
                continue
            if accessible.childCount:
                return Node(accessible, screen, pid)
            accessible.clearCache()
        return None

    return wait_until(probe, timeout, what=f"the windows of process {pid}")
