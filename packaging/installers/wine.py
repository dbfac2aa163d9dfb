"""Windows programs on Debian: a wine prefix of our own, good for building and for proving without a screen."""

import os
import shutil
import subprocess
import threading
from functools import cache
from pathlib import Path

import build_tools
import debian

PREFIX = build_tools.CACHE / "wine"
DRIVE = PREFIX / "drive_c"
SETTINGS = {
    "WINEPREFIX": str(PREFIX),
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree=d;mshtml=d;winemenubuilder.exe=d",
    # Wine strips QT_*; its own prefix for them. Its windows plugin needs a newer wine than Debian's.
    "WINEQT_QPA_PLATFORM": "offscreen",
    # Without a screen Qt does not ask Windows for its fonts.
    "WINEQT_QPA_FONTDIR": "C:\\windows\\Fonts",
}


@cache
def prepare() -> None:
    """Install wine and make the prefix look like Windows 10."""
    build_tools.need("wine", "wine64")
    if not (PREFIX / ".finished").is_file():
        make_prefix()


def make_prefix() -> None:
    """Make a prefix anew, with a library and with Chinese fonts that wine lacks."""
    build_tools.say("wine prefix")
    build_tools.fresh(PREFIX)
    run("wineboot", "-i")
    run("winecfg", "-v", "win10")
    if fonts := debian.document_fonts():
        for face in fonts.parent.glob("*.otf"):
            shutil.copy(face, DRIVE / "windows" / "Fonts")
    shim = DRIVE / "windows" / "system32" / "bcryptprimitives.dll"
    source = build_tools.HERE / "windows" / "bcryptprimitives.c"
    compiler = (build_tools.zig() / "zig", "cc", "-target", "x86_64-windows-gnu", "-O2", "-shared", "-nostdlib")
    build_tools.run(*compiler, "-o", shim, source, "-ladvapi32", log="bcryptprimitives")
    build_tools.finish(PREFIX)


def path(unix: Path) -> str:
    """Return a path as Windows programs see it."""
    return "Z:" + str(unix.resolve()).replace("/", "\\")


def start(*command: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start a Windows program; its input is a pipe that stays open, without which Python does not start."""
    loader = Path("/usr/lib/wine/wine64")
    wine = str(loader) if loader.is_file() else shutil.which("wine") or "wine"
    return subprocess.Popen(
        [wine, *command],
        env={**os.environ, **SETTINGS, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def finish(process: subprocess.Popen[bytes], seconds: float) -> tuple[int, str]:
    """Wait for a program; return its exit code and what it printed.

    Raises:
        subprocess.TimeoutExpired: it did not end in time; it has been killed.
    """
    printed: list[bytes] = []
    assert process.stdout
    # Wine's helpers inherit the pipe and outlive the program, so its end is never waited for.
    reader = threading.Thread(target=printed.extend, args=(process.stdout,), daemon=True)
    reader.start()
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    reader.join(2)
    return code, b"".join(printed).decode("utf-8", "replace")


def run(*command: str, seconds: float = 120, **environment: str) -> tuple[int, str]:
    """Run a Windows program to its end; return its exit code and what it printed."""
    return finish(start(*command, **environment), seconds)


def home() -> Path:
    """Return the folder of the prefix's user."""
    return next(p for p in (DRIVE / "users").iterdir() if p.is_dir() and p.name != "Public")
