"""The command line: Chinese sentences, honest exit codes, nothing of Qt."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

import main
from models.actions.attachments import attach
from models.actions.work import Desk
from models.records import Attachment, Unit
from models.store.attachments import path_of
from models.store.engine import Store
from models.store.folder import DataFolder
from models.store.lock import FolderLock

ROOT = Path(main.__file__).parent


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("命令 行")
    assert main.main(["--data", str(folder), "demo"]) == 0
    return str(folder)


def test_demo_refuses_a_folder_with_data(demo, capsys):
    assert main.main(["--data", demo, "demo"]) == 1
    assert "已有数据" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["没有这个"], ["import"], ["ledger", "问责台账"], ["statistics", "--from", "随便"]])
def test_usage_errors_exit_with_2_in_chinese(demo, capsys, words):
    with pytest.raises(SystemExit) as left:
        main.main(["--data", demo, *words])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert said.endswith("。\n")
    assert not any(word in said for word in ("usage", "argument", "invalid", "required"))


def test_template_then_import_tells_what_was_found(demo, tmp_path, capsys):
    target = tmp_path / "模 板.xlsx"
    assert main.main(["--data", demo, "template", "--out", str(target)]) == 0
    capsys.readouterr()
    assert main.main(["--data", demo, "import", str(target), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"] == 0


def test_a_ledger_goes_out_and_comes_back_the_same(demo, tmp_path, capsys):
    target = tmp_path / "台账.xlsx"
    assert main.main(["--data", demo, "ledger", "问题整改台账", "--out", str(target), "--unit", "柳河镇"]) == 0
    assert main.main(["--data", demo, "import", str(target)]) == 0
    assert "新增" not in capsys.readouterr().out.replace("督查问题：新增 0", "")


def test_documents_statistics_and_check(demo, tmp_path, capsys):
    target = tmp_path / "通报.docx"
    assert main.main(["--data", demo, "document", "督查通报", "--out", str(target), "--number", "9"]) == 0
    assert target.stat().st_size > 5000
    capsys.readouterr()
    assert main.main(["--data", demo, "statistics", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] > 100
    assert main.main(["--data", demo, "check"]) == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import", "没有.xlsx"], "没有找到文件"),
        (["ledger", "没有", "--out", "x.xlsx"], "没有“没有”这种台账"),
        (["document", "没有", "--out", "x.docx"], "没有“没有”这个文种"),
        (["ledger", "问责台账", "--out", "x.xlsx", "--unit", "没有镇"], "没有叫“没有镇”的单位"),
        (["statistics", "--from", "2022-3-5", "--until", "2022-3-1"], "早于"),
    ],
)
def test_refusals_exit_with_1_and_one_sentence(demo, capsys, words, sentence):
    assert main.main(["--data", demo, *words]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_an_empty_folder_is_refused_and_left_empty(tmp_path, capsys):
    assert main.main(["--data", str(tmp_path / "空"), "statistics"]) == 1
    assert "还没有数据" in capsys.readouterr().err
    assert not (tmp_path / "空").exists()


def test_writing_commands_wait_for_nobody(demo, tmp_path, capsys):
    lock = FolderLock(DataFolder(Path(demo)))
    lock.acquire()
    try:
        assert main.main(["--data", demo, "demo"]) == 1
        assert "正在使用" in capsys.readouterr().err
        assert main.main(["--data", demo, "ledger", "问责台账", "--out", str(tmp_path / "x.xlsx")]) == 0
    finally:
        lock.release()


def test_our_own_fault_exits_with_3_and_is_written_down(demo, capsys, monkeypatch):
    from models.queries import soundness

    monkeypatch.setattr(soundness, "check", lambda folder: 1 / 0)
    assert main.main(["--data", demo, "check"]) == 3
    assert "程序出错" in capsys.readouterr().err
    assert "ZeroDivisionError" in next((Path(demo) / "logs").glob("fault-*.log")).read_text("utf-8")


def test_damage_is_found(demo, tmp_path, capsys):
    broken = DataFolder(tmp_path / "坏")
    broken.root.mkdir()
    broken.database.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert main.main(["--data", str(broken.root), "check"]) == 1
    assert "已损坏" in capsys.readouterr().err


def test_commands_start_without_qt_and_speak_on_any_console(demo):
    code = (
        "import sys, main; status = main.main(sys.argv[1:]);"
        "sys.exit(9 if any(m.startswith('PySide6') for m in sys.modules) else status)"
    )
    words = [sys.executable, "-c", code, "--data", demo, "statistics"]
    done = subprocess.run(
        words, cwd=ROOT, env={"PYTHONIOENCODING": "ascii", "PATH": ""}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert rb"\u7763\u67e5" in done.stdout


@pytest.fixture
def torn(demo, tmp_path):
    """A copy of the office with a file that has rotted; gives the folder and the file."""
    data = tmp_path / "数据"
    shutil.copytree(demo, data)
    store = Store(DataFolder(data))
    desk = Desk(store)
    with desk.reading() as session:
        unit = session.scalars(select(Unit)).first()
    attach(desk, unit, b"evidence", "现场照片.txt")
    with desk.reading() as session:
        sha256 = session.scalar(select(Attachment.sha256).where(Attachment.name == "现场照片.txt"))
    store.close()
    place = path_of(DataFolder(data), sha256)
    place.write_bytes(b"rotten")
    return str(data), place


def test_a_backup_that_lacks_a_file_is_refused_the_name_and_kept(torn, tmp_path, capsys):
    data, place = torn
    target = tmp_path / "备份.dcb"
    assert main.main(["--data", data, "backup", str(target)]) == 1
    said = capsys.readouterr().err
    assert "不完整" in said
    assert "“现场照片.txt”已损坏" in said
    fresh = str(tmp_path / "新电脑")
    assert main.main(["--data", fresh, "restore", str(target)]) == 0
    said = capsys.readouterr()
    assert "恢复不了" in said.err
    assert "没有恢复 1 个附件（“现场照片.txt”已损坏）" in said.out
    assert main.main(["--data", fresh, "check"]) == 1
    place.write_bytes(b"evidence")
    assert main.main(["--data", data, "backup", str(tmp_path / "好.dcb")]) == 0
    assert main.main(["--data", fresh, "restore", str(tmp_path / "好.dcb")]) == 0
    assert main.main(["--data", fresh, "check"]) == 0


def test_a_backup_never_takes_the_place_of_a_file_that_is_there(demo, tmp_path, capsys):
    target = tmp_path / "备份.dcb"
    target.write_bytes(b"mine")
    assert main.main(["--data", demo, "backup", str(target)]) == 1
    assert "没有覆盖" in capsys.readouterr().err
    assert target.read_bytes() == b"mine"


COMMANDS_THAT_WRITE = {
    "ledger": ["ledger", "问题整改台账", "--out"],
    "register": ["register", "--out"],
    "template": ["template", "--out"],
    "document": ["document", "督查通报", "--number", "9", "--out"],
    "issue": ["issue", "督查通报", "--despite-warnings", "--out"],
    "task": ["package", "task", "--unit", "柳河镇", "--out"],
    "backup": ["backup"],
}


@pytest.mark.parametrize("words", COMMANDS_THAT_WRITE.values(), ids=COMMANDS_THAT_WRITE)
def test_no_command_writes_onto_the_data_folder(demo, tmp_path, capsys, words):
    data = tmp_path / "数据"
    shutil.copytree(demo, data)
    (tmp_path / "近路").symlink_to(data)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    names = ["duchatong.db", "duchatong.db-wal", "ui.json", ".lock", "backups", "新", "attachments/x"]
    for place in [*(data / name for name in names), tmp_path / "近路" / "新", Path("/dev/null"), Path("")]:
        assert main.main(["--data", str(data), *words, "" if place == Path("") else str(place)]) == 1, place
        assert capsys.readouterr().err.count("\n") == 1
    after = {path: path.read_bytes() for path in data.rglob("*") if path.is_file() and path.name != ".lock"}
    assert {path: content for path, content in before.items() if path.name != ".lock"} == after


@pytest.mark.parametrize("words", COMMANDS_THAT_WRITE.values(), ids=COMMANDS_THAT_WRITE)
def test_every_command_adds_a_missing_suffix_and_refuses_a_wrong_one(demo, tmp_path, capsys, words):
    data = tmp_path / "数据"
    shutil.copytree(demo, data)
    assert main.main(["--data", str(data), *words, str(tmp_path / "文件.txt")]) == 1
    assert "扩展名不对" in capsys.readouterr().err
    assert main.main(["--data", str(data), *words, str(tmp_path / "文件")]) == 0
    assert len(list(tmp_path.glob("文件.*"))) == 1


@pytest.mark.parametrize("words", [["--data", ""], ["--data", " "], ["--data="]])
def test_an_empty_data_folder_name_is_refused(capsys, words):
    for command in ([], ["statistics"], ["demo"]):
        assert main.main([*words, *command]) == 1
        assert "“--data”后面是空的" in capsys.readouterr().err


def test_a_link_to_the_folder_is_the_folder(demo, tmp_path, capsys):
    from gui.single import _name

    link = tmp_path / "近路"
    link.symlink_to(demo)
    assert _name(DataFolder(link)) == _name(DataFolder(Path(demo)))
    lock = FolderLock(DataFolder(Path(demo)))
    lock.acquire()
    try:
        assert main.main(["--data", str(link), "office", "--short-name", "县防控办"]) == 1
        assert "正在使用" in capsys.readouterr().err
    finally:
        lock.release()
