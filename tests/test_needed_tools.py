"""A test that was skipped where all must run is a failed one."""

import sys
from types import SimpleNamespace
from typing import Any

import needed_tools
import pytest


def skipped(**more: Any) -> Any:
    report = SimpleNamespace(skipped=True, nodeid="tests/test_x.py::test_x", outcome="skipped")
    report.longrepr = ("tests/test_x.py", 3, "Skipped: missing: LibreOffice Writer")
    vars(report).update(more)
    return report


def test_a_skipped_test_fails_where_all_must_run() -> None:
    report = skipped()
    needed_tools.judge(report, strict=True)
    assert report.outcome == "failed"
    assert report.longrepr == (
        "tests/test_x.py::test_x was not run, and here every test must run. Skipped: missing: LibreOffice Writer"
    )


@pytest.mark.parametrize(
    ("report", "strict"),
    [(skipped(), False), (skipped(wasxfail=""), True), (skipped(skipped=False, outcome="skipped"), True)],
)
def test_elsewhere_it_stays_what_it_is(report: Any, strict: bool) -> None:
    needed_tools.judge(report, strict=strict)
    assert report.outcome == "skipped"


@pytest.mark.parametrize(
    ("platform", "ci", "user", "strict"),
    [
        ("linux", "true", 1000, True),
        ("linux", "", 0, True),
        ("linux", "", 1000, False),
        ("linux", "false", 1000, False),
        ("win32", "true", 0, False),
    ],
)
def test_all_must_run_in_ci_and_for_root(
    platform: str, ci: str, user: int, strict: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(needed_tools.os, "geteuid", lambda: user)
    assert needed_tools.is_strict() is strict


@pytest.mark.libreoffice
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert needed_tools.missing() == []
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("FONTCONFIG_FILE")
    assert needed_tools.missing() == ["LibreOffice Writer", "the free fonts of official documents"]
