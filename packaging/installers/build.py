"""Build the installers on Debian, as root: `python3 packaging/installers/build.py windows|deb|arm64|all [--prove]`.

Leaves them in dist/, with a one-page guide and SHA256SUMS. Offline once its downloads are in the cache; every
download is held by a hash or by Debian's signature. `--prove` also installs, runs, upgrades and removes them;
`--prove --full` drives their real windows as well and types Chinese through the input methods.
`all` is Windows and the .deb for x86-64; the one for arm64 is made and proved under emulation and takes longer.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import build_linux
import build_tools
import build_windows
import debian
import dev
import prove
import prove_input
import prove_window
from machine import ARM64

Proof = Callable[[Path], None]
TARGETS: dict[str, tuple[Callable[[], Path], Proof, tuple[Proof, ...]]] = {
    "windows": (build_windows.build, prove.windows, (prove_window.windows,)),
    "deb": (build_linux.build, prove.deb, (prove_window.deb, prove_input.deb)),
    "arm64": (partial(build_linux.build, ARM64), partial(prove.deb, machine=ARM64), ()),
}
ALL = ("windows", "deb")


def main() -> int:
    """Do what the command line asks; return 0 when all of it came out well."""
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--prove", action="store_true", help="also install, run, upgrade and remove what was built")
    parser.add_argument(
        "--full", action="store_true", help="with --prove: also drive the real windows, and type Chinese"
    )
    options = parser.parse_args()
    chosen = list(ALL) if options.target == "all" else [options.target]
    try:
        for name in chosen:
            build, check, further = TARGETS[name]
            built = build()
            for proof in (check, *further) if options.full else (check,):
                if options.prove:
                    proof(built)
        write_guide()
        write_sums()
    except build_tools.BuildError as error:
        print(error)
        return 1
    return 0


def write_guide() -> None:
    """Write the one-page guide that goes with the installers, by the program's own engine."""
    guide = build_tools.DIST / "安装说明.pdf"
    names = [build_windows.setup_path().name, build_linux.deb_path().name]
    if (arm := build_linux.deb_path(ARM64)).is_file():
        names.append(arm.name)
    environment = {**dev.OFFSCREEN, "PYTHONPATH": str(build_tools.ROOT)}
    if fonts := debian.document_fonts():
        environment["FONTCONFIG_FILE"] = str(fonts)
    script = (dev.interpreter(), build_tools.HERE / "guide.py", guide)
    build_tools.run(*script, *names, log="guide", environment=environment)


def write_sums() -> None:
    """Write the checksums of everything in dist/."""
    files = sorted(path for path in build_tools.DIST.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{build_tools.digest(path)}  {path.name}\n" for path in files]
    (build_tools.DIST / "SHA256SUMS").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
