"""A reminder and a report tell where each problem really stands, and the check knows a false 未反馈."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from paperwork import Bureau, day, text, texts

from models.paper import editing
from models.paper.checks.before_issue import Notice
from models.paper.elements import Paper
from models.records import Document, Extension, Phrase, Recheck, Transfer, Verification
from models.services import documents


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇", rank=1)
    made.unit("青石镇", rank=2)
    return made


def owed(bureau: Bureau, fact: str, **more: Any) -> int:
    values = {"unit_id": bureau.units["柳河镇"], "status": "整改中", "deadline": day(3, 10)}
    return bureau.finding(fact, **(values | more))


def told(bureau: Bureau, finding: int, on: dt.date, outcome: str = "正在推进", **more: Any) -> None:
    at = dt.datetime.combine(on, dt.time(9))
    bureau.feedback(finding, outcome=outcome, measures="已设登记表", submitted_at=at, **more)


def sent_back(bureau: Bureau, finding: int) -> None:
    told(bureau, finding, day(3, 5), "已整改")
    bureau.add(
        Verification, finding_id=finding, verifier="周敏", method="现场核查", verified_on=day(3, 8),
        conclusion="未整改到位", reason="照片不清。",
    )  # fmt: skip


def line(bureau: Bureau, fact: str, kind: str = "reminder", **options: Any) -> str:
    paper = bureau.compose(kind, unit_ids=(bureau.units["柳河镇"],), **options)
    return next(one for one in texts(paper) if fact in one)


def test_of_a_return_nobody_wrote_down_no_answer_is_said_to_be_later(bureau: Bureau) -> None:
    """An imported ledger says 退回重改 and what the unit reported, not which came first."""
    told(bureau, owed(bureau, "乙项缺失", status="退回重改"), day(3, 5), "已整改")
    owed(bureau, "丙项缺失", status="退回重改")
    for fact in ("乙项", "丙项"):
        assert line(bureau, fact).endswith("已逾期10天，退回重改，待再次反馈。")


def test_each_problem_stands_in_its_own_state(bureau: Bureau) -> None:
    owed(bureau, "甲项缺失")
    told(bureau, owed(bureau, "乙项缺失"), day(3, 5))
    sent_back(bureau, owed(bureau, "丙项缺失", status="退回重改"))
    later = owed(bureau, "丁项缺失", status="退回重改")
    sent_back(bureau, later)
    told(bureau, later, day(3, 12), round=2)
    again = owed(bureau, "戊项缺失", rebound_count=1)
    told(bureau, again, day(3, 1), "已整改")
    bureau.add(Verification, finding_id=again, verifier="周敏", method="现场核查", verified_on=day(3, 2),
               conclusion="已整改到位")  # fmt: skip
    bureau.add(Recheck, finding_id=again, on=day(3, 4), result="反弹", situation="又缺失")
    assert line(bureau, "甲项").endswith("整改时限：3月10日，已逾期10天，未反馈。")
    assert line(bureau, "乙项").endswith("已逾期10天，3月5日已反馈（正在推进），待补充。")
    assert line(bureau, "丙项").endswith("已逾期10天，3月8日退回重改（照片不清），退回后未再报。")
    assert line(bureau, "丁项").endswith("3月8日退回重改（照片不清），退回后已报进展，仍需补充。")
    assert line(bureau, "戊项").endswith("3月4日回头看发现反弹，未反馈。")


def test_a_part_done_answer_leaves_the_rest_open(bureau: Bureau) -> None:
    told(bureau, owed(bureau, "甲项缺失", count=8, solved_count=3), day(3, 5), "部分完成", done=3, total=8)
    told(bureau, owed(bureau, "乙项缺失"), day(3, 5), "部分完成")
    assert line(bureau, "甲项").endswith("3月5日已反馈部分完成，8个中已完成3个，其余5个仍需整改。")
    assert line(bureau, "乙项").endswith("3月5日已反馈（部分完成），待补充。")


def test_a_later_deadline_and_a_review_day_are_what_they_are(bureau: Bureau) -> None:
    later = owed(bureau, "甲项缺失", deadline=day(3, 21), original_deadline=day(3, 10))
    bureau.add(Extension, finding_id=later, applicant="吴明", reason="缺料", new_deadline=day(3, 21), approver="方正明")
    owed(bureau, "乙项缺失", status="挂账协调", review_on=day(3, 18), deadline=day(3, 1))
    paper = bureau.compose("reminder", unit_ids=(bureau.units["柳河镇"],), annex_table=True)
    lines = list(texts(paper))
    assert line(bureau, "甲项").endswith("整改时限：已延期至3月21日，1天后到期，未反馈。")
    assert line(bureau, "乙项").endswith("研判日期：3月18日，已过2天，挂账协调。")
    assert not any("整改时限" in one and "乙项" in one for one in lines)
    assert any(one.startswith("你单位承办的1个疫情防控问题挂账协调") for one in lines)
    assert not any("超过整改时限" in one for one in lines)
    assert [row[4:] for row in paper.annexes[0].blocks[0].rows] == [
        ("挂账协调", "研判日期3月18日", "已过2天"), ("未反馈", "已延期至3月21日", "1天后到期"),
    ]  # fmt: skip


def test_the_answer_of_the_unit_before_is_not_the_new_ones(bureau: Bureau) -> None:
    moved = owed(bureau, "甲项缺失")
    told(bureau, moved, day(3, 5))
    bureau.add(Transfer, finding_id=moved, to_unit_id=bureau.units["柳河镇"], on=day(3, 7), reason="属地有误")
    assert line(bureau, "甲项").endswith("未反馈。")


def test_rows_of_the_table_keep_their_own_records(bureau: Bureau) -> None:
    late, later = owed(bureau, "后到期", deadline=day(3, 15)), owed(bureau, "先到期", deadline=day(3, 2))
    paper = bureau.compose("reminder", unit_ids=(bureau.units["柳河镇"],), annex_table=True)
    with bureau.workspace.reading() as session:
        uuids = [session.get(documents.Finding, id_).uuid for id_ in (later, late)]
    table = paper.annexes[0].blocks[0]
    assert [row[3] for row in table.rows] == ["先到期", "后到期"]
    assert table.keys == tuple(f"finding:{uuid}" for uuid in uuids)


def test_an_offices_own_phrase_does_not_deny_an_answer(bureau: Bureau) -> None:
    bureau.add(Phrase, document_kind="reminder", slot="lead", name="逾期", default=False, position=1,
               text="你单位承办的{问题数}个问题已超过整改时限，仍未反馈整改结果。现予催办。")  # fmt: skip
    one = owed(bureau, "甲项缺失")
    assert "，仍未反馈整改结果。" in bureau.compose("reminder").blocks[0].text
    told(bureau, one, day(3, 5))
    assert bureau.compose("reminder").blocks[0].text == "你单位承办的1个问题已超过整改时限。现予催办。"


def checked(bureau: Bureau, paper: Paper) -> tuple[Notice, ...]:
    document = Document(kind=paper.kind, options={}, gap_reason="", hashes={})
    document.content = documents.to_json(paper)
    with bureau.workspace.reading() as session:
        return documents.check(session, document)


def test_the_check_knows_a_false_silence(bureau: Bureau) -> None:
    sent_back(bureau, owed(bureau, "丙项缺失", status="退回重改"))
    paper = bureau.compose("reminder")
    assert "answered" not in [n.code for n in checked(bureau, paper)]
    wrong = editing.replace_text(paper, 0, "你单位承办的1个问题仍未反馈整改结果。")
    assert [(n.code, n.severity, n.at) for n in checked(bureau, wrong) if n.code == "answered"] == [
        ("answered", "error", 0)
    ]


def test_a_report_says_what_came_after_the_answer(bureau: Bureau) -> None:
    sent_back(bureau, owed(bureau, "甲项缺失", status="退回重改"))
    told(bureau, owed(bureau, "乙项缺失", status="待核查"), day(3, 6), "已整改")
    told(bureau, owed(bureau, "丙项缺失", status="挂账协调"), day(3, 6), "正在协调上级")
    for status in ("待核查", "退回重改", "挂账协调", "整改中"):
        owed(bureau, f"{status}一项缺失", status=status)
    whole = text(bureau.compose("rectification_report", unit_ids=(bureau.units["柳河镇"],)))
    assert "已整改到位，3月8日退回重改（照片不清），正在重新整改。" in whole
    assert "已整改到位，待核查。" in whole
    assert "，现已挂账协调。" in whole
    for state in ("已报待核查", "退回重改、正在重新整改", "挂账协调", "正在整改，尚未反馈"):
        assert f"{state}的问题（1个）。" in whole
