"""The notice of holidays is read and shown before it is kept; what is wrong in it is said."""

import pytest
from sqlalchemy import func, select

from gui.dialogs.holiday_notice import HolidayNoticeDialog
from gui.pages import page_specs
from gui.pages.list_page import RecordTab
from models.records import Holiday
from tests.models.domain.test_holiday_notice import OF_2027


@pytest.fixture
def dialog(qtbot, demo):
    made = HolidayNoticeDialog(demo)
    qtbot.addWidget(made)
    return made


def test_it_is_shown_before_it_is_kept(demo, dialog) -> None:
    dialog.text.setPlainText(OF_2027)
    dialog.show_read()
    rows = [[dialog.table.item(row, n).text() for n in range(4)] for row in range(dialog.table.rowCount())]
    assert rows[0] == ["2027-01-01 周五", "元旦", "放假", "新增"]
    assert ["2027-02-14 周日", "春节", "上班", "新增"] in rows
    assert "2027年：新增 34 天" in dialog.told.text()
    assert not dialog.wrong.isVisible()
    with demo.workspace.reading() as session:
        kept = session.scalar(select(func.count()).select_from(Holiday))
    dialog.accept()
    with demo.workspace.reading() as session:
        assert session.scalar(select(func.count()).select_from(Holiday)) == kept + len(rows)


def test_what_is_wrong_or_no_notice_is_said(dialog) -> None:
    dialog.show()
    dialog.text.setPlainText("今年放假吗")
    dialog.show_read()
    assert "没有读出放假安排" in dialog.wrong.text()
    assert not dialog.go.isEnabled()
    dialog.text.setPlainText(OF_2027.replace("共8天", "共9天"))
    dialog.show_read()
    assert "写明共9天，读出的是8天" in dialog.wrong.text()


def test_the_list_of_holidays_offers_it_and_still_has_its_form(qtbot, demo, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr("gui.dialogs.holiday_notice.ask", lambda *given: asked.append(given))
    tab = RecordTab(demo, page_specs.kept("holiday"))
    qtbot.addWidget(tab)
    label, begin = tab.spec.begins
    begin(tab)
    assert label == "粘贴放假通知…"
    assert len(asked) == 1
    tab.new()
    assert tab.panel is not None
    assert len(asked) == 1
    tab.model.close()
