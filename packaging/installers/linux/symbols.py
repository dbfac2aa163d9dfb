"""See that a Linux program runs on old systems: `symbols.py FOLDER 2.28` fails where a newer C library is needed."""

import re
import sys
from pathlib import Path

VERSION = re.compile(rb"\0GLIBC_(\d+\.\d+)(?:\.\d+)?(?=\0)")


def needed(path: Path) -> tuple[int, ...]:
    """Return the newest C library version a file names; (0,) for none."""
    data = path.read_bytes()
    if not data.startswith(b"\x7fELF"):
        return (0,)
    return max((tuple(map(int, v.split(b"."))) for v in VERSION.findall(data)), default=(0,))


def main(folder: Path, limit: str) -> int:
    """Print the newest version needed and every file beyond the limit; return 1 when there is one."""
    versions = {p: needed(p) for p in folder.rglob("*") if p.is_file() and not p.is_symlink()}
    allowed = tuple(map(int, limit.split(".")))
    newer = {p: v for p, v in versions.items() if v > allowed}
    for path, version in newer.items():
        print(f"{path.relative_to(folder)} needs glibc {'.'.join(map(str, version))}")
    print("newest glibc symbol:", ".".join(map(str, max(versions.values()))))
    return 1 if newer else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
