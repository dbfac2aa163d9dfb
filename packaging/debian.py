"""What the program and its tests need from Debian, Ubuntu, UOS or Kylin: shared libraries and free fonts.

Everything here is a no-op on other systems. As root the packages are installed; otherwise the one line to
run is printed and the caller goes on.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

QT = [
    *("libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libglib2.0-0", "libx11-xcb1"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1"),
    *(
        "libxcb-randr0",
        "libxcb-render-util0",
        "libxcb-shape0",
        "libxcb-sync1",
        "libxcb-xfixes0",
        "libxcb-xkb1",
    ),
]
TESTS = [
    *("libreoffice-writer", "poppler-utils", "xvfb", "xauth", "xdotool", "fontconfig"),
    *("fonts-noto-cjk", "fonts-noto-cjk-extra", "fonts-arphic-gbsn00lp"),
]
SCREEN_FONT = ["fonts-noto-cjk"]

# Free faces whose widths match the ones an official document asks for; the names are those documents use.
FACES = {
    "FandolFang R": "仿宋_GB2312 仿宋 FangSong FangSong_GB2312 STFangsong 华文仿宋 方正仿宋_GBK 方正仿宋简体",
    "FandolKai": "楷体_GB2312 楷体 KaiTi KaiTi_GB2312 STKaiti 华文楷体 方正楷体_GBK 方正楷体简体",
    "FandolHei": "黑体 SimHei STHeiti 华文黑体 方正黑体_GBK 方正黑体简体",
    "Noto Serif CJK SC SemiBold": "方正小标宋简体 方正小标宋_GBK 小标宋体 STZhongsong 华文中宋",
    "AR PL SungtiL GB": "宋体 SimSun NSimSun 新宋体",
}
FANDOL = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolHei-Regular.otf")
FANDOL_PACKAGE = "texlive-lang-chinese"  # 49 MB to fetch; only the fonts are taken, TeX is not installed


def is_here() -> bool:
    """Tell whether this machine installs software with apt."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def is_root() -> bool:
    """Tell whether packages may be installed."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def missing(packages: list[str]) -> list[str]:
    """Return those of `packages` that are neither installed nor provided by an installed one."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}, ${Provides}\n"]
    have: set[str] = set()
    for line in subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines():
        status, _, names = line.partition(" ")
        if status == "installed":
            have.update(name.split()[0] for name in names.split(",") if name.strip())
    return [package for package in packages if package not in have]


def install(packages: list[str], why: str) -> bool:
    """Install what is missing of `packages`, or print how to; return whether all of them are there."""
    if not is_here() or not (wanted := missing(packages)):
        return is_here()
    if not is_root():
        print(f"{why} needs system packages. Run:\n  sudo apt-get install -y {' '.join(wanted)}")
        return False
    print(f"installing for {why}: {' '.join(wanted)}", flush=True)
    apt("update")
    apt("install", "-y", "--no-install-recommends", *wanted)
    return True


def apt(*arguments: str, cwd: Path | None = None) -> None:
    """Run apt-get without questions, waiting for another one to finish."""
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=900", "-o", "Acquire::Retries=3", *arguments]
    log = subprocess.run(command, env=quiet, cwd=cwd, capture_output=True, text=True, check=False)
    if log.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{log.stdout[-1500:]}{log.stderr[-1500:]}")


def cache() -> Path:
    """Return the folder for downloads that outlive a checkout."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "duchatong"


def document_fonts() -> Path | None:
    """Return a fontconfig file that maps the faces of official documents to free ones.

    Returns:
        The file, to be used as FONTCONFIG_FILE; None where apt is missing or the fonts cannot be had.
    """
    if not is_here():
        return None
    folder = cache() / "fonts"
    if not all((folder / name).is_file() for name in FANDOL) and not fetch_fandol(folder):
        return None
    config = folder / "fonts.conf"
    text = font_config(folder)
    if not config.is_file() or config.read_text("utf-8") != text:
        config.write_text(text, "utf-8")
    return config


def fetch_fandol(folder: Path) -> bool:
    """Take the three Fandol faces out of Debian's TeX package; return whether they could be had."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        # As root apt drops to its own user, who must be able to write here.
        os.chmod(scratch, 0o777)
        if subprocess.run(["apt-get", "-q", "download", FANDOL_PACKAGE], cwd=scratch, check=False).returncode:
            return False
        package = next(Path(scratch).glob("*.deb"))
        subprocess.run(["dpkg-deb", "-x", package, scratch], check=True)
        for name in FANDOL:
            shutil.copy(next(Path(scratch).rglob(name)), folder / name)
    return True


def font_config(folder: Path) -> str:
    """Return the fontconfig file for the faces in `folder`."""
    alias = (
        '<match target="pattern"><test qual="any" name="family"><string>{}</string></test>'
        '<edit name="family" mode="assign" binding="same"><string>{}</string></edit></match>'
    )
    lines = [
        '<?xml version="1.0"?>',
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
        "<fontconfig>",
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
        f"<dir>{folder}</dir>",
        f"<cachedir>{folder}/cache</cachedir>",
        *(alias.format(name, face) for face, names in FACES.items() for name in names.split()),
        "</fontconfig>",
    ]
    return "\n".join(lines) + "\n"
