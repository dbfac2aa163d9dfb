"""A screen of our own and hands at its keys: the real window of a program, driven and looked at."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import build_tools

SIZE = "1366x768"
PACKAGES = ("xvfb", "openbox", "xdotool", "imagemagick")
PATIENCE = 120


class Screen:
    """An X server with a window manager. Programs in another system reach it too: they share its network."""

    def __init__(self, number: int, pictures: Path) -> None:
        self.display = f":{number}"
        self._pictures = pictures

    def press(self, *keys: str, rest: float = 1) -> None:
        """Press keys one after another, as xdotool names them, and wait."""
        for key in keys:
            self._do("key", "--clearmodifiers", key)
            time.sleep(rest)

    def write(self, text: str, rest: float = 0.5) -> None:
        """Type a text and wait."""
        self._do("type", "--delay", "60", text)
        time.sleep(rest)

    def click(self, x: int, y: int, window: str = "", rest: float = 1) -> None:
        """Click at a place of the screen, or of the window with these words in its title, and wait."""
        within = ("search", "--onlyvisible", "--name", window) if window else ()
        self._do(*within, "mousemove", *(("--window", "%1") if window else ()), str(x), str(y), "click", "1")
        time.sleep(rest)

    def wait_for(self, title: str, seconds: float = PATIENCE) -> None:
        """Wait until a window whose title holds the words is to be seen.

        Raises:
            build_tools.BuildError: it never came; the last picture shows what was there instead.
        """
        end = time.monotonic() + seconds
        while self._do("search", "--onlyvisible", "--name", title, check=False):
            if time.monotonic() > end:
                picture = self.look("missing")
                raise build_tools.BuildError(f"not proved: no window “{title}” came up, see {picture}")
            time.sleep(0.5)
        time.sleep(1)

    def look(self, name: str) -> Path:
        """Keep a picture of the whole screen."""
        picture = self._pictures / f"{name}.png"
        build_tools.run("import", "-display", self.display, "-window", "root", picture, log="picture")
        return picture

    def _do(self, *words: str, check: bool = True) -> int:
        environment = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(("xdotool", *words), env=environment, check=check, capture_output=True).returncode


@contextmanager
def screen(pictures: Path) -> Iterator[Screen]:
    """Open a screen; its pictures go to a folder, emptied first."""
    build_tools.need(*PACKAGES)
    build_tools.fresh(pictures)
    number = next(n for n in range(70, 170) if not Path(f"/tmp/.X11-unix/X{n}").exists())
    made = Screen(number, pictures)
    server = subprocess.Popen(["Xvfb", made.display, "-screen", "0", f"{SIZE}x24"], stderr=subprocess.DEVNULL)
    # A home of its own: the menus of whoever builds are none of its business.
    home = pictures / ".home"
    environment = {**os.environ, "DISPLAY": made.display, "HOME": str(home), "XDG_CACHE_HOME": str(home)}
    manager = None
    try:
        time.sleep(2)
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        time.sleep(1)
        yield made
    finally:
        for process in (manager, server):
            if process is not None:
                process.terminate()
                process.wait(10)
        shutil.rmtree(home, ignore_errors=True)
