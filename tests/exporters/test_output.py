import errno
import os
from pathlib import Path

import pytest

from exporters import output
from exporters.output import replacing
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
