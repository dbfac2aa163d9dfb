"""Prove that Chinese can be typed on Linux: pinyin through ibus, fcitx 5 and fcitx 4 into the real window.

Run by `build.py deb --prove --full`, or alone on a package that is built: `prove_input.py [ibus|fcitx5|fcitx …]`.
Pictures are left in build/proof/input-….
"""

import subprocess
import sys
from pathlib import Path

import build_linux
import build_tools
import chroot
import prove
import window_driver
from virtual_screen import screen
from window_driver import Installed
from wine10 import X_SOCKETS

PACKAGES = {
    "ibus": ("ibus", "ibus-libpinyin"),
    "fcitx5": ("fcitx5", "fcitx5-chinese-addons"),
    "fcitx": ("fcitx", "fcitx-pinyin", "fcitx-module-dbus", "fcitx-module-x11", "fcitx-ui-classic"),
}
PROVED = tuple(PACKAGES)
KIND, FACT = "renyuanjuji ", "xuexiaoshitang "
"""The pinyin of 人员聚集 and of 学校食堂; the space takes the first candidate."""
WANTED = "学校食堂"
SESSION = ("dbus", "dbus-x11", "dconf-gsettings-backend", "procps")


def deb(package: Path, methods: tuple[str, ...] = PROVED) -> None:
    """Install the package beside each input method, and type."""
    given = window_driver.hand_out(prove.PROOF / "input-hand-out", package)
    for method in methods:
        build_tools.say(f"Linux: Chinese through {method}")
        root = chroot.copy(desktop(method), build_tools.CACHE / f"{chroot.SUITE}-proof-{method}")
        type_chinese(root, given, package.name, method)


def desktop(method: str) -> Path:
    """Return the clean old Debian with what a session and its input method need."""
    root = build_tools.CACHE / f"{chroot.SUITE}-{method}"
    if not (root / ".finished").is_file():
        chroot.copy(prove.clean_debian(), root)
        chroot.install(root, *SESSION, *PACKAGES[method], log=f"input-{method}")
        build_tools.finish(root)
    return root


def type_chinese(root: Path, given: Path, name: str, method: str) -> None:
    """Type a record in pinyin and find it in Chinese in the database."""
    binds = {given: "/given", X_SOCKETS: str(X_SOCKETS), build_linux.FILES: "/scripts"}
    install = ("apt-get", "-yq", "--no-install-recommends", "install", f"/given/{name}")
    chroot.run(root, *install, binds=binds, log="input-install")
    start = f"/opt/apps/{build_linux.APP_ID}/files/start.sh"
    task = next(given.glob("*.dct")).name
    session = ("dbus-run-session", "--", "sh", "/scripts/input.sh", method, start, f"/given/{task}")
    with screen(prove.PROOF / f"input-{method}") as desk:

        def begin() -> "subprocess.Popen[bytes]":
            return chroot.start(root, *session, binds=binds, DISPLAY=desk.display)

        program = Installed(begin, root / "root/.local/share/duchatong", root / "root")
        running = window_driver.set_up(desk, program)
        try:
            window_driver.write_record(desk, program, KIND, FACT, WANTED)
        finally:
            window_driver.close(desk, running)


if __name__ == "__main__":
    deb(build_linux.deb_path(), tuple(sys.argv[1:]) or PROVED)
