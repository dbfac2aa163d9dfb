"""The input plugin that fcitx 4 (usual on UOS and Kylin) and fcitx 5 both answer to; Qt for Python brings none.

Debian builds it (LGPL) for the Qt 6.8 this program carries. It is taken from Debian's archive, held by a hash, and
made loadable where the C++ runtime is as old as the desktops this package serves.
"""

import shutil
from pathlib import Path

import build_tools
import chroot
from machine import AMD64, Machine

SUITE = "trixie"
VERSION = "5.1.9-1+b1"
PACKAGES = {
    "amd64": {
        "fcitx5-frontend-qt6": "ee6b3f8a15ab3e6ec0c8e70e356e4262e286f315a39eae0b2c55aacdb7f01984",
        "libfcitx5-qt6-1": "691be5f8b59fa946b009e917df9785a7e51497190acd1e11cfe9f7e3c6e9f3ce",
    },
    "arm64": {
        "fcitx5-frontend-qt6": "bc855b6436c9bdad4f875f1ff511b4647060e8c9a5e3320af203fe811ed5330c",
        "libfcitx5-qt6-1": "87c65b9c37156eaa0ef5c818e8d70d0df08290cd2d7e08e3c413e7dc9de0240a",
    },
}
PLUGIN = "libfcitx5platforminputcontextplugin.so"
ADDONS = "libFcitx5Qt6DBusAddons.so.1"
SHIM = "libfcitxshim.so"
WAYLAND, UNUSED = "libQt6WaylandClient.so.6", "libwayland-client.so.0"
"""Named by the plugin and never called on X11: the first is stood in for, the second left out."""
NEWER = ("GLIBCXX_3.4.29", "CXXABI_1.3.15")
"""What its compiler asked of the C++ runtime; the shim has the two functions meant."""
FILES = build_tools.HERE / "linux"


def add(program: Path, machine: Machine) -> None:
    """Put the plugin into a frozen program, with stand-ins for what old desktops lack."""
    build_tools.need("patchelf", "binutils")
    unpacked, libraries = unpack(machine), program / "_internal"
    plugin, addons = place(program), libraries / ADDONS
    shutil.copy(next(unpacked.rglob(PLUGIN)), plugin)
    shutil.copy(next(unpacked.rglob(ADDONS)), addons)
    scratch = build_tools.fresh(build_tools.BUILD / "fcitx")
    python = build_tools.tools() / "bin" / "python"
    build_tools.run(python, FILES / "stub.py", plugin, scratch, log="fcitx-stub")
    link(machine, libraries / WAYLAND, f"-Wl,--version-script={scratch / 'stub.map'}", scratch / "stub.s")
    link(machine, libraries / SHIM, "-O2", "-fPIC", FILES / "shim.c")
    for library, way in ((plugin, "$ORIGIN/../../../.."), (addons, "$ORIGIN")):
        # In one call patchelf 0.14 mixes up the texts.
        for change in (("--remove-needed", UNUSED), ("--add-needed", SHIM), ("--set-rpath", way)):
            build_tools.run("patchelf", *change, library, log="fcitx-patchelf")
        build_tools.run(python, FILES / "weaken.py", library, *NEWER, log="fcitx-weaken")


def place(program: Path) -> Path:
    """Return where the plugin is in a frozen program."""
    return program / "_internal/PySide6/Qt/plugins/platforminputcontexts" / PLUGIN


def link(machine: Machine, library: Path, *words: str | Path) -> None:
    """Make a small library that needs no other."""
    compiler = (build_tools.zig() / "zig", "cc", "-target", machine.target, "-fno-sanitize=undefined")
    command = (*compiler, "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-o", library)
    build_tools.run(*command, *words, log="fcitx-link")


def unpack(machine: Machine) -> Path:
    """Return a folder with Debian's packages, unpacked."""
    packages = PACKAGES[machine.debian]
    folder, finished = build_tools.kept(f"fcitx-{machine.debian}", *packages.values())
    if not finished:
        build_tools.say(f"fcitx plugin ({machine.debian})")
        folder.chmod(0o777)  # as root apt drops to its own user, who writes here
        names = " ".join(f"{name}:{machine.debian}={VERSION}" for name in packages)
        root = chroot.bare(SUITE)
        chroot.install(root, "ca-certificates", log="fcitx-lists")
        apt = f"apt-get -q -o APT::Architectures::={AMD64.debian} -o APT::Architectures::={machine.debian}"
        fetch = f"cd /fcitx; {apt} update; {apt} download {names}"
        chroot.run(root, "sh", "-ec", fetch, binds={folder: "/fcitx"}, log="fcitx-download")
        for name, wanted in packages.items():
            package = next(folder.glob(f"{name}_*.deb"))
            build_tools.expect_digest(package, wanted)
            build_tools.run("dpkg-deb", "-x", package, folder, log="fcitx-unpack")
        build_tools.finish(folder)
    return folder
