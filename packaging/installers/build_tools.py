"""What both installers are built with: folders, tools, downloads, the program's version and icon."""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
"""This folder: the installers' scripts, their files and locks."""

# The set-up of a checkout lies one folder up. Every script here imports this module before those.
sys.path.append(str(HERE.parent))

import debian  # noqa: E402
import dev  # noqa: E402

ROOT = dev.ROOT
BUILD = ROOT / "build"
DIST = ROOT / "dist"
CACHE = debian.cache()
"""Downloads and toolchains; safe to delete, costs minutes to make again."""

NAME = "duchatong"
TITLE = "督查通"
PYTHON = "3.11"
BUILD_LOCK = HERE / "requirements-build.lock"
TOOLS_LOCK = HERE / "requirements-tools.lock"


class BuildError(Exception):
    """The build cannot go on; the message says why."""


@cache
def version() -> str:
    """Return the program's version, three numbers."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def run(*command: str | Path, log: str, environment: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a command, keep what it prints in build/logs and return it.

    Raises:
        BuildError: it failed; the message holds the end of what it printed.
    """
    logs = BUILD / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    text = done.stdout.decode("utf-8", "replace")
    (logs / f"{log}.log").write_text(text, "utf-8")
    if done.returncode:
        raise BuildError(f"{log} failed ({done.returncode}):\n{text[-3000:]}")
    return text


def say(text: str) -> None:
    """Tell what is being done."""
    print(f"== {text}", flush=True)


def fingerprint(*things: Path | str) -> str:
    """Return a short name for the contents of files and for texts, so that what is made of them can be kept."""
    whole = hashlib.sha256()
    for thing in things:
        whole.update(thing.read_bytes() if isinstance(thing, Path) else thing.encode())
    return whole.hexdigest()[:16]


def fresh(folder: Path) -> Path:
    """Return the folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def kept(name: str, *recipe: Path | str) -> tuple[Path, bool]:
    """Return a folder of the cache and whether it was finished before (see `finish`); empty when it was not.

    Args:
        name: what it holds.
        recipe: what it is made of; what another recipe made is thrown away.
    """
    folder = CACHE / (f"{name}-{fingerprint(*recipe)}" if recipe else name)
    if (folder / ".finished").is_file():
        return folder, True
    for other in CACHE.glob(f"{name}-" + "[0-9a-f]" * 16) if recipe else ():
        shutil.rmtree(other)
    return fresh(folder), False


def finish(folder: Path) -> Path:
    """Mark a folder of the cache as complete."""
    (folder / ".finished").touch()
    return folder


def need(*packages: str) -> None:
    """Install what Debian packages the build needs.

    Raises:
        BuildError: they are missing and cannot be installed.
    """
    if not debian.is_here() or not debian.install(list(packages), "the build"):
        raise BuildError("the installers are built on Debian, as root")


@cache
def tools() -> Path:
    """Return the folder with the programs of the tools lock: python, uv and zig's package."""
    folder, finished = kept("tools", TOOLS_LOCK)
    if not finished:
        say("build tools")
        run(sys.executable, "-m", "venv", folder, log="tools-venv")
        pip = (folder / "bin" / "python", "-m", "pip", "install", "-qq", "--require-hashes", "--no-deps")
        run(*pip, "-r", TOOLS_LOCK, log="tools")
        finish(folder)
    return folder


def zig() -> Path:
    """Return the folder that holds the zig compiler."""
    return next((tools() / "lib").glob("python3*/site-packages/ziglang"))


def install_packages(platform: str, target: Path, overrides: tuple[Path, ...] = ()) -> None:
    """Put the program's packages and PyInstaller, as `platform` takes them, into a folder.

    Args:
        platform: what uv calls the system they are for.
        target: the folder.
        overrides: locks of packages that are taken in another version there.
    """
    locks = [word for lock in (dev.LOCK, BUILD_LOCK) for word in ("-r", str(lock))]
    locks += [word for lock in overrides for word in ("--overrides", str(lock))]
    options = ("--no-config", "--require-hashes", "--no-deps", "--only-binary", ":all:")
    where = ("--python-platform", platform, "--python-version", PYTHON, "--target", target)
    run(tools() / "bin" / "uv", "pip", "install", "-q", *options, *where, *locks, log=f"packages-{platform}")


@cache
def icons() -> Path:
    """Return the folder with the icon in every size."""
    dev.setup(dev.LOCK)
    folder = BUILD / "icons"
    script = (dev.interpreter(), HERE / "icon.py", ROOT / "resources" / "icons" / "app.svg", folder)
    run(*script, log="icons", environment=dev.OFFSCREEN)
    return folder


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def expect_digest(path: Path, wanted: str) -> None:
    """Refuse a download that is not the one this build was written for.

    Raises:
        BuildError: its hash is another.
    """
    if (found := digest(path)) != wanted:
        raise BuildError(f"{path.name} has the hash {found}, not {wanted}")


def expect_size(path: Path, megabytes: int) -> None:
    """Refuse an installer that has outgrown its budget.

    Raises:
        BuildError: it is larger.
    """
    size = path.stat().st_size / 1e6
    say(f"{path.name}: {size:.1f} MB of {megabytes}")
    if size > megabytes:
        raise BuildError(f"{path.name} is {size:.1f} MB, the budget is {megabytes}")
