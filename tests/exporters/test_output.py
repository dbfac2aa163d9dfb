import errno
import os
from pathlib import Path

import pytest

from exporters import output
from exporters.output import checked, checked_folder, replacing
from models.errors import Refusal


def failing(code: int, path: Path) -> OSError:
    return OSError(code, os.strerror(code), str(path))


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "通报.docx"
    target.write_text("old")
    with replacing(target) as beside:
        assert beside.parent == tmp_path
        assert beside.suffix == ".docx"
        beside.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_body_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "通报.docx"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(target) as beside:
        beside.write_text("half")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘空间不足"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "只读"),
        (errno.EIO, "已断开"),
        (errno.ENAMETOOLONG, "太长"),
    ],
)
def test_a_failed_write_says_what_to_do(tmp_path: Path, code: int, words: str) -> None:
    with pytest.raises(Refusal, match=words), replacing(tmp_path / "a.docx") as beside:
        beside.write_text("half")
        raise failing(code, beside)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("number", "words"),
    [(32, "正被其他程序打开"), (33, "正被其他程序打开"), (112, "磁盘空间不足"), (19, "只读"), (21, "已断开")],
)
def test_windows_own_numbers_are_understood(tmp_path: Path, number: int, words: str) -> None:
    error = failing(errno.EACCES, tmp_path / "a.docx")
    error.winerror = number  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match=words), replacing(tmp_path / "a.docx"):
        raise error


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="没有的文件夹"), replacing(tmp_path / "没有的文件夹" / "a.docx"):
        pytest.fail("the body must not run")


def test_a_folder_that_vanishes_meanwhile_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "U盘"
    folder.mkdir()
    with pytest.raises(Refusal, match="已断开"), replacing(folder / "a.docx") as beside:
        folder.rmdir()
        beside.write_text("x")


def test_a_folder_of_the_target_s_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(Refusal, match="是一个文件夹"), replacing(tmp_path / "a.docx") as beside:
        beside.write_text("x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_a_failed_move_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise failing(errno.EACCES, target)

    monkeypatch.setattr(output.os, "replace", refuse)
    with pytest.raises(Refusal), replacing(tmp_path / "a.docx") as beside:
        beside.write_text("x")
    assert not list(tmp_path.iterdir())


def test_trouble_with_another_file_is_no_trouble_with_the_target(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "a.docx"):
        raise failing(errno.ENOENT, tmp_path / "照片.png")


def test_a_long_chinese_name_still_fits(tmp_path: Path) -> None:
    target = tmp_path / f"{'长' * 80}.docx"
    with replacing(target) as beside:
        beside.write_text("x")
    assert target.read_text() == "x"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder, with what lies in one."""
    root = tmp_path / "数据"
    for folder in ("attachments", "backups", "logs"):
        (root / folder).mkdir(parents=True)
    for name in ("duchatong.db", "duchatong.db-wal", "ui.json", ".lock"):
        (root / name).write_text("kept")
    return root


def test_a_missing_suffix_is_added_and_a_right_one_left(tmp_path: Path, data: Path) -> None:
    for name, wanted in (("台账", "台账.xlsx"), ("2022.3.5台账", "2022.3.5台账.xlsx"), ("a.XLSX", "a.XLSX")):
        assert checked(tmp_path / name, [".xlsx"], data).name == wanted
    assert checked(tmp_path / "a.pdf", [".docx", ".pdf"], data).name == "a.pdf"
    assert checked(tmp_path / "照片.jpg", (), data).name == "照片.jpg"


@pytest.mark.parametrize("name", ["a.docx", "a.db", "a.xls", "a.txt"])
def test_a_wrong_suffix_is_refused(tmp_path: Path, data: Path, name: str) -> None:
    with pytest.raises(Refusal, match=r"请用 \.xlsx 结尾"):
        checked(tmp_path / name, [".xlsx"], data)


@pytest.mark.parametrize(
    "name",
    ["duchatong.db-wal", ".lock", "新", "attachments/a", "backups/a", "logs/a.xlsx", "../数据/a", "backups/../b"],
)
def test_nothing_is_written_into_the_data_folder(data: Path, name: str) -> None:
    with pytest.raises(Refusal, match="数据文件夹里"):
        checked(data / name, [".xlsx"], data)


@pytest.mark.skipif(os.name == "nt", reason="making links needs rights on Windows")
def test_no_link_leads_into_the_data_folder(tmp_path: Path, data: Path) -> None:
    (tmp_path / "近路").symlink_to(data)
    (tmp_path / "库.xlsx").symlink_to(data / "duchatong.db")
    (tmp_path / "环.xlsx").symlink_to(tmp_path / "环.xlsx")
    for place in (tmp_path / "近路" / "a.xlsx", tmp_path / "库.xlsx", tmp_path / "环.xlsx"):
        with pytest.raises(Refusal):
            checked(place, [".xlsx"], data)
        with pytest.raises(Refusal):
            checked_folder(place.parent / "近路", data)


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "没有写文件名"), ("..", "没有写文件名"), ("数据", "是一个文件夹"), ("没有/a", "不存在"), ("NUL", "系统保留"),
     ("con.xlsx", "系统保留"), ("a\udcff", "不能用的字符"), ("a\nb", "不能用的字符")],
)  # fmt: skip
def test_what_is_no_file_name_is_refused(tmp_path: Path, data: Path, name: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        checked(tmp_path / name if name else Path(name), [".xlsx"], data)


@pytest.mark.skipif(os.name == "nt", reason="devices are files on Linux only")
def test_a_device_is_no_file(tmp_path: Path, data: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    for place in (Path("/dev/null"), Path("/dev/stdout"), Path("/dev/full"), tmp_path / "管道.xlsx"):
        with pytest.raises(Refusal, match="设备"):
            checked(place, [".xlsx"], data)
    assert not Path("/dev/null.xlsx").exists()


@pytest.mark.parametrize("head", [b"SQLite format 3\0", b"\x89PNG", b"notes of mine"])
def test_a_file_of_another_kind_is_not_overwritten(tmp_path: Path, data: Path, head: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(head)
    with pytest.raises(Refusal, match="不是Excel 工作簿，没有覆盖"):
        checked(tmp_path / "a", [".xlsx"], data)


@pytest.mark.parametrize("head", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_one_of_the_same_kind_may_be(tmp_path: Path, data: Path, head: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(head)
    assert checked(tmp_path / "a.xlsx", [".xlsx"], data).name == "a.xlsx"


def test_a_folder_to_write_into_is_checked_too(tmp_path: Path, data: Path) -> None:
    assert checked_folder(tmp_path / "新", data) == tmp_path / "新"
    (tmp_path / "文件").write_text("x")
    for place in (tmp_path / "文件", data, data / "backups"):
        with pytest.raises(Refusal):
            checked_folder(place, data)
