"""What a data pack changes is shown before it is taken in; a file that is none is one sentence."""

from pathlib import Path

import pytest

from gui.dialogs import data_pack
from models.domain.data_packs import sealed
from models.errors import Refusal
from models.services import data_packs
from tests.models.services.test_data_packs import NEW_DAY, content


def test_it_is_shown_then_taken_in(qtbot, demo, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "法规数据.json"
    file.write_bytes(sealed(content(holiday=[NEW_DAY])))
    shown = []
    monkeypatch.setattr(data_pack.DataPackDialog, "exec", lambda dialog: shown.append(dialog) or dialog.accept())
    data_pack.show(demo, file, None)
    (dialog,) = shown
    qtbot.addWidget(dialog)
    assert dialog.table.item(0, 0).text() == "新增"
    assert "新增 1 处" in dialog._summary()
    with demo.workspace.reading() as session:
        assert data_packs.plan(session, data_pack.read_file(file)).present == "2027.1"
    dialog.accept()
    assert "不用再导入" in dialog._wrong.text()


def test_a_file_that_is_none_is_one_sentence(demo, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(b"\x89PNG")
    with pytest.raises(Refusal, match="不是法规数据文件"):
        data_pack.show(demo, file, None)
    with pytest.raises(Refusal, match="读不出来"):
        data_pack.show(demo, tmp_path / "没有.json", None)
