"""Workbook imports killed at random moments: every book that came in is in whole, and no other row is."""

import datetime as dt
import random
import shutil
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from killing import confirm, killed, rows

from models.intake.apply import apply
from models.intake.preview import preview
from models.intake.workbook import read
from models.queries.integrity import check
from models.services.office_setup import found_office
from models.services.unit_of_work import Workspace
from models.storage import backup, schema
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from models.storage.lock import FolderLock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 needs fork, which Windows has not")
BOOKS, FINDINGS = 6, 40
NOW = dt.datetime(2022, 3, 16, 9, 30)


def write_book(target: Path, number: int) -> Path:
    """Findings of one unit of its own, every second one answered."""
    book = openpyxl.Workbook()
    found, answered = book.active, book.create_sheet("整改反馈")
    found.title = "督查问题"
    found.append(["台账编号", "属地单位", "点位", "发现日期", "问题来源", "问题类别", "问题事实"])
    answered.append(["台账编号", "整改结果", "整改措施", "完成日期", "责任人"])
    for n in range(FINDINGS):
        serial = f"2022-{number * FINDINGS + n + 1:04d}"
        kind = f"第{number}册的类别"
        found.append([serial, f"第{number}镇", f"第{number}册点位{n}", dt.date(2022, 3, 1), "县", kind, f"事实{n}"])
        if n % 2:
            answered.append([serial, "已整改", "已补记", dt.date(2022, 3, 3), "李安"])
    book.save(target)
    return target


def take_in(workspace: Workspace, book: Path) -> None:
    """As the window and the command do it."""
    with workspace.reading() as session:
        found = preview(session, read(book), today=workspace.today)
    if found.writes:
        apply(workspace, found)


def books_in(folder: DataFolder) -> int:
    """How many books came in; each of them whole, none of the others in part."""
    held = dict(rows(folder, "SELECT (id_of - 1) / 40, count(*) FROM (SELECT CAST(substr(serial, 6) AS INTEGER)"
                             " AS id_of FROM finding) GROUP BY 1"))  # fmt: skip
    assert held == dict.fromkeys(range(len(held)), FINDINGS)
    per_book = {
        "SELECT count(*) FROM feedback": FINDINGS // 2,
        "SELECT count(*) FROM site": FINDINGS,
        "SELECT count(*) FROM unit WHERE name LIKE '第%镇'": 1,
        "SELECT count(*) FROM term WHERE name LIKE '第%册的类别'": 1,
        "SELECT count(*) FROM finding_search": FINDINGS,
        "SELECT count(DISTINCT operation) FROM change WHERE deed LIKE '导入%'": 1,
    }
    for query, each in per_book.items():
        assert rows(folder, query) == [(len(held) * each,)]
    return len(held)


def kill_imports(pristine: Path, root: Path, books: list[Path], seed: int, takes: float) -> int:
    """Import the books one after the other, killed on the way; returns how many were confirmed."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(pristine, root)
    folder = DataFolder(root)

    def work(pipe: int) -> None:
        FolderLock(folder).acquire()
        workspace = Workspace(Store(folder), "王晓燕", clock=lambda: NOW)
        for number, book in enumerate(books):
            take_in(workspace, book)
            confirm(pipe, number)

    confirmed = killed(work, random.Random(seed).uniform(0.005, takes))
    lock = FolderLock(folder)
    lock.acquire()
    assert check(folder) == []
    came = books_in(folder)
    assert len(confirmed) <= came <= len(confirmed) + 1
    assert all(schema.is_sound(path) for path in backup.snapshots(folder))
    assert [path for path in folder.backups.iterdir() if path.suffix != ".db"] == []
    store = Store(folder)
    for book in books:
        take_in(Workspace(store, "王晓燕", clock=lambda: NOW), book)
    store.close()
    assert books_in(folder) == BOOKS
    assert check(folder) == []
    lock.release()
    return len(confirmed)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    place = tmp_path_factory.mktemp("工作簿")
    return [write_book(place / f"{number}.xlsx", number) for number in range(BOOKS)]


@pytest.fixture
def founded(folder: DataFolder, books: list[Path], tmp_path: Path) -> tuple[Path, float]:
    """An office without records, and the seconds all the books take when nobody kills."""
    store = Store(folder)
    values = {"role": "county", "name": "云岭县防控办", "short_name": "县防控办", "county_name": "云岭县"}
    found_office(Workspace(store, clock=lambda: NOW), values)
    store.close()
    trial = Store(DataFolder(shutil.copytree(folder.root, tmp_path / "试")))
    started = time.monotonic()
    for book in books:
        take_in(Workspace(trial, clock=lambda: NOW), book)
    trial.close()
    return folder.root, time.monotonic() - started


def test_imports_survive_a_few_kills(founded, books, tmp_path):
    pristine, takes = founded
    confirmed = [kill_imports(pristine, tmp_path / "数据", books, seed, takes) for seed in range(5)]
    assert any(confirmed)


@pytest.mark.full
def test_imports_survive_a_hundred_kills(founded, books, tmp_path):
    pristine, takes = founded
    confirmed = [kill_imports(pristine, tmp_path / "数据", books, seed, takes) for seed in range(100)]
    assert len(set(confirmed)) > BOOKS // 2
