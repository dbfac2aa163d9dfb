"""The command line: Chinese sentences, honest exit codes, nothing of Qt."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

import main
from models import clock
from models.records import Attachment, Unit
from models.services.attachments import attach
from models.services.unit_of_work import Workspace
from models.storage.attachments import path_of
from models.storage.connection import connect
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from models.storage.lock import FolderLock

ROOT = Path(main.__file__).parent


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("命令 行")
    assert main.main(["--data", str(folder), "demo"]) == 0
    return str(folder)


def test_demo_refuses_a_folder_with_data(demo, capsys):
    assert main.main(["--data", demo, "demo"]) == 1
    assert "已有数据" in capsys.readouterr().err


@pytest.mark.parametrize("words", [
    ["没有这个"], ["import"], ["ledger", "问责台账"], ["statistics", "--from", "随便"], ["document", "督查周报"],
    ["issue", "督查周报"], ["ledger", "没有", "--out", "x.xlsx"], ["document", "督查通报", "--issue", "0"],
])  # fmt: skip
def test_usage_errors_exit_with_2_in_chinese(demo, capsys, words):
    with pytest.raises(SystemExit) as left:
        main.main(["--data", demo, *words])
    assert left.value.code == 2
    out, said = capsys.readouterr()
    assert out == ""
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


def test_statistics_as_of_a_day_know_nothing_later(demo, capsys):
    told, then = [], str(clock.today() - dt.timedelta(days=40))
    for words in ((), ("--as-of", then)):
        assert main.main(["--data", demo, "statistics", *words, "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[1]["as_of"] == then
    assert 0 < told[1]["problems"] < told[0]["problems"]
    assert told[1]["solved"] < told[0]["solved"]


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


def test_a_look_at_an_office_that_is_not_there_calls_nothing_damaged(tmp_path, capsys):
    assert main.main(["--data", str(tmp_path / "空"), "office"]) == 1
    assert "还没有数据" in capsys.readouterr().err
    assert not (tmp_path / "空").exists()


@pytest.mark.skipif(os.name == "nt", reason="names have another limit on Windows")
@pytest.mark.parametrize(
    "words",
    [
        ["ledger", "问题整改台账", "--out"], ["template", "--out"], ["register", "--out"], ["backup"], ["restore"],
        ["import"], ["package", "show"], ["package", "task", "--unit", "石门乡", "--out"],
    ],
)  # fmt: skip
def test_a_name_that_is_too_long_is_a_sentence(demo, tmp_path, capsys, words):
    assert main.main(["--data", demo, *words, str(tmp_path / ("督" * 90))]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="names have another limit on Windows")
def test_a_data_folder_whose_name_is_too_long_is_a_sentence(tmp_path, capsys):
    assert main.main(["--data", str(tmp_path / ("督" * 90)), "check"]) == 1
    assert "太长" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="pipes are files on Linux only")
@pytest.mark.parametrize("words", [["import"], ["restore"], ["package", "show"]])
def test_a_pipe_is_no_file_and_nobody_waits_for_it(demo, tmp_path, capsys, words):
    os.mkfifo(tmp_path / "管道.xlsx")
    assert main.main(["--data", demo, *words, str(tmp_path / "管道.xlsx")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


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
    from models.queries import integrity

    monkeypatch.setattr(integrity, "check", lambda folder: 1 / 0)
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
    workspace = Workspace(store)
    with workspace.reading() as session:
        unit = session.scalars(select(Unit)).first()
    attach(workspace, unit, b"evidence", "现场照片.txt")
    with workspace.reading() as session:
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
    touched = {".lock", "duchatong.db-wal", "duchatong.db-shm"}
    after = {path: path.read_bytes() for path in data.rglob("*") if path.is_file() and path.name not in touched}
    assert {path: content for path, content in before.items() if path.name not in touched} == after


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
    from gui.shell.single_instance import _name

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


@pytest.fixture
def office(demo, tmp_path):
    """A copy of the demo office."""
    data = tmp_path / "数据 夹"
    shutil.copytree(demo, data)
    return DataFolder(data)


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000])
def test_a_number_no_register_has_is_a_sentence(office, capsys, number):
    assert main.main(["--data", str(office.root), "issue", number]) == 1
    assert "发文登记里没有" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["document", "督查通报", "--addressee", "柳\udcff镇"], ["ledger", "问题整改台账", "--unit", "柳\udcff镇"],
     ["office", "--name", "柳\udcff"], ["issue", "督查\udcff"], ["statistics", "--unit", "\ud800"]],
)  # fmt: skip
def test_half_a_character_in_an_argument_is_a_sentence(office, tmp_path, capsys, words):
    out = ["--out", str(tmp_path / "a.docx" if words[0] == "document" else tmp_path / "a.xlsx")]
    words = [*words, *(out if words[0] in ("document", "ledger") else [])]
    assert main.main(["--data", str(office.root), *words]) == 1
    assert "不能识别的字" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="a file's name is bytes on Linux only")
def test_a_file_whose_name_is_in_another_encoding_is_read(office, tmp_path, capsys):
    target = tmp_path / "模板.xlsx"
    assert main.main(["--data", str(office.root), "template", "--out", str(target)]) == 0
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xc4\xa3\xb0\xe5.xlsx")
    os.rename(target, odd)
    assert main.main(["--data", str(office.root), "import", odd, "--dry-run"]) == 0


HARMS = {
    "版本": lambda content: content[:18] + b"\x05" + content[19:],
    "表名": lambda content: content.replace(b"CREATE TABLE unit", b"CREATE TABLE un\xfft"),
    "列名": lambda content: content.replace(b"source_level", b"sourse_level"),
    "文字": lambda content: content.replace("柳河镇".encode(), "柳河镇".encode()[:-1] + b"\xff"),
    "日期": lambda content: re.sub(rb"(20\d\d)-\d\d-\d\d(?! )", rb"\1-93-99", content),
    "空": lambda _content: b"",
    "别的": lambda _content: b"PK\x03\x04" + bytes(5000),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_no_damage_of_the_file_is_our_fault(office, tmp_path, capsys, harm):
    from models.storage import backup

    newest = backup.snapshot(office, "退出", clock.now())
    office.database.write_bytes(harm(office.database.read_bytes()))
    sheet, paper = str(tmp_path / "a.xlsx"), str(tmp_path / "a.docx")
    commands = [
        ["statistics"], ["ledger", "问题整改台账", "--out", sheet], ["register"], ["check"],
        ["document", "督查通报", "--out", paper], ["office", "--short-name", "县防控办"],
    ]  # fmt: skip
    said = []
    for words in commands:
        assert main.main(["--data", str(office.root), *words]) in (0, 1), words
        said.append(capsys.readouterr().err)
    assert any("损坏" in one or "不是督查通的数据文件" in one for one in said), said
    assert any(str(newest) in one for one in said), said
    assert main.main(["--data", str(office.root), "restore", str(newest)]) == 0
    assert main.main(["--data", str(office.root), "statistics"]) == 0


def test_a_database_that_is_gone_beside_its_backups_is_never_made_anew(office, capsys):
    from models.storage import backup

    newest = backup.snapshot(office, "退出", clock.now())
    office.database.unlink()
    for words in (["statistics"], ["demo"], ["office", "--name", "县指挥部"], ["register"]):
        assert main.main(["--data", str(office.root), *words]) == 1
        said = capsys.readouterr().err
        assert "自动备份还在" in said
        assert str(newest) in said
    assert not office.database.exists()


def test_what_was_written_before_a_fault_is_looked_at_and_said(office, capsys, monkeypatch):
    from models.services import records

    real = records.update

    def half(*args, **more):
        real(*args, **more)
        raise ZeroDivisionError

    words = ["--data", str(office.root), "office", "--short-name"]
    monkeypatch.setattr(records, "update", half)
    assert main.main([*words, "县防疫办"]) == 3
    assert "出错前已写入 1 条改动" in capsys.readouterr().err
    monkeypatch.setattr(records, "update", lambda *_: 1 / 0)
    assert main.main([*words, "防疫办"]) == 3
    assert "数据没有改动。" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="a shell's pipe")
def test_a_number_that_is_used_is_said_where_nobody_reads(office):
    """The reader is gone before anything is written."""
    reading, writing = os.pipe()
    os.close(reading)
    words = [
        sys.executable,
        str(ROOT / "main.py"),
        "--data",
        str(office.root),
        "issue",
        "督查通报",
        "--despite-warnings",
    ]
    done = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    said = done.stderr.decode()
    assert done.returncode == 1, said
    with closing(connect(office.database, read_only=True)) as connection:
        (used,) = connection.execute("SELECT number FROM document ORDER BY id DESC").fetchone()
    assert used
    assert used in said


@pytest.mark.skipif(os.name == "nt", reason="devices are files on Linux only")
@pytest.mark.parametrize("words", [["--help"], ["statistics"], ["register", "--json"], ["ledger", "--help"]])
def test_output_that_cannot_be_written_is_no_fault_of_ours(office, words):
    with open("/dev/full", "wb") as full:
        given = [sys.executable, str(ROOT / "main.py"), "--data", str(office.root), *words]
        done = subprocess.run(given, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="limits of a process are Linux's")
def test_a_full_disk_at_a_restore_is_blamed_and_nothing_else(office, tmp_path):
    """A process that may write only half of the database stands for a disk that is full."""
    packed = tmp_path / "备份.dcb"
    assert main.main(["--data", str(office.root), "backup", str(packed)]) == 0
    before = office.database.read_bytes()
    code = (
        "import resource, sys, main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) // 2}, {len(before) // 2}));"
        "sys.exit(main.main(sys.argv[1:]))"
    )
    for place in (str(office.root), str(tmp_path / "新电脑")):
        words = [sys.executable, "-c", code, "--data", place, "restore", str(packed)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
        said = done.stderr.decode()
        assert done.returncode == 1, said
        assert "磁盘" in said
        assert "损坏" not in said
        assert "不是督查通的备份文件" not in said
    assert office.database.read_bytes() == before
    assert not list(office.root.glob(".restore*"))


@pytest.fixture
def unwritable(office, monkeypatch):
    """The folder as on a write-protected stick: no file can be made in it."""
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != office.root and real(path, mode))

    def refuse(*_):
        raise AssertionError("a reading command writes")

    monkeypatch.setattr(DataFolder, "prepare", refuse)
    before = {path: path.stat().st_mtime_ns for path in office.root.rglob("*")}
    yield office
    assert {path: path.stat().st_mtime_ns for path in office.root.rglob("*")} == before


def test_commands_that_read_run_on_a_read_only_folder(unwritable, tmp_path, capsys):
    data, sheet = ["--data", str(unwritable.root)], str(tmp_path / "a.xlsx")
    for words in (
        ["statistics"], ["register"], ["check"], ["office"], ["ledger", "问题整改台账", "--out", sheet],
        ["document", "督查通报", "--number", "9", "--out", str(tmp_path / "a.docx")],
        ["template", "--out", str(tmp_path / "b.xlsx")], ["backup", str(tmp_path / "c.dcb")],
        ["import", str(tmp_path / "b.xlsx"), "--dry-run"],
    ):  # fmt: skip
        assert main.main([*data, *words]) == 0, capsys.readouterr().err
