"""Prove the real window of what was built, in the newer wine and in the clean old Debian: `build.py … --prove --full`.

Installed silently from a county's hand-out folder, driven by keys, upgraded while open (refused, with its sentence)
and closed, removed; the data stay. Pictures of every step are left in build/proof/windows-window and deb-window.
"""

import subprocess
import time
from pathlib import Path

import build_linux
import build_tools
import chroot
import prove
import window_driver
from prove import PROOF, RUNNING
from virtual_screen import Screen, screen
from window_driver import Installed, expect, wait_until
from wine10 import X_SOCKETS, Wine10


def windows(setup: Path) -> None:
    """Drive the Windows program in wine 10."""
    build_tools.say("Windows: the real window in wine 10")
    given = window_driver.hand_out(PROOF / "windows-hand-out", setup)
    with screen(PROOF / "windows-window") as desk:
        wine = Wine10(desk.display, {given: "/given"})
        try:
            drive_windows(desk, wine, f"Z:\\given\\{setup.name}")
        finally:
            wine.stop()


def drive_windows(desk: Screen, wine: Wine10, setup: str) -> None:
    """Install from the hand-out, work, upgrade, remove."""
    expect(wine.run(setup, "/S") == 0, "the installer ends well in wine 10")
    place = wine.local / "Programs" / build_tools.NAME
    exe = wine.path(place / f"{build_tools.NAME}.exe")
    program = Installed(lambda: wine.start(exe), wine.local / build_tools.NAME, wine.home)
    running = window_driver.first_day(desk, program)
    stale = place / "_internal" / "stale.txt"
    stale.write_text("from an older version", "utf-8")
    refused = wine.start(setup)
    time.sleep(8)
    desk.look("8-upgrade-refused")
    desk.press("Return")
    expect(refused.wait(60) == RUNNING, "the installer refuses while the window is open")
    expect(stale.is_file(), "a refused upgrade changes nothing")
    window_driver.close(desk, running)
    expect(program.is_sound(), "the record is there when the window is closed")
    expect(wine.run(setup, "/S") == 0, "the upgrade ends well in wine 10")
    expect(not stale.exists(), "an upgrade leaves no stale file")
    window_driver.next_day(desk, program, "9-after-upgrade")
    wine.run(wine.path(place / "uninstall.exe"), "/S")
    wait_until(lambda: not place.exists(), "the program is gone after removal")
    expect(program.is_sound(), "removal keeps the data")


def deb(package: Path) -> None:
    """Drive the Linux program in the clean old Debian."""
    build_tools.say("Linux: the real window")
    given = window_driver.hand_out(PROOF / "deb-hand-out", package)
    root = prove.clean_copy()
    with screen(PROOF / "deb-window") as desk:
        drive_deb(desk, root, given, package.name)


def drive_deb(desk: Screen, root: Path, given: Path, name: str) -> None:
    """Install from the hand-out, work, upgrade, remove."""
    binds = {given: "/given", X_SOCKETS: str(X_SOCKETS)}
    apt = ("apt-get", "-yq", "--no-install-recommends", "install")
    chroot.run(root, *apt, f"/given/{name}", binds=binds, log="deb-window-install")
    app = Path("/opt/apps") / build_linux.APP_ID / "files"
    task = next(given.glob("*.dct")).name
    words = [str(app / "start.sh"), f"/given/{task}"]

    def start() -> "subprocess.Popen[bytes]":
        # The first time as a double click on the task package starts it, later from the menu.
        return chroot.start(root, *words, binds=binds, DISPLAY=desk.display)

    program = Installed(start, root / "root/.local/share/duchatong", root / "root")
    running = window_driver.first_day(desk, program)
    del words[1:]
    stale = root / str(app / "_internal" / "stale.txt")[1:]
    stale.write_text("from an older version", "utf-8")
    for deed in (("dpkg", "-i", f"/given/{name}"), ("dpkg", "-r", build_linux.APP_ID)):
        expect_refused(root, deed, binds)
    expect(running.poll() is None, "the program stays open when it is not replaced")
    window_driver.close(desk, running)
    expect(program.is_sound(), "the record is there when the window is closed")
    chroot.run(root, "dpkg", "-i", f"/given/{name}", binds=binds, log="deb-window-upgrade")
    window_driver.next_day(desk, program, "9-after-upgrade")
    stale.unlink()
    chroot.run(root, "dpkg", "-r", build_linux.APP_ID, log="deb-window-remove")
    expect(not (root / str(app)[1:]).exists(), "the program is gone after removal")
    expect(program.is_sound(), "removal keeps the data")


def expect_refused(root: Path, deed: tuple[str, ...], binds: dict[Path, str]) -> None:
    """See that the package manager leaves an open program alone, and says why."""
    try:
        chroot.run(root, *deed, binds=binds, log="deb-window-refused")
    except build_tools.BuildError as error:
        expect("正在运行" in str(error), f"the refusal says that the program is open: {error}")
    else:
        expect(False, f"{' '.join(deed)} is refused while the window is open")
