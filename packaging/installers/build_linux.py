"""The .deb for UOS, Kylin, Debian and Ubuntu.

On x86-64 it asks for a C library no newer than UOS 20's; on arm64 than Kylin V10's, since Qt is built for no older one.
"""

import json
import shutil
from pathlib import Path

import build_tools
import chroot
import debian
import dev
import fcitx
from machine import AMD64, Machine

APP_ID = "cn.duchatong.app"
BUDGET = 45
FILES = build_tools.HERE / "linux"

HEADERS = ["libssl-dev", "libffi-dev", "zlib1g-dev", "libbz2-dev", "liblzma-dev", "uuid-dev"]
TOOLS = ["ca-certificates", "make", "binutils", "xz-utils", "tcl", "dpkg-dev", *HEADERS]
SOURCES = {
    "python3.11_3.11.2.orig.tar.gz": "2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849",
    "sqlite3_3.40.1.orig.tar.xz": "aaa776260ab4dc976db34aa7891819484c8676b5b2783123ebc6301e2ca5d655",
}
PYTHON = "/opt/python/bin/python3.11"
LIBRARIES = "/opt/python/lib"
COMPLETE = """
import bz2, ctypes, hashlib, lzma, platform, sqlite3, ssl, uuid, zlib
print(platform.machine(), ssl.OPENSSL_VERSION, "SQLite", sqlite3.sqlite_version)
"""
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def build(machine: Machine = AMD64) -> Path:
    """Build and return the .deb."""
    chroot.emulate(machine)
    folder = freeze(machine)
    fcitx.add(folder, machine)
    script = FILES / "symbols.py"
    build_tools.run(build_tools.tools() / "bin" / "python", script, folder, machine.glibc, log="linux-symbols")
    return make_deb(folder, machine)


def freeze(machine: Machine) -> Path:
    """Freeze the program inside the old Debian and return the folder."""
    root = old_debian(machine)
    found = packages(machine)
    build_tools.say(f"Linux program ({machine.debian})")
    out = build_tools.fresh(out_folder(machine))
    command = (PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN")
    places = ("--distpath", "/out/dist", "--workpath", "/out/work", "/source/packaging/installers/duchatong.spec")
    chroot.run(
        root,
        *(*command, *places),
        binds={build_tools.ROOT: "/source", out: "/out", found: "/packages"},
        log="linux-pyinstaller",
        SOURCE="/source",
        PYTHONPATH="/packages",
        LD_LIBRARY_PATH=LIBRARIES,
    )
    return out / "dist" / build_tools.NAME


def out_folder(machine: Machine) -> Path:
    """Return where the program and the package's tree are put together."""
    return build_tools.BUILD / f"linux-{machine.debian}"


def old_debian(machine: Machine) -> Path:
    """Return an old Debian with our CPython in it."""
    script, name = FILES / "python.sh", f"{chroot.SUITE}-{machine.debian}-build"
    root, finished = build_tools.kept(name, script, build_tools.TOOLS_LOCK, *SOURCES.values())
    if finished:
        return root
    chroot.copy(chroot.bare(machine=machine), root)
    build_tools.say(f"tools of the old Debian ({machine.debian})")
    chroot.install(root, *TOOLS, *debian.QT, log="linux-tools")
    # An emulated compiler would take an hour.
    builder = root if machine is AMD64 else old_debian(AMD64)
    binds = {fetch_sources(builder): "/src", build_tools.zig(): "/zig", script.parent: "/scripts", root: "/target"}
    build_tools.say(f"CPython for the old C library ({machine.debian})")
    command = ("bash", "/scripts/python.sh")
    chroot.run(builder, *command, binds=binds, log="linux-python", PROCESSOR=machine.gnu, GLIBC=machine.glibc)
    chroot.run(root, PYTHON, "-c", COMPLETE, log="linux-python-complete", LD_LIBRARY_PATH=LIBRARIES)
    return build_tools.finish(root)


def packages(machine: Machine) -> Path:
    """Return a folder with the program's packages and PyInstaller for old systems."""
    name, locks = f"linux-packages-{machine.debian}", (dev.LOCK, build_tools.BUILD_LOCK, *machine.overrides)
    folder, finished = build_tools.kept(name, *locks, machine.platform)
    if not finished:
        build_tools.install_packages(machine.platform, folder, machine.overrides)
        build_tools.finish(folder)
    return folder


def fetch_sources(root: Path) -> Path:
    """Return a folder with the sources of CPython and SQLite, taken from the newer Debian's archive."""
    folder = build_tools.CACHE / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    if not all((folder / name).is_file() for name in SOURCES):
        binaries = (root / "etc/apt/sources.list").read_text("utf-8")
        newer = binaries.replace("deb ", "deb-src ").replace(chroot.SUITE, "bookworm")
        (root / "etc/apt/sources.list.d/sources.list").write_text(newer, "utf-8")
        fetch = "apt-get -q update; cd /src; apt-get -q source --download-only python3.11 sqlite3"
        chroot.run(root, "sh", "-ec", fetch, binds={folder: "/src"}, log="linux-sources")
    for name, wanted in SOURCES.items():
        build_tools.expect_digest(folder / name, wanted)
    return folder


def deb_path(machine: Machine = AMD64) -> Path:
    """Return where the package goes."""
    return build_tools.DIST / f"{APP_ID}_{uos_version()}_{machine.debian}.deb"


def make_deb(folder: Path, machine: Machine) -> Path:
    """Pack a frozen folder in the layout UOS prescribes, linked to where other desktops look."""
    build_tools.say(f"Linux package ({machine.debian})")
    tree = build_tools.fresh(out_folder(machine) / "deb")
    app = tree / "opt/apps" / APP_ID
    shutil.copytree(folder, app / "files", symlinks=True)
    shutil.copy(FILES / "start.sh", app / "files")
    for path in app.rglob("*.so*"):
        if not path.is_symlink():
            path.chmod(0o644)
    place(FILES / f"{APP_ID}.desktop", tree, "applications", f"{APP_ID}.desktop")
    place(FILES / f"{APP_ID}.xml", tree, "mime/packages", f"{APP_ID}.xml")
    for size in ICON_SIZES:
        icon = build_tools.icons() / f"app-{size}.png"
        place(icon, tree, f"icons/hicolor/{size}x{size}/apps", f"{APP_ID}.png")
    (app / "info").write_text(json.dumps(uos_info(machine), ensure_ascii=False, indent=2) + "\n", "utf-8")
    doc = tree / "usr/share/doc" / APP_ID
    doc.mkdir(parents=True)
    shutil.copy(build_tools.ROOT / "LICENSE", doc / "copyright")
    write_control(tree, machine)
    build_tools.DIST.mkdir(exist_ok=True)
    package = deb_path(machine)
    # dpkg of Debian 10's age cannot read zstd.
    build_tools.run("dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", tree, package, log="dpkg-deb")
    build_tools.expect_size(package, BUDGET)
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
    return f"{build_tools.version()}.0"


def uos_info(machine: Machine) -> dict[str, object]:
    """Return what UOS wants to know of an application."""
    asked = {"clipboard"}
    rights = ("autostart", "notification", "trayicon", "clipboard", "account", "bluetooth", "camera")
    return {
        "appid": APP_ID,
        "name": build_tools.TITLE,
        "version": uos_version(),
        "arch": [machine.debian],
        "permissions": {name: name in asked for name in (*rights, "audio_record", "installed_apps")},
    }


def write_control(tree: Path, machine: Machine) -> None:
    """Write the package's description, and what refuses to touch an open program."""
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    text = (FILES / "control").read_text("utf-8")
    (tree / "DEBIAN").mkdir()
    facts = {"VERSION": uos_version(), "SIZE": size, "MACHINE": machine.debian, "GLIBC": machine.glibc}
    for name, fact in facts.items():
        text = text.replace(f"@{name}@", str(fact))
    (tree / "DEBIAN" / "control").write_text(text, "utf-8")
    for stage in ("preinst", "prerm"):
        shutil.copy(FILES / "running.sh", tree / "DEBIAN" / stage)
        (tree / "DEBIAN" / stage).chmod(0o755)
