"""Windows programs with their real window: a newer Debian in a folder has the wine whose Qt plugin works."""

import shutil
import subprocess
from pathlib import Path

import build_tools
import chroot

SUITE = "trixie"
PACKAGES = ("wine", "wine64", "fonts-noto-cjk")
WINE = "/usr/lib/wine/wine64"
SETTINGS = {
    "WINEPREFIX": "/root/prefix",
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree=d;mshtml=d;winemenubuilder.exe=d",
}
FACES = ("Tahoma", "MS Shell Dlg", "MS Shell Dlg 2", "SimSun", "Segoe UI Symbol")
"""What Windows has and wine lacks; one face with Chinese stands in for them."""
X_SOCKETS = Path("/tmp/.X11-unix")


class Wine10:
    """The newer wine on a screen, with folders of this machine in its drive Z:."""

    def __init__(self, display: str, binds: dict[Path, str]) -> None:
        self._display = display
        self._binds = {**binds, X_SOCKETS: str(X_SOCKETS)}
        self._root, finished = build_tools.kept(f"{SUITE}-wine")
        if not finished:
            chroot.copy(chroot.bare(SUITE), self._root)
            build_tools.say("wine 10")
            chroot.install(self._root, *PACKAGES, log="wine10")
            build_tools.finish(self._root)
        self.drive = self._root / "root" / "prefix" / "drive_c"
        if not self.drive.is_dir():
            self.run("wineboot", "-i")
            self.run("winecfg", "-v", "win10")
            for face in FACES:
                key = "HKCU\\Software\\Wine\\Fonts\\Replacements"
                self.run("reg", "add", key, "/v", face, "/d", "Noto Sans CJK SC", "/f")
        self.home = self.drive / "users" / "root"
        self.local = self.home / "AppData" / "Local"
        for left in (self.local / "Programs" / build_tools.NAME, self.local / build_tools.NAME):
            shutil.rmtree(left, ignore_errors=True)

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a Windows program."""
        return chroot.start(self._root, WINE, *command, binds=self._binds, DISPLAY=self._display, **SETTINGS)

    def run(self, *command: str, seconds: float = 300) -> int:
        """Run a Windows program to its end; return its exit code."""
        process = self.start(*command)
        try:
            return process.wait(seconds)
        finally:
            process.kill()

    def path(self, place: Path) -> str:
        """Return a path on drive C: as Windows programs see it."""
        return "C:\\" + str(place.relative_to(self.drive)).replace("/", "\\")

    def stop(self) -> None:
        """End what still runs of this wine."""
        subprocess.run(
            chroot.command(self._root, "/usr/lib/wine/wineserver", "-k", binds=None, **SETTINGS), check=False
        )
