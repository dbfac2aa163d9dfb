"""The processors Linux packages are built for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Machine:
    """A kind of processor, and what a package for it may ask of a desktop.

    Attributes:
        debian: what Debian calls it, in file names too.
        gnu: what compilers and Python packages call it.
        glibc: the newest C library the program may need.
        overrides: the lock of packages that are taken in another version for it.
    """

    debian: str
    gnu: str
    glibc: str
    overrides: tuple[Path, ...] = ()

    @property
    def platform(self) -> str:
        """What uv calls it together with its C library."""
        return f"{self.gnu}-manylinux_{self.glibc.replace('.', '_')}"

    @property
    def target(self) -> str:
        """What zig calls it together with its C library."""
        return f"{self.gnu}-linux-gnu.{self.glibc}"


AMD64 = Machine("amd64", "x86_64", "2.28")
"""What the installers are built on, too; any other is cross-compiled for and emulated."""
ARM64 = Machine("arm64", "aarch64", "2.31", (Path(__file__).with_name("requirements-arm64.lock"),))
