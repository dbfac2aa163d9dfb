"""What the tests need of the machine beside Python, and what it means where that is missing."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PACKAGING = Path(__file__).resolve().parents[1] / "packaging"


def is_strict() -> bool:
    """Whether every test must run: in CI, and wherever root could install what is missing."""
    on_linux = sys.platform.startswith("linux")
    return on_linux and (os.environ.get("CI", "").lower() in ("1", "true") or os.geteuid() == 0)


def prepare() -> None:
    """Set Qt and the fonts up; before either is loaded, and once for all worker processes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if "FONTCONFIG_FILE" not in os.environ and (fonts := _debian().document_fonts()):
        os.environ["FONTCONFIG_FILE"] = str(fonts)


def missing() -> list[str]:
    """Return what tests marked libreoffice lack."""
    found = [] if shutil.which("soffice") else ["LibreOffice Writer"]
    if not Path(os.environ.get("FONTCONFIG_FILE", "/nowhere")).is_file():
        found.append("the free fonts of official documents")
    return found


def judge(report: Any, *, strict: bool) -> None:
    """Turn a skipped test into a failed one where every test must run."""
    if strict and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was not run, and here every test must run. {reason}"


def require_office(item: pytest.Item) -> None:
    """Skip a test marked libreoffice where it cannot run."""
    if item.get_closest_marker("libreoffice") and (lacking := missing()):
        pytest.skip(f"missing: {', '.join(lacking)}")


def _debian() -> ModuleType:
    """Return packaging/debian.py, whose folder has the name of a library."""
    spec = importlib.util.spec_from_file_location("debian_packages", PACKAGING / "debian.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
