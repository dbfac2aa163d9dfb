"""An old Debian in a folder: where the Linux program is built, and a clean copy of it where it is proved."""

import subprocess
from pathlib import Path

import build_tools
from machine import AMD64, Machine

SUITE = "bullseye"
PATHS = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
FOREIGN = Path("/proc/sys/fs/binfmt_misc")
"""Where the kernel is told what runs the programs of other machines."""


def emulate(machine: Machine) -> None:
    """Let this computer run the programs of another machine, until it is started anew."""
    if machine is AMD64:
        return
    build_tools.need("qemu-user-static")
    if not (FOREIGN / "register").exists():
        build_tools.run("mount", "-t", "binfmt_misc", "binfmt_misc", FOREIGN, log="binfmt")
    # Debian's package tells the kernel itself, but only where systemd runs.
    name = f"qemu-{machine.gnu}"
    if not (FOREIGN / name).exists():
        (FOREIGN / "register").write_bytes(Path("/usr/lib/binfmt.d", f"{name}.conf").read_bytes())


def bare(suite: str = SUITE, machine: Machine = AMD64) -> Path:
    """Return a folder with the smallest Debian of that age, as debootstrap (which checks signatures) makes it."""
    build_tools.need("debootstrap")
    folder, finished = build_tools.kept(f"{suite}-{machine.debian}")
    if not finished:
        build_tools.say(f"Debian {suite} ({machine.debian})")
        # Debootstrap is run in the place itself: device files cannot be copied everywhere.
        kind = ("--variant=minbase", f"--arch={machine.debian}")
        build_tools.run("debootstrap", *kind, suite, folder, log="debootstrap")
        build_tools.finish(folder)
    return folder


def copy(source: Path, target: Path) -> Path:
    """Copy a whole system to a place of its own, anew."""
    build_tools.run("rm", "-rf", "--one-file-system", target, log="chroot-remove")
    build_tools.run("cp", "-a", source, target, log="chroot-copy")
    (target / ".finished").unlink(missing_ok=True)
    return target


def command(root: Path, *words: str, binds: dict[Path, str] | None = None, **environment: str) -> list[str]:
    """Return the command that runs another inside the system.

    The mounts live in a namespace of their own and vanish with the command.

    Args:
        root: the system's folder.
        words: the command to run in it.
        binds: folders of this machine and where the system sees them.
        environment: variables it gets besides the plain ones.
    """
    mounts = ['mount -t proc proc "$root/proc"', 'mount --rbind /dev "$root/dev"']
    for index, place in enumerate((binds or {}).values()):
        mounts.append(f'mkdir -p "$root{place}"; mount --bind "${index + 2}" "$root{place}"')
    shift = f"shift {len(binds or {}) + 1}"
    script = f'root=$1; {"; ".join(mounts)}; {shift}; exec chroot "$root" "$@"'
    plain = ["env", "-i", "HOME=/root", PATHS, "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]
    variables = [f"{name}={value}" for name, value in environment.items()]
    folders = [str(path) for path in (binds or {})]
    return ["unshare", "-m", "sh", "-ec", script, "sh", str(root), *folders, *plain, *variables, *words]


def run(root: Path, *words: str, log: str, binds: dict[Path, str] | None = None, **environment: str) -> str:
    """Run a command inside the system to its end; return what it printed.

    Raises:
        build_tools.BuildError: it failed.
    """
    return build_tools.run(*command(root, *words, binds=binds, **environment), log=log)


def start(root: Path, *words: str, binds: dict[Path, str] | None = None, **env: str) -> subprocess.Popen[bytes]:
    """Start a command inside the system."""
    # An open pipe: a Windows program under wine does not start without one.
    return subprocess.Popen(command(root, *words, binds=binds, **env), stdin=subprocess.PIPE)


def install(root: Path, *packages: str, log: str) -> None:
    """Install Debian packages, or files at a path inside, into the system."""
    for name in ("hosts", "resolv.conf"):
        source = Path("/etc") / name
        if source.is_file():
            (root / "etc" / name).write_bytes(source.read_bytes())
    update = "apt-get -q -o Acquire::Retries=3 update"
    run(root, "sh", "-ec", f"{update} && apt-get -yq --no-install-recommends install {' '.join(packages)}", log=log)
