"""Who owes, at the county; what is waiting and what is one's own, at the township."""

import datetime as dt

import pytest
from offices import DONE, County
from sqlalchemy import select

from models.domain.findings.unit_status import LocalStatus
from models.errors import Refusal
from models.exchange import plan
from models.queries.facts import exchange
from models.records import Finding, Package, Plan
from models.services import unit_answers


def standings(county: County):
    with county.office.workspace.reading() as session:
        return exchange.standings(session, county.office.workspace.today)


def test_who_owes_from_the_first_package_to_the_answer(county: County) -> None:
    assert standings(county) == []
    county.hand_over()
    county.hand_over(1, department_id=county.unit_ids[0])
    first, second = standings(county)
    assert (first.unit, first.peer_id, first.owed, first.unsent, first.advice) == (
        "柳河镇",
        0,
        2,
        2,
        "还没有发过任务包",
    )
    assert (second.unit, second.owed, second.opened, second.resend) == ("青石镇", 1, None, True)

    task = county.task()
    (first, _) = standings(county)
    assert (first.sent_at, first.opened, first.unsent, first.advice) == (county.office.workspace.now, False, 0, "")
    county.office.workspace.clock.forward(3)
    assert standings(county)[0].advice == "没有回执，可能没有收到，请重发"
    county.units[0].take_in(task)
    serial = county.units[0].all(Finding)[0].serial
    county.write(serial=serial)
    county.collect()
    (first, _) = standings(county)
    assert (first.opened, first.owed, first.advice) == (True, 1, "")
    assert first.answered_at == county.office.workspace.now
    county.hand_over(fact="又一个")
    assert standings(county)[0].advice == "有 1 个问题还没有发出"
    county.send()
    county.office.workspace.clock.forward(20)
    assert standings(county)[0].late == 2
    with county.office.workspace.reading() as session:
        told = exchange.history(session, standings(county)[0].peer_id)
    assert [(p.kind, p.direction, known) for p, known in told] == [
        ("task", "sent", False), ("return", "received", False), ("task", "sent", True),
    ]  # fmt: skip


def test_a_round_that_went_back_wants_a_package(county: County) -> None:
    finding = county.hand_over()
    county.send()
    county.write()
    county.collect()
    county.office.workspace.clock.forward(1)
    county.step(finding.id, "return_")
    assert (standings(county)[0].unsent, standings(county)[0].advice) == (1, "有 1 个问题还没有发出")
    county.office.workspace.clock.forward(1)
    county.send()
    assert (standings(county)[0].unsent, standings(county)[0].advice) == (0, "")


def test_what_was_closed_is_to_be_told(county: County) -> None:
    finding = county.hand_over()
    county.send()
    county.write()
    county.collect()
    county.office.workspace.clock.forward(1)
    county.step(finding.id, "close")
    assert standings(county)[0].advice == "有 1 个问题已有结果，还没有告知"
    county.office.workspace.clock.forward(1)
    county.send()
    assert standings(county)[0].advice == ""


def test_more_time_is_to_be_told(county: County) -> None:
    finding = county.hand_over()
    county.send()
    county.write(outcome="正在推进")
    county.collect()
    county.office.workspace.clock.forward(1)
    more = {"applicant": "何平", "reason": "设备未到货", "new_deadline": dt.date(2022, 4, 10), "approver": "陈志远"}
    county.step(finding.id, "extend", **more)
    assert standings(county)[0].advice == "有 1 个问题已延期，还没有告知"
    county.office.workspace.clock.forward(1)
    county.send()
    assert standings(county)[0].advice == ""
    assert county.units[0].one(Finding).deadline == dt.date(2022, 4, 10)


def test_a_township_that_restored_a_backup_wants_its_task_again(county: County) -> None:
    county.hand_over()
    county.send()
    county.write()
    unit = county.units[0]
    copy = unit.keep()
    county.collect()
    unit.go_back(copy)
    county.office.workspace.clock.forward(1)
    county.collect()
    assert standings(county)[0].advice == "对方恢复过备份，请重发任务包"
    county.send()
    assert standings(county)[0].advice == ""


def test_a_unit_all_of_whose_problems_left_is_done_with(county: County) -> None:
    sent = county.hand_over()
    county.send()
    county.step(sent.id, "void")
    (first,) = standings(county)
    assert (first.owed, first.advice) == (0, "")


def test_what_waits_at_the_township(county: County) -> None:
    county.hand_over()
    county.hand_over()
    county.send()
    unit = county.units[0]
    one, two = unit.all(Finding)

    def waiting() -> tuple[int, int]:
        with unit.workspace.reading() as session:
            found = exchange.waiting(session)
        assert (found.last_sent_at is None) == (not unit.all(Package, Package.direction == "sent"))
        return found.unsent, found.unconfirmed

    county.write(serial=one.serial)
    assert waiting() == (1, 0)
    county.answer()
    county.write(serial=two.serial)
    assert waiting() == (1, 1)
    county.collect()
    county.send()
    assert waiting() == (0, 0)


def test_a_plan_waits_until_a_package_carried_it_as_it_stands(county: County) -> None:
    county.hand_over()
    county.send()
    unit = county.units[0]
    finding = unit.one(Finding)

    def waiting() -> int:
        with unit.workspace.reading() as session:
            return exchange.waiting(session).plans

    assert waiting() == 0
    unit_answers.write_plan(unit.workspace, finding.id, {"measures": "月底前配齐"})
    assert waiting() == 1
    county.collect()
    assert waiting() == 0
    assert county.office.one(Plan).measures == "月底前配齐"
    unit_answers.write_plan(unit.workspace, finding.id, {"measures": "三日内配齐"})
    assert waiting() == 1


def test_what_a_township_was_sent_and_what_it_found(county: County) -> None:
    county.hand_over()
    gone = county.hand_over()
    county.send()
    unit = county.units[0]
    own = unit_answers.add_self_found(unit.workspace, {"fact": "消毒记录缺页。", "kind": "消毒", "note": ""})
    county.step(gone.id, "reassign", unit_id=county.unit_ids[1], reason="属地有误")
    county.send()
    with unit.workspace.reading() as session:
        theirs = session.scalars(select(Finding).where(~Finding.self_found).order_by(Finding.id)).all()
        assert [(f.serial, f.local_status) for f in theirs] == [
            ("2022-0001", LocalStatus.EMPTY),
            ("2022-0002", LocalStatus.LEFT),
        ]
        (mine,) = session.scalars(select(Finding).where(Finding.self_found))
        assert (mine.id, mine.source_level, mine.unit_id, mine.found_on) == (own.id, "乡自查", 1, dt.date(2022, 3, 16))
        assert mine.serial == "自查2022-0001"
    unit_answers.write_plan(unit.workspace, 1, {"measures": "月底前"})
    unit_answers.finish_self_found(unit.workspace, own.id, {**DONE, "finished_on": dt.date(2022, 3, 16)})
    assert county.office.counts(county.answer()) == {"new": 1}


def test_a_self_found_problem_is_closed_at_home(county: County) -> None:
    workspace = county.units[0].workspace
    with pytest.raises(Refusal, match="问题事实"):
        unit_answers.add_self_found(workspace, {"kind": "消毒"})
    with pytest.raises(Refusal, match="晚于今天"):
        unit_answers.add_self_found(workspace, {"fact": "x", "kind": "消毒", "found_on": dt.date(2022, 4, 1)})
    own = unit_answers.add_self_found(
        workspace, {"fact": "消毒记录缺页。", "kind": "消毒", "found_on": dt.date(2022, 3, 1)}
    ).id
    with pytest.raises(Refusal, match="整改结果"):
        unit_answers.finish_self_found(workspace, own, {})
    with pytest.raises(Refusal, match="责任人"):
        unit_answers.finish_self_found(workspace, own, {**DONE, "person": ""})
    unit_answers.finish_self_found(workspace, own, {**DONE, "outcome": "正在推进"})
    assert county.units[0].one(Finding).status == "整改中"
    unit_answers.finish_self_found(workspace, own, DONE)
    finding = county.units[0].one(Finding)
    assert (finding.status, finding.closed_on, finding.solved_count) == ("已销号", dt.date(2022, 3, 10), 1)
    county.hand_over()
    county.send()
    with pytest.raises(Refusal, match="县里交办的"):
        unit_answers.finish_self_found(workspace, county.units[0].all(Finding)[1].id, DONE)


def test_a_verification_is_named_after_the_problem_that_comes_with_it(county: County) -> None:
    county.hand_over()
    county.send()
    unit = county.units[0]
    before = unit.keep()
    sent = county.hand_over()
    county.send()
    county.write(serial=sent.serial)
    county.collect()
    county.step(sent.id, "return_")
    unit.go_back(before)
    items = plan.read(unit.workspace, county.task()).items
    titles = {item.row.table: item.title for item in items if item.sort == "new"}
    assert titles["verification"] == f"{sent.serial} 核查"
