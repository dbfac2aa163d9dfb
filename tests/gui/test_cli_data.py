"""The commands that fill a data folder, on folders that are empty yet."""

import hostile
import pytest

from exporters.workbooks.template import write_template
from main import DONE, REFUSED, main
from models.storage.data_folder import DataFolder
from models.storage.engine import Store


@pytest.fixture
def template(tmp_path):
    target = tmp_path / "空白 模板.xlsx"
    write_template(None, target)
    return target


@pytest.fixture
def filled(template):
    import openpyxl

    book = openpyxl.load_workbook(template)
    sheet = book["单位"]
    for row in sheet.iter_rows(min_row=1, max_row=6):
        labels = {str(cell.value or "").strip("* "): cell.column for cell in row}
        if "单位名称" in labels:
            free = sheet.max_row + 1
            sheet.cell(free, labels["单位名称"], "柳河镇")
            sheet.cell(free, labels["单位类别"], "乡镇")
            break
    book.save(template)
    return template


def test_an_import_founds_an_office_and_says_what_is_missing(filled, tmp_path, capsys):
    data = tmp_path / "新 文件夹"
    assert main(["--data", str(data), "import", str(filled)]) == DONE
    assert "发文代字还没有填写" in capsys.readouterr().err
    assert main(["--data", str(data), "import", str(filled)]) == DONE
    assert "发文代字还没有填写" not in capsys.readouterr().err
    assert main(["--data", str(data), "check"]) == DONE


def test_a_preview_never_makes_a_data_folder(filled, tmp_path):
    data = tmp_path / "没有"
    assert main(["--data", str(data), "import", str(filled), "--dry-run"]) == DONE
    assert not data.exists()


def test_the_office_is_founded_changed_and_shown(tmp_path, capsys):
    data = ["--data", str(tmp_path / "数据")]
    assert main([*data, "office", "--name", "青川县防汛抗旱指挥部办公室", "--number-code", "青汛指办"]) == DONE
    assert main([*data, "office", "--short-name", "县防汛办"]) == DONE
    assert main([*data, "office"]) == DONE
    assert "简称“县防汛办”，发文代字“青汛指办”" in capsys.readouterr().out
    store = Store(DataFolder(tmp_path / "数据"))
    store.close()


def test_an_office_without_a_name_is_refused(tmp_path, capsys):
    assert main(["--data", str(tmp_path / "数据"), "office", "--number-code", "青汛指办"]) == REFUSED
    assert "名称" in capsys.readouterr().err


def test_a_hostile_workbook_is_refused_in_one_sentence_and_a_stray_cell_costs_no_row(tmp_path, capsys):
    data = ["--data", str(tmp_path / "数据")]
    assert main([*data, "import", str(hostile.strings(tmp_path / "大.xlsx", 200))]) == REFUSED
    assert capsys.readouterr().err.count("\n") == 1
    far = f'<row r="1048576">{hostile.text(".", "XFD1048576")}</row>'
    path = hostile.book(tmp_path / "台账.xlsx", hostile.sheet_of(hostile.rows() + far))
    assert main([*data, "import", str(path)]) == DONE
    said = capsys.readouterr().out
    assert "督查问题：新增 3" in said
    assert "XFD1048576 没有读取" in said
