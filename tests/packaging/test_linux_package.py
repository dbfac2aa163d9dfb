"""What Linux packages for other processors share with the first, and where they differ."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
INSTALLERS = PACKAGING / "installers"
LOCK = PACKAGING / "requirements.lock"


@pytest.fixture(autouse=True)
def on_the_path(monkeypatch):
    monkeypatch.syspath_prepend(str(INSTALLERS))
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if Path(getattr(sys.modules[name], "__file__", None) or "/").parent in (PACKAGING, INSTALLERS):
            del sys.modules[name]


@pytest.mark.parametrize("script", sorted(path.name for path in INSTALLERS.glob("*.py")))
def test_every_script_finds_what_it_imports(script):
    start = "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_path(sys.argv[2], run_name='imported')"
    words = [sys.executable, "-c", start, str(INSTALLERS), str(INSTALLERS / script)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert not ended.returncode, ended.stderr


def test_the_files_the_build_names_are_there():
    import build_linux
    import build_tools
    import fcitx

    for path in (build_tools.BUILD_LOCK, build_tools.TOOLS_LOCK, build_linux.FILES, fcitx.FILES):
        assert path.exists()
    text = "".join(path.read_text("utf-8") for path in INSTALLERS.glob("*.py"))
    named = re.findall(r'(?:HERE|FILES) / ((?:"[^"]+"(?: / )?)+)', text)
    assert len(named) > 10
    for words in named:
        name = "/".join(re.findall(r'"([^"]+)"', words))
        assert any((folder / name).exists() for folder in (INSTALLERS, build_linux.FILES)), name
    assert f'"/source/{(INSTALLERS / "duchatong.spec").relative_to(ROOT).as_posix()}"' in text
    assert "SPECPATH).parents[1]" in (INSTALLERS / "duchatong.spec").read_text("utf-8")


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;]+)", lock.read_text("utf-8"), re.M))


def test_another_processor_replaces_packages_and_adds_none():
    from machine import ARM64

    common = pins(LOCK)
    for lock in ARM64.overrides:
        other = pins(lock)
        assert other
        assert set(other) <= set(common)
        assert all(other[name] != common[name] for name in other)


def test_the_input_plugin_fits_the_qt_of_every_processor():
    import fcitx
    from machine import AMD64, ARM64

    assert set(fcitx.PACKAGES) == {AMD64.debian, ARM64.debian}
    minors = {re.match(r"\d+\.\d+", pins(lock)["pyside6-essentials"])[0] for lock in (*ARM64.overrides, LOCK)}
    assert minors == {"6.8"}


def test_a_package_says_what_it_runs_on(tmp_path):
    import build_linux
    from machine import ARM64

    build_linux.write_control(tmp_path, ARM64)
    control = (tmp_path / "DEBIAN" / "control").read_text("utf-8")
    assert "Architecture: arm64\n" in control
    assert "libc6 (>= 2.31)" in control
    assert "@" not in control.replace("@example.com", "")
    assert build_linux.uos_info(ARM64)["arch"] == ["arm64"]
    assert build_linux.deb_path(ARM64).name.endswith("_arm64.deb")


@pytest.mark.parametrize("with_arm", [False, True])
def test_the_guide_names_what_was_built_on_one_page(qapp, tmp_path, with_arm):
    import build_linux
    import guide
    from machine import AMD64, ARM64

    setup, deb, arm = "duchatong-1.0.0-setup.exe", *(build_linux.deb_path(one).name for one in (AMD64, ARM64))
    guide.main(tmp_path / "guide.pdf", setup, deb, *([arm] if with_arm else []))
    with pymupdf.open(tmp_path / "guide.pdf") as pages:
        assert len(pages) == 1
        text = re.sub(r"\s", "", pages[0].get_text())
    assert setup in text
    assert deb in text
    assert ("ARM64" in text) is (arm in text) is with_arm
