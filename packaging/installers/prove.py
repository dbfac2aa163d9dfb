"""Prove what was built on the nearest thing to an office PC that can be had: wine, and a clean old Debian.

Every step that does not do what it should raises `build_tools.BuildError` with a sentence saying which.
"""

import shutil
import time
from pathlib import Path

import build_linux
import build_tools
import build_windows
import chroot
import fcitx
import wine
from machine import AMD64, Machine
from window_driver import expect, wait_until

RUNNING = 5
"""The installer's exit code when the program is open."""

PROOF = build_tools.BUILD / "proof"
CHINESE_FOLDER = "自检 一"


# --- Windows --------------------------------------------------------------------------------------------


def windows(setup: Path) -> None:
    """Install silently, run, refuse to upgrade while running, upgrade, remove; the data stays until it is asked for."""
    wine.prepare()
    local = wine.home() / "AppData" / "Local"
    installed = local / "Programs" / build_tools.NAME
    data = local / build_tools.NAME
    for folder in (installed, data):
        shutil.rmtree(folder, ignore_errors=True)
    build_tools.say("Windows: install and self-check")
    expect_code(wine.run(wine.path(setup), "/S"), 0, "the installer ends well")
    program = installed / f"{build_tools.NAME}.exe"
    expect(program.is_file(), "the program is installed")
    shortcuts = list((wine.home() / "AppData/Roaming").rglob(f"{build_tools.TITLE}.lnk"))
    expect(shortcuts, "the start menu has a link")
    expect(".dct" in registry(), "the program opens .dct files")
    self_check_in_wine(program)
    build_tools.say("Windows: upgrade and removal")
    upgrade(setup, installed, program)
    uninstall(installed, data)


def self_check_in_wine(program: Path) -> None:
    """Run the frozen program's own check in a Chinese path."""
    folder = build_tools.fresh(PROOF / "windows" / CHINESE_FOLDER)
    code, text = wine.run(wine.path(program), "--self-check", wine.path(folder), seconds=300)
    found = "\n".join(path.read_text("utf-8") for path in folder.glob("*.txt"))
    expect(code == 0, f"the self-check ends with {code}\n{text[-2000:]}\n{found[-2000:]}")


def upgrade(setup: Path, installed: Path, program: Path) -> None:
    """See that an open program is not replaced and that an upgrade leaves no stale file."""
    stale = installed / "_internal" / "stale.txt"
    stale.write_text("from an older version", "utf-8")
    data = build_tools.fresh(PROOF / "windows-open")
    running = wine.start(wine.path(program), "--data", wine.path(data))
    time.sleep(8)
    expect(running.poll() is None, "the program stays open")
    refused = wine.run(wine.path(setup), "/S")
    expect_code(refused, RUNNING, "the installer refuses while the program is open")
    expect(stale.is_file(), "a refused upgrade changes nothing")
    wine.run("taskkill", "/F", "/IM", program.name)
    running.wait(30)
    expect_code(wine.run(wine.path(setup), "/S"), 0, "the upgrade ends well")
    expect(not stale.exists(), "an upgrade leaves no stale file")


def uninstall(installed: Path, data: Path) -> None:
    """See that removal keeps the data, and deletes it when asked."""
    record = data / "duchatong.db"
    for arguments, stays in ((("/S",), True), (("/S", "/PURGE=1"), False)):
        data.mkdir(parents=True, exist_ok=True)
        record.write_text("the office's records", "utf-8")
        if not installed.exists():
            wine.run(wine.path(build_windows.setup_path()), "/S")
        wine.run(wine.path(installed / "uninstall.exe"), *arguments)
        # The uninstaller goes on in a copy of itself.
        wait_until(lambda: not installed.exists(), "the program is gone after removal")
        wait_until(lambda: ".dct" not in registry(), "nothing stays behind in the registry")
        expect(record.is_file() is stays, "removal keeps the data" if stays else "removal deletes the data on request")


def expect_code(result: tuple[int, str], wanted: int, sentence: str) -> None:
    """Stop unless a Windows program ended with the wanted exit code."""
    expect(result[0] == wanted, f"{sentence} (exit code {result[0]})\n{result[1][-1000:]}")


def registry() -> str:
    """Return the user's registry as wine would show it."""
    return wine.run("reg", "query", "HKCU\\Software\\Classes", "/s")[1]


# --- Linux ----------------------------------------------------------------------------------------------

SCREEN = """
Xvfb :7 -screen 0 1366x768x24 >/dev/null 2>&1 &
screen=$!
while kill -0 $screen && ! [ -S /tmp/.X11-unix/X7 ]; do sleep 1; done
DISPLAY=:7 "$@"
code=$?
kill $screen
exit $code
"""


def deb(package: Path, machine: Machine = AMD64) -> None:
    """Install in a clean old Debian, run without and with a screen, upgrade, remove; the data stays."""
    root = clean_copy(machine)
    app = Path("/opt/apps") / build_linux.APP_ID
    start = str(app / "files" / "start.sh")
    binds = {package.parent: "/dist", build_tools.fresh(PROOF / f"deb-{machine.debian}"): "/proof"}
    install = ("apt-get", "-yq", "--no-install-recommends", "install", f"/dist/{package.name}")
    build_tools.say(f"Linux: install and self-check ({machine.debian})")
    chroot.run(root, *install, binds=binds, log="deb-install")
    # Without it there would be no word of it, and no Chinese where fcitx 4 is the input method.
    found = chroot.run(root, "ldd", "-r", str(fcitx.place(app / "files")), log="deb-input-plugin")
    expect("undefined symbol" not in found and "=> not found" not in found, f"the input plugin can be loaded\n{found}")
    offscreen = ("--self-check", f"/proof/{CHINESE_FOLDER}")
    chroot.run(root, start, *offscreen, binds=binds, log="deb-offscreen", QT_QPA_PLATFORM="offscreen")
    on_screen = ("sh", "-c", SCREEN, "sh", start, "--self-check", "/proof/screen")
    chroot.run(root, *on_screen, binds=binds, log="deb-screen")
    build_tools.say("Linux: upgrade and removal")
    record = root / "root/.local/share/duchatong/duchatong.db"
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text("the office's records", "utf-8")
    chroot.run(root, "dpkg", "-i", f"/dist/{package.name}", binds=binds, log="deb-upgrade")
    chroot.run(root, "dpkg", "-r", build_linux.APP_ID, log="deb-remove")
    expect(not (root / str(app)[1:]).exists(), "the program is gone after removal")
    expect(record.is_file(), "removal keeps the data")


def clean_copy(machine: Machine = AMD64) -> Path:
    """Return a copy of the clean old Debian, to be used up."""
    return chroot.copy(clean_debian(machine), build_tools.CACHE / f"{chroot.SUITE}-{machine.debian}-proof")


def clean_debian(machine: Machine = AMD64) -> Path:
    """Return an old Debian with what any desktop has: a screen and Chinese fonts."""
    root = build_tools.CACHE / f"{chroot.SUITE}-{machine.debian}-desktop"
    if not (root / ".finished").is_file():
        chroot.copy(chroot.bare(machine=machine), root)
        build_tools.say(f"a clean old Debian ({machine.debian})")
        chroot.install(root, "xvfb", "fonts-wqy-zenhei", "ca-certificates", log="desktop")
        build_tools.finish(root)
    return root
