# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The X screen: pictures, keys and the pointer."""
import os
import subprocess
import time

from .process import Process, run_command, wait_until

# Windows appear as a person's desktop shows them: undecorated (they bring their own bars), dialogs centred and focused.
OPENBOX = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <applications><application class="*"><decor>no</decor><focus>yes</focus></application></applications>
</openbox_config>
"""


class Screen:
    def __init__(self, folder):
        self.display = os.environ["DISPLAY"]
        self.folder = folder
        self.manager = None

    def start_window_manager(self):
        config = os.path.join(self.folder, "openbox.xml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(OPENBOX)
        self.manager = Process(
            ["openbox", "--sm-disable", "--config-file", config], os.path.join(self.folder, "openbox.log")
        )
        wait_until(lambda: run_command("xdotool", "get_num_desktops", check=False).strip() == "1", what="window manager")

    def stop(self):
        if self.manager:
            self.manager.stop()

    def shot(self, path, window=None):
        """A PNG of the whole screen, or of one window."""
        run_command("import", "-window", window or "root", "-silent", path)
        return path

    def settled_shot(self, path, timeout=5):
        """Waits until two pictures in a row are the same: transitions and late images are over."""
        end = time.monotonic() + timeout
        last = None
        while True:
            picture = subprocess.run(["import", "-window", "root", "-silent", "rgb:-"], capture_output=True, check=True)
            if picture.stdout == last or time.monotonic() > end:
                break
            last = picture.stdout
            time.sleep(0.15)
        return self.shot(path)

    def pixels(self, x, y, width, height):
        """A part of the screen as bytes, three for each dot."""
        part = ["-crop", f"{width}x{height}+{max(0, x)}+{max(0, y)}", "-depth", "8"]
        return subprocess.run(["import", "-window", "root", "-silent", *part, "rgb:-"], capture_output=True, check=True).stdout

    def key(self, *names):
        """Keys one after the other, such as "ctrl+n", "Return", "Tab"."""
        if names:
            run_command("xdotool", "key", "--delay", "30", *names)

    def type(self, text):
        # A delay is needed for characters that have no key: the keyboard map changes under each of them.
        delay = "12" if text.isascii() else "120"
        run_command("xdotool", "type", "--delay", delay, "--", text)

    def paste(self, text):
        """Through the clipboard; the holder of it stays until the next copy, so its output must not be a pipe."""
        subprocess.run(
            ["xclip", "-selection", "clipboard", "-i"],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        self.key("ctrl+v")

    def move(self, x, y, window=None):
        where = ["--window", window] if window else []
        run_command("xdotool", "mousemove", *where, x, y)

    def click(self, x, y, window=None, button=1, count=1):
        where = ["--window", window] if window else []
        run_command("xdotool", "mousemove", *where, x, y, "click", "--repeat", count, "--delay", 60, button)

    def wheel(self, down=1):
        run_command("xdotool", "click", "--repeat", abs(down), "--delay", 20, 5 if down > 0 else 4)

    def window_id(self, title, pid=None):
        """The X window of that title (of that process), the newest one; the active one when there is none."""
        of = ["--pid", pid] if pid else []
        found = run_command("xdotool", "search", "--onlyvisible", "--all", *of, "--name", "", check=False).split()
        named = [window for window in found if self.title(window) == title]
        return named[-1] if named else run_command("xdotool", "getactivewindow").strip()

    @staticmethod
    def title(window):
        return run_command("xdotool", "getwindowname", window, check=False).strip()

    @staticmethod
    def active_title():
        return run_command("xdotool", "getactivewindow", "getwindowname", check=False).strip()

    @staticmethod
    def active_window():
        return run_command("xdotool", "getactivewindow").strip()

    @staticmethod
    def place(window):
        """x, y, width, height of a window on the screen."""
        said = run_command("xdotool", "getwindowgeometry", "--shell", window)
        geometry = dict(line.split("=") for line in said.split())
        return tuple(int(geometry[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def resize(self, window, width, height):
        run_command("xdotool", "windowsize", "--sync", window, width, height)
