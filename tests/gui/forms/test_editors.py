import datetime as dt

import pytest
from filling import pick_first, type_text
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget

from gui.forms.editors import editor_for
from models.queries.lookups import pickers
from models.records import Disposition, Feedback, Finding, Inspection, Team, Unit, Visit, fields_of
from models.records.fields import Field


@pytest.fixture
def editor(context, qtbot, office):
    def make(cls, name: str):
        made = editor_for(context, name, fields_of(cls)[name])
        qtbot.addWidget(made)
        made.resize(320, 40)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.setFocus()
        return made

    return make


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3.5", dt.date(2022, 3, 5)),
        ("3月5日", dt.date(2022, 3, 5)),
        ("今天", dt.date(2022, 3, 16)),
        ("2022-3-5", dt.date(2022, 3, 5)),
        ("２０２２．３．５", dt.date(2022, 3, 5)),
    ],
)
def test_a_day_is_read_as_a_clerk_writes_it(editor, qtbot, typed, day):
    days = editor(Finding, "found_on")
    type_text(days.edit, typed)
    assert days.value() == day
    qtbot.keyClick(days.edit, Qt.Key.Key_Return)
    days.edit.editingFinished.emit()
    assert days.edit.text() == day.isoformat()


@pytest.mark.parametrize(("cls", "name"), [(Visit, "on"), (Finding, "found_on"), (Disposition, "decided_on")])
def test_what_has_been_is_not_ahead(editor, cls, name):
    days = editor(cls, name)
    type_text(days.edit, "4.1")  # it is 16 March 2022
    assert days.value() == dt.date(2021, 4, 1)


def test_a_day_that_cannot_be_read_stays_as_typed_and_says_so(editor, qtbot):
    days = editor(Finding, "found_on")
    type_text(days.edit, "13.45")
    days.edit.editingFinished.emit()
    assert days.raw() == "13.45"
    with pytest.raises(ValueError, match="没有13月45日"):
        days.value()


def test_arrow_keys_move_a_day(editor, qtbot):
    days = editor(Finding, "found_on")
    days.show_value(dt.date(2022, 2, 28))
    qtbot.keyClick(days.edit, Qt.Key.Key_Up)
    assert days.value() == dt.date(2022, 3, 1)


def test_a_day_is_picked_from_a_chinese_calendar(editor, qtbot):
    days = editor(Finding, "found_on")
    days.open_calendar()
    calendar = QApplication.activePopupWidget().findChild(QCalendarWidget)
    assert calendar.locale().language() == calendar.locale().Language.Chinese
    with qtbot.waitSignal(days.edited):
        calendar.clicked.emit(QDate(2022, 3, 8))
    assert days.value() == dt.date(2022, 3, 8)


def test_a_moment_keeps_its_time(editor, qtbot):
    moment = editor(Feedback, "submitted_at")
    type_text(moment.edit, "3.5 14:30")
    assert moment.value() == dt.datetime(2022, 3, 5, 14, 30)


def test_numbers_and_phones_are_understood_in_full_width(editor, qtbot):
    number, phone = editor(Finding, "count"), editor(Unit, "phone")
    type_text(number.edit, "４１个")
    type_text(phone.edit, "138 1234 5678")
    assert (number.value(), phone.value()) == (41, "13812345678")


def test_enter_breaks_the_line_in_a_text_and_tab_leaves_it(editor, qtbot):
    text = editor(Finding, "fact")
    asked = []
    text.advance.connect(lambda: asked.append(1))
    type_text(text.edit, "一")
    qtbot.keyClick(text.edit, Qt.Key.Key_Return)
    type_text(text.edit, "二")
    assert text.value() == "一\n二"
    assert not asked


def test_a_text_grows_and_counts_near_its_limit(context, qtbot):
    text = editor_for(context, "fact", Field("问题事实", "text", limit=100))
    qtbot.addWidget(text)
    text.resize(320, 40)
    text.show()
    low = text.edit.height()
    text.show_value("字\n" * 8)
    assert text.edit.height() > low
    text.show_value("字" * 81)
    assert text._counter.text() == "81 / 100 字"
    assert text._counter.isVisible()


def test_enter_goes_on_but_not_while_an_input_method_composes(editor, qtbot):
    line = editor(Finding, "source_number")
    asked = []
    line.advance.connect(lambda: asked.append(1))
    QApplication.sendEvent(line.edit, QInputMethodEvent("ceshi", []))
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    assert not asked
    done = QInputMethodEvent()
    done.setCommitString("测试")
    QApplication.sendEvent(line.edit, done)
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    assert asked
    assert line.value() == "测试"


@pytest.mark.parametrize("typed", ["城关", "chengguan", "cgz"])
def test_a_unit_is_found_by_chinese_pinyin_and_initials(editor, office, qtbot, typed):
    units = editor(Finding, "unit_id")
    type_text(units.edit, typed)
    pick_first(units.edit)
    assert units.value() == office.cheng
    assert units.edit.toolTip() == "云水县"


def test_typing_and_enter_faster_than_the_list_still_picks(editor, office, qtbot):
    units = editor(Finding, "unit_id")
    type_text(units.edit, "lhz")
    qtbot.keyClick(units.edit, Qt.Key.Key_Return)
    assert units.value() == office.liu


def test_a_name_nobody_bears_is_refused_and_offered_as_new(editor, qtbot):
    units = editor(Finding, "unit_id")
    type_text(units.edit, "青石镇")
    units.edit.suggest()
    assert [s.detail for s in units.edit.suggestions] == ["新建单位"]
    with pytest.raises(ValueError, match="青石镇"):
        units.value()


def test_a_new_unit_is_made_in_place(editor, context, qtbot, monkeypatch):
    from gui.dialogs.quick_new import QuickNew

    def fill(dialog: QuickNew) -> int:
        dialog.accept()
        assert "单位类别" in dialog.form.cells["kind"].error.text()
        dialog.form["kind"].show_value("乡镇")
        dialog.accept()
        return 1

    monkeypatch.setattr(QuickNew, "exec", fill)
    units = editor(Finding, "unit_id")
    type_text(units.edit, "青石")
    pick_first(units.edit)
    with context.workspace.reading() as session:
        assert pickers.named(session, "unit", [units.value()])[units.value()].name == "青石"


def test_several_units_become_chips_in_the_clerks_order(editor, office, qtbot):
    areas = editor(Team, "area_ids")
    for typed in ("lhz", "cgz"):
        type_text(areas.edit, typed)
        pick_first(areas.edit)
    assert areas.value() == [office.liu, office.cheng]
    areas._drop(office.liu)
    assert areas.value() == [office.cheng]


def test_a_choice_takes_pinyin_and_new_words(editor, context, qtbot):
    kinds = editor(Finding, "kind")
    type_text(kinds.edit, "rybzg")
    pick_first(kinds.edit)
    assert kinds.value() == "人员不在岗"
    kinds.show_value("")
    type_text(kinds.edit, "全新类别")
    pick_first(kinds.edit)
    with context.workspace.reading() as session:
        assert "全新类别" in pickers.entries(session, "finding_kind")
        assert "人员不在岗" in pickers.entries(session, "finding_kind")


def test_a_dictionary_the_rules_rest_on_takes_no_new_words(editor, qtbot):
    source = editor(Finding, "source_level")
    type_text(source.edit, "外星")
    source.edit.suggest()
    assert source.edit.suggestions == []
    with pytest.raises(ValueError, match="没有“外星”这一项"):
        source.value()


def test_several_choices_are_one_click_each(editor, qtbot):
    methods = editor(Inspection, "methods")
    for word in ("实地走访", "听取汇报"):
        qtbot.mouseClick(methods._chips[word], Qt.MouseButton.LeftButton)
    assert methods.value() == ["听取汇报", "实地走访"]
    first = methods._chips["听取汇报"]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is list(methods._chips.values())[1]


def test_a_name_field_suggests_people_and_takes_any_name(editor, qtbot):
    approver = editor_name = editor(Feedback, "person")
    type_text(approver.edit, "ljj")
    pick_first(approver.edit)
    assert editor_name.value() == "李建军"
    approver.show_value("外来人")
    assert approver.value() == "外来人"


def test_the_programs_own_keys_are_shown_by_name(editor):
    from models.records import Term

    shown = editor(Term, "dictionary")
    shown.show_value("finding_kind")
    assert shown.caption == "问题类别"
    assert shown.value() == "finding_kind"


def test_a_new_word_is_added_to_the_chips(editor, context):
    methods = editor(Inspection, "methods")
    type_text(methods._other, "无人机巡查")
    pick_first(methods._other)
    assert methods.value() == ["无人机巡查"]
    with context.workspace.reading() as session:
        assert "无人机巡查" in pickers.entries(session, "method")
