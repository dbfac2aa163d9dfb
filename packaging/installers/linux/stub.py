"""Write a stand-in for Qt's Wayland library, which the fcitx plugin names and never calls: `stub.py PLUGIN FOLDER`.

FOLDER gets stub.s and stub.map, to be linked into a library with the plugin's symbols and nothing behind them.
"""

import re
import subprocess
import sys
from pathlib import Path

VERSIONS = ("Qt_6", "Qt_6_PRIVATE_API")
DATA = re.compile(r"_ZTI|.*sInstance")


def wanted(plugin: Path) -> dict[str, str]:
    """Return the symbols the plugin takes from the library, each with its version, if any."""
    command = ["readelf", "--dyn-syms", "--wide", plugin]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    named = re.findall(r" UND (\S*(?:QtWayland|wl_proxy)[^\s@]*)@*(\S*)", table)
    return dict(named)


def main(plugin: Path, folder: Path) -> None:
    """Write both files."""
    symbols = wanted(plugin)
    lines = []
    for name in symbols:
        kind, body = ("object", ".data\n{0}: .zero 64") if DATA.match(name) else ("function", ".text\n{0}: ret")
        lines.append(f".globl {name}\n.type {name},@{kind}\n" + body.format(name))
        lines.append(f".size {name},.-{name}")
    (folder / "stub.s").write_text("\n".join([*lines, '.section .note.GNU-stack,"",@progbits', ""]), "ascii")
    scopes = (" ".join(f"{name};" for name in symbols if symbols[name] == version) for version in VERSIONS)
    text = "".join(f"{version} {{ {names} }};\n" for version, names in zip(VERSIONS, scopes, strict=True))
    (folder / "stub.map").write_text(text, "ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
