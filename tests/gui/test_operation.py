"""An operation: done and followed up, or refused and shown; who began it knows."""

import contextlib

import pytest
from PySide6.QtWidgets import QWidget

from gui.core import error_reporting
from gui.core.operation import Operation, is_begun_by
from models.errors import Problem, Refusal, Stale


class Form:
    """Shows what is about 单位, gives the rest back."""

    def __init__(self):
        self.shown = []

    def complain(self, problems):
        self.shown = [one for one in problems if one.field == "unit_id"]
        return [one for one in problems if one.field != "unit_id"]


class Line:
    def __init__(self):
        self.said = ""

    def say(self, sentence, *, grave):
        assert grave
        self.said = sentence


@pytest.fixture
def boxes(monkeypatch):
    shown = []
    monkeypatch.setattr(error_reporting, "refuse", lambda refusal, *_: shown.append(refusal.sentence))
    return shown


def refusing(*problems, kind=Refusal):
    def work():
        raise kind(*problems)

    return work


def test_what_was_done_is_followed_up(boxes):
    followed = []
    assert Operation(lambda: 7).on_success(followed.append).run()
    assert followed == [7]
    assert boxes == []


def test_a_refusal_is_shown_and_nothing_follows(boxes):
    followed = []
    assert not Operation(refusing("单位没有填写。")).on_success(followed.append).run()
    assert (followed, boxes) == ([], ["单位没有填写。"])


def test_one_sentence_is_said_where_it_is_wanted_several_in_the_box(boxes):
    said = []
    assert not Operation(refusing("甲。")).say_failure(said.append).run()
    assert not Operation(refusing("乙。", "丙。")).say_failure(said.append).run()
    assert (said, boxes) == (["甲。"], ["乙。丙。"])


def test_a_problem_stands_at_its_field_or_over_the_form():
    form, line = Form(), Line()
    problems = Problem("unit_id", "请填写单位。"), Problem("", "没有保存。")
    assert not Operation(refusing(*problems)).show_failure(form, line).run()
    assert form.shown == [problems[0]]
    assert line.said == "没有保存。"


def test_a_record_that_moved_on_is_told_apart_where_that_is_asked(boxes):
    again = []
    stale = refusing("已在别处修改。", kind=Stale)
    assert not Operation(stale).on_stale(lambda: again.append(1)).run()
    assert (again, boxes) == ([1], [])
    assert not Operation(stale).run()
    assert boxes == ["已在别处修改。"]


def test_a_fault_of_ours_is_no_refusal():
    with pytest.raises(ZeroDivisionError):
        Operation(lambda: 1 / 0).run()


@pytest.mark.parametrize("fault", [None, Refusal, ZeroDivisionError])
def test_who_began_it_knows_while_it_is_written(qtbot, boxes, fault):
    one, other, seen = QWidget(), QWidget(), []
    qtbot.addWidget(one)
    qtbot.addWidget(other)

    def work():
        seen.append((is_begun_by(one), is_begun_by(other)))
        Operation(lambda: seen.append((is_begun_by(one), is_begun_by(other))), other).run()
        if fault is not None:
            raise fault("")

    with contextlib.suppress(ZeroDivisionError):
        Operation(work, one).on_success(lambda _: seen.append((is_begun_by(one), is_begun_by(other)))).run()
    assert seen[:2] == [(True, False), (True, True)]
    assert not is_begun_by(one)
    assert not is_begun_by(other)
    assert seen[2:] == ([(False, False)] if fault is None else [])
