"""The .deb for UOS, Kylin, Debian and Ubuntu (x86-64), built for a C library as old as UOS 20's."""

import json
import shutil
from pathlib import Path

import chroot
import debian
import dev
import fcitx
import workshop

APP_ID = "cn.duchatong.app"
GLIBC = "2.28"
PLATFORM = f"x86_64-manylinux_{GLIBC.replace('.', '_')}"
BUDGET = 45
OUT = workshop.BUILD / "linux"
FILES = workshop.PACKAGING / "linux"

HEADERS = ["libssl-dev", "libffi-dev", "zlib1g-dev", "libbz2-dev", "liblzma-dev", "uuid-dev"]
TOOLS = ["ca-certificates", "make", "binutils", "xz-utils", "tcl", "dpkg-dev", *HEADERS]
SOURCES = {
    "python3.11_3.11.2.orig.tar.gz": "2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849",
    "sqlite3_3.40.1.orig.tar.xz": "aaa776260ab4dc976db34aa7891819484c8676b5b2783123ebc6301e2ca5d655",
}
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def build() -> Path:
    """Build and return the .deb."""
    folder = freeze()
    fcitx.add(folder)
    script = FILES / "symbols.py"
    workshop.run(workshop.tools() / "bin" / "python", script, folder, GLIBC, log="linux-symbols")
    return make_deb(folder)


def freeze() -> Path:
    """Freeze the program inside the old Debian and return the folder."""
    root = old_debian()
    found = packages()
    workshop.say("Linux program")
    workshop.fresh(OUT)
    command = ("/opt/python/bin/python3.11", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN")
    places = ("--distpath", "/out/dist", "--workpath", "/out/work", "/source/packaging/duchatong.spec")
    chroot.run(
        root,
        *(*command, *places),
        binds={workshop.ROOT: "/source", OUT: "/out", found: "/packages"},
        log="linux-pyinstaller",
        SOURCE="/source",
        PYTHONPATH="/packages",
        LD_LIBRARY_PATH="/opt/python/lib",
    )
    return OUT / "dist" / workshop.NAME


def old_debian() -> Path:
    """Return an old Debian with our CPython in it."""
    script = FILES / "python.sh"
    root, finished = workshop.kept(f"{chroot.SUITE}-build", script, workshop.TOOLS_LOCK, *SOURCES.values())
    if finished:
        return root
    chroot.copy(chroot.bare(), root)
    workshop.say("tools of the old Debian")
    chroot.install(root, *TOOLS, *debian.QT, log="linux-tools")
    sources = fetch_sources(root)
    workshop.say("CPython for the old C library")
    binds = {sources: "/src", workshop.zig(): "/zig", script.parent: "/scripts"}
    chroot.run(root, "bash", "/scripts/python.sh", binds=binds, log="linux-python", GLIBC=GLIBC)
    return workshop.finish(root)


def packages() -> Path:
    """Return a folder with the program's packages and PyInstaller for old systems."""
    folder, finished = workshop.kept("linux-packages", dev.LOCK, workshop.BUILD_LOCK, PLATFORM)
    if not finished:
        workshop.install_packages(PLATFORM, folder)
        workshop.finish(folder)
    return folder


def fetch_sources(root: Path) -> Path:
    """Return a folder with the sources of CPython and SQLite, taken from the newer Debian's archive."""
    folder = workshop.CACHE / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    if not all((folder / name).is_file() for name in SOURCES):
        binaries = (root / "etc/apt/sources.list").read_text("utf-8")
        newer = binaries.replace("deb ", "deb-src ").replace(chroot.SUITE, "bookworm")
        (root / "etc/apt/sources.list.d/sources.list").write_text(newer, "utf-8")
        fetch = "apt-get -q update; cd /src; apt-get -q source --download-only python3.11 sqlite3"
        chroot.run(root, "sh", "-ec", fetch, binds={folder: "/src"}, log="linux-sources")
    for name, wanted in SOURCES.items():
        workshop.expect_digest(folder / name, wanted)
    return folder


def deb_path() -> Path:
    """Return where the package goes."""
    return workshop.DIST / f"{APP_ID}_{uos_version()}_amd64.deb"


def make_deb(folder: Path) -> Path:
    """Pack a frozen folder in the layout UOS prescribes, linked to where other desktops look."""
    workshop.say("Linux package")
    tree = workshop.fresh(OUT / "deb")
    app = tree / "opt/apps" / APP_ID
    shutil.copytree(folder, app / "files", symlinks=True)
    shutil.copy(FILES / "start.sh", app / "files")
    for path in app.rglob("*.so*"):
        if not path.is_symlink():
            path.chmod(0o644)
    place(FILES / f"{APP_ID}.desktop", tree, "applications", f"{APP_ID}.desktop")
    place(FILES / f"{APP_ID}.xml", tree, "mime/packages", f"{APP_ID}.xml")
    for size in ICON_SIZES:
        icon = workshop.icons() / f"app-{size}.png"
        place(icon, tree, f"icons/hicolor/{size}x{size}/apps", f"{APP_ID}.png")
    (app / "info").write_text(json.dumps(uos_info(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    doc = tree / "usr/share/doc" / APP_ID
    doc.mkdir(parents=True)
    shutil.copy(workshop.ROOT / "LICENSE", doc / "copyright")
    write_control(tree)
    workshop.DIST.mkdir(exist_ok=True)
    package = deb_path()
    # dpkg of Debian 10's age cannot read zstd.
    workshop.run("dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", tree, package, log="dpkg-deb")
    workshop.expect_size(package, BUDGET)
    return package


def place(source: Path, tree: Path, kind: str, name: str) -> None:
    """Put an entry where UOS looks for it, with a link where every other desktop does."""
    entry = Path("opt/apps") / APP_ID / "entries" / kind / name
    link = tree / "usr/share" / kind / name
    for folder in ((tree / entry).parent, link.parent):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, tree / entry)
    link.symlink_to(Path("/") / entry)


def uos_version() -> str:
    """Return the version with the four numbers UOS wants."""
    return f"{workshop.version()}.0"


def uos_info() -> dict[str, object]:
    """Return what UOS wants to know of an application."""
    asked = {"clipboard"}
    rights = ("autostart", "notification", "trayicon", "clipboard", "account", "bluetooth", "camera")
    return {
        "appid": APP_ID,
        "name": workshop.TITLE,
        "version": uos_version(),
        "arch": ["amd64"],
        "permissions": {name: name in asked for name in (*rights, "audio_record", "installed_apps")},
    }


def write_control(tree: Path) -> None:
    """Write the package's description, and what refuses to touch an open program."""
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    control = (FILES / "control").read_text("utf-8")
    (tree / "DEBIAN").mkdir()
    text = control.replace("@VERSION@", uos_version()).replace("@SIZE@", str(size))
    (tree / "DEBIAN" / "control").write_text(text, "utf-8")
    for stage in ("preinst", "prerm"):
        shutil.copy(FILES / "running.sh", tree / "DEBIAN" / stage)
        (tree / "DEBIAN" / stage).chmod(0o755)
