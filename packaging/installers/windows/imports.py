"""See that a Windows program is whole: `imports.py FOLDER`.

Every library imported by an .exe, .dll or .pyd of the folder must be in it or be one that Windows 10 has.
"""

import sys
from pathlib import Path

import pefile

WINDOWS = frozenset(Path(__file__).with_name("system-libraries.txt").read_text("ascii").split())
SUFFIXES = (".exe", ".dll", ".pyd")


def missing(folder: Path) -> dict[str, str]:
    """Return the libraries that nothing provides, each with a file that wants it."""
    programs = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES]
    present = {path.name.lower() for path in programs}
    wanted = {name: path.name for path in programs for name in imports(path)}
    return {name: user for name, user in wanted.items() if name not in present and not is_windows(name)}


def imports(path: Path) -> list[str]:
    """Return the libraries one file imports, at once or when first used."""
    image = pefile.PE(str(path), fast_load=True)
    image.parse_data_directories([1, 13])
    tables = ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT")
    names = [entry.dll.decode().lower() for table in tables for entry in getattr(image, table, [])]
    image.close()
    return names


def is_windows(name: str) -> bool:
    """Tell whether Windows 10 brings this library."""
    return name.startswith(("api-ms-win-", "ext-ms-")) or name.removesuffix(".dll") in WINDOWS


if __name__ == "__main__":
    lacking = missing(Path(sys.argv[1]))
    for library, user in sorted(lacking.items()):
        print(f"missing: {library}, wanted by {user}")
    sys.exit(1 if lacking else 0)
