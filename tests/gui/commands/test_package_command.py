"""`package` on the command line: the same round as in the window, and one sentence where it cannot be."""

import json
import shutil
from pathlib import Path

import pytest

from main import main
from models.records import Feedback, Finding, Unit
from models.services import findings, office_setup, records, unit_answers
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from models.storage.lock import FolderLock

DONE = {"outcome": "已整改", "measures": "已安排专人值守。", "person": "何平", "no_evidence_reason": "现场复核"}


@pytest.fixture
def offices(tmp_path: Path, pristine: Path) -> dict[str, Path]:
    """A county that handed one problem to a township, and that township."""
    roots = {name: tmp_path / name for name in ("county", "unit")}
    for name, root in roots.items():
        shutil.copytree(pristine, root)
        workspace = Workspace(Store(DataFolder(root)))
        names = {"county": ("云水县防控办", "县防控办"), "unit": ("云水县柳河镇人民政府", "柳河镇")}[name]
        office_setup.found_office(workspace, {"role": name, "name": names[0], "short_name": names[1]})
        if name == "county":
            unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
            day = workspace.today
            given = {"fact": "无人值守", "kind": "测温", "source_level": "县", "found_on": day, "unit_id": unit}
            finding = records.create(workspace, Finding, given).id
            findings.take(workspace, finding, "hand_over", {"deadline": day, "requirement": "立即整改"})
        workspace.store.close()
    return roots


def run(root: Path, *words: str | Path) -> int:
    return main(["--data", str(root), "package", *map(str, words)])


def answer(root: Path, **values) -> None:
    workspace = Workspace(Store(DataFolder(root)))
    unit_answers.write_feedback(workspace, 1, {**DONE, "finished_on": workspace.today, **values})
    workspace.store.close()


def feedbacks(root: Path) -> list[str]:
    store = Store(DataFolder(root))
    with store.session() as session:
        found = [one.measures for one in session.query(Feedback)]
    store.close()
    return found


def test_a_round_on_the_command_line(offices, tmp_path, capsys):
    secret = tmp_path / "口令.txt"
    secret.write_text("三月十六\n", "utf-8")
    task, back, receipt = tmp_path / "任务.dct", tmp_path / "反馈.dct", tmp_path / "回执.dct"
    assert run(offices["county"], "task", "--unit", "柳河镇", "--out", task, "--passphrase-file", secret) == 0
    assert "柳河镇：1 个问题" in capsys.readouterr().out
    assert run(offices["unit"], "show", task) == 0
    shown = capsys.readouterr().out
    assert "任务包，第 1 批，云水县防控办 发给 柳河镇" in shown
    assert "需要口令" in shown
    assert run(offices["unit"], "import", task) == 1
    assert "需要口令" in capsys.readouterr().err
    assert run(offices["unit"], "import", task, "--passphrase-file", secret) == 0
    assert "新增 1" in capsys.readouterr().out
    answer(offices["unit"])
    assert run(offices["unit"], "return", "--out", back) == 0
    assert run(offices["county"], "import", back, "--dry-run") == 0
    assert "预览：新增 1" in capsys.readouterr().out
    assert feedbacks(offices["county"]) == []
    assert run(offices["county"], "import", back, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["applied"]
    assert told["packages"][0]["counts"]["new"] == 1
    assert told["packages"][0]["items"][0]["sort"] == "new"
    assert feedbacks(offices["county"]) == [DONE["measures"]]
    assert run(offices["county"], "receipt", "--unit", "柳河镇", "--out", receipt) == 0
    assert run(offices["unit"], "import", receipt) == 0
    assert "没有记录" in capsys.readouterr().out
    assert run(offices["unit"], "receipt", "--out", tmp_path / "签收.dct") == 0


def test_all_at_once_and_as_json(offices, tmp_path, capsys):
    target = tmp_path / "U 盘" / "任务"
    assert run(offices["county"], "task", "--all", "--out", target) == 0
    (path,) = target.iterdir()
    capsys.readouterr()
    assert run(offices["county"], "show", path, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["kind"], told["to"], told["carries_pairing"], told["files"]) == ("task", "柳河镇", True, 0)


def test_one_bad_file_does_not_keep_the_others_out(offices, tmp_path, capsys):
    task, bad = tmp_path / "任务.dct", tmp_path / "坏.dct"
    bad.write_bytes(b"PK")
    run(offices["county"], "task", "--unit", "柳河镇", "--out", task)
    capsys.readouterr()
    assert run(offices["unit"], "import", bad, task) == 1
    out, err = capsys.readouterr()
    assert "新增 1" in out
    assert "“坏.dct”不是督查通的数据包" in err


def test_options_may_stand_anywhere_among_the_files(offices, tmp_path, capsys):
    first, second = tmp_path / "任务.dct", tmp_path / "任务二.dct"
    for target in (first, second):
        run(offices["county"], "task", "--unit", "柳河镇", "--out", target)
    capsys.readouterr()
    assert run(offices["unit"], "import", "--dry-run", first, "--json", second) == 0
    told = json.loads(capsys.readouterr().out)["packages"]
    assert [one["file"] for one in told] == [str(first), str(second)]
    with pytest.raises(SystemExit):
        run(offices["unit"], "import", first, "--jsonn")


def test_what_is_flagged_is_said(offices, tmp_path, capsys):
    task, back = tmp_path / "任务.dct", tmp_path / "反馈.dct"
    run(offices["county"], "task", "--unit", "柳河镇", "--out", task)
    run(offices["unit"], "import", task)
    answer(offices["unit"])
    workspace = Workspace(Store(DataFolder(offices["county"])))
    findings.take(workspace, 1, "void", {"reason": "重复"})
    workspace.store.close()
    run(offices["unit"], "return", "--out", back)
    capsys.readouterr()
    assert run(offices["county"], "import", back) == 0
    assert "反馈已存下，未改变状态" in capsys.readouterr().out


def test_a_conflict_is_said(offices, tmp_path, capsys):
    task, back = tmp_path / "任务.dct", tmp_path / "反馈.dct"
    run(offices["county"], "task", "--unit", "柳河镇", "--out", task)
    run(offices["unit"], "import", task)
    from models.records import Plan

    for root, words in ((offices["county"], "电话所报"), (offices["unit"], "月底前")):
        workspace = Workspace(Store(DataFolder(root)))
        records.create(workspace, Plan, {"finding_id": 1, "measures": words})
        workspace.store.close()
    run(offices["unit"], "return", "--out", back)
    capsys.readouterr()
    assert run(offices["county"], "import", back, "--conflicts", "theirs") == 0
    assert "本县已代填整改计划" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["task", "--out", "x"], "--unit"),
        (["task", "--all", "--unit", "柳河镇", "--out", "x"], "--unit"),
        (["task", "--all"], "--out"),
        (["task", "--unit", "没有镇", "--out", "x"], "没有叫“没有镇”的单位"),
        (["return", "--out", "x"], "还没有收到县级机构的任务包"),
        (["receipt", "--unit", "柳河镇", "--out", "x"], "找不到对方单位"),
        (["import"], "请写明数据包文件"),
        (["show", "没有.dct"], "找不到文件"),
        (["task", "--unit", "柳河镇", "--out", "x", "--passphrase-file", "没有.txt"], "口令文件读不出来"),
        (["task", "--unit", "柳河镇", "--out", "x", "--passphrase-file", "空.txt"], "口令文件是空的"),
    ],
)
def test_what_cannot_be_is_said(offices, tmp_path, capsys, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空.txt").write_text("\n")
    assert run(offices["county"], *words) == 1
    assert sentence in capsys.readouterr().err


def test_nothing_for_anyone(offices, tmp_path, capsys):
    assert run(offices["unit"], "task", "--all", "--out", tmp_path / "x") == 1
    assert "还没有已交办的问题" in capsys.readouterr().err


def test_writing_waits_for_no_window(offices, tmp_path, capsys):
    task = tmp_path / "任务.dct"
    run(offices["county"], "task", "--unit", "柳河镇", "--out", task)
    lock = FolderLock(DataFolder(offices["unit"]))
    lock.acquire()
    assert run(offices["unit"], "import", task) == 1
    assert "正在使用这个数据文件夹" in capsys.readouterr().err
    assert run(offices["unit"], "import", task, "--dry-run") == 0
    lock.release()
