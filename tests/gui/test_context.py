import gc
import threading

import pytest
from PySide6.QtCore import QThread

from gui.core.context import Cancelled, Progress, Runner, UiState
from models.errors import Refusal


@pytest.fixture
def runner(qtbot):
    runner = Runner()
    yield runner
    runner.wait()


def test_work_is_done_elsewhere_and_its_result_arrives_here(qtbot, runner):
    seen = []

    def work(progress):
        progress("写", 1, 2)
        return threading.get_ident()

    runner.advanced.connect(lambda *told: seen.append(told))
    runner.run("导出", work, lambda other: seen.append((other, QThread.currentThread() is runner.thread())))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] == ("写", 1, 2)
    assert seen[1][0] != threading.get_ident()
    assert seen[1][1]
    assert not runner.busy


def test_a_refusal_reaches_failed(qtbot, runner):
    seen = []

    def work(progress):
        raise Refusal("请先填写“发现日期”。")

    runner.run("保存", work, seen.append, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert str(seen[0]) == "请先填写“发现日期”。"


def test_cancelled_work_tells_nobody(qtbot, runner):
    told, go = [], threading.Event()

    def work(progress):
        go.wait(5)
        progress("再来")

    runner.run("导出", work, told.append, told.append)
    runner.cancel()
    go.set()
    with qtbot.waitSignal(runner.ended):
        pass
    assert told == []


def test_progress_raises_once_cancelled():
    progress = Progress(lambda *_: None)
    progress("一")
    progress.cancelled = True
    with pytest.raises(Cancelled):
        progress("二")


def test_the_screen_remembers(tmp_path, qtbot):
    state = UiState(tmp_path / "ui.json")
    state.set("columns", [1, 2])
    state.save()
    assert UiState(tmp_path / "ui.json").get("columns") == [1, 2]


def test_a_broken_memory_is_an_empty_one(tmp_path, qtbot):
    (tmp_path / "ui.json").write_text("{", encoding="utf-8")
    assert UiState(tmp_path / "ui.json").get("columns", "none") == "none"


def test_a_folder_that_is_gone_is_not_offered_again(tmp_path):
    state, stick = UiState(tmp_path / "ui.json"), tmp_path / "U 盘"
    stick.mkdir()
    state.use_folder("export", stick)
    assert state.folder("export", instead=tmp_path) == stick
    assert state.folder("import", instead=tmp_path) == tmp_path
    stick.rmdir()
    assert state.folder("export", instead=tmp_path) == tmp_path
    assert state.folder("export").is_dir()


def test_no_cycle_is_taken_apart_in_the_background(qtbot):
    """A dead widget that a worker destroys leaves its timer running, which ends the program."""
    where: list[int] = []

    class Cycle:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            where.append(threading.get_ident())

    def work(_progress: Progress) -> int:
        Cycle()
        return len([[] for _ in range(200_000)])  # more than any threshold

    runner = Runner()
    with qtbot.waitSignal(runner.ended):
        runner.run("统计", work, lambda _n: None)
    qtbot.waitUntil(lambda: bool(where))
    assert set(where) == {threading.get_ident()}
    assert gc.isenabled()
