"""What is done about a finding: plan, feedback, verification, extension, recheck, transfer."""

import datetime as dt

from sqlalchemy.orm import Mapped

from models.records import fields as f
from models.records.base import Record
from models.records.fields import FieldOrder


class Plan(Record):
    """整改计划: what the unit means to do (unit-owned)."""

    __tablename__ = "plan"
    noun = "整改计划"

    finding_id: Mapped[int | None] = f.ref(
        "问题",
        "finding",
        required=True,
        parent=True,
        owner="unit",
        travels_since=1,
        travels_always=True,
        sheet=f.SheetColumn(label="台账编号"),
    )
    measures: Mapped[str] = f.text("整改措施", required=True, owner="unit", travels_since=1)
    due_on: Mapped[dt.date | None] = f.day("完成时限", owner="unit", travels_since=1)
    due_text: Mapped[str] = f.line("完成时限说明", limit=40, owner="unit", help="如“立即整改”", travels_since=1)
    person: Mapped[str] = f.line("责任人", limit=30, owner="unit", travels_since=1, editor="person")
    post: Mapped[str] = f.line("责任人职务", limit=60, owner="unit", travels_since=1)
    sent_batch: Mapped[int] = f.number("发出批次", default=0, hidden=True, owner="local", sheet=f.PROGRAM)


class Feedback(Record):
    """整改反馈: append-only; rounds are counted from them (unit-owned)."""

    __tablename__ = "feedback"
    noun = "整改反馈"
    field_order = FieldOrder(
        columns=(
            "round outcome measures finished_on person submitted_at post done total next_steps lessons reason"
            " on_behalf unexpected"
        ),
    )

    finding_id: Mapped[int | None] = f.ref(
        "问题",
        "finding",
        required=True,
        parent=True,
        owner="unit",
        travels_since=1,
        travels_always=True,
        sheet=f.SheetColumn(label="台账编号", required=True),
        column=f.Absent("the number and the fact of the finding stand in the list"),
    )
    round: Mapped[int] = f.number(
        "轮次",
        default=1,
        hidden=True,
        owner="unit",
        sheet=f.Absent("the rounds of a sheet are in the order of its rows"),
        column=f.ListColumn(shown=True, width=56),
    )
    outcome: Mapped[str] = f.choice(
        "整改结果",
        "outcome",
        required=True,
        owner="unit",
        travels_since=1,
        travels_always=True,
        sheet=f.SheetColumn(required=True),
        column=f.ListColumn(shown=True, width=112),
    )
    measures: Mapped[str] = f.text(
        "整改措施",
        required=True,
        owner="unit",
        travels_since=1,
        sheet=f.SheetColumn(aliases=("整改情况", "整改落实情况")),
        column=f.ListColumn(shown=True, width=220),
    )
    done: Mapped[int | None] = f.number("已完成数", owner="unit", travels_since=1, ledger=f.IN_SHEET)
    total: Mapped[int | None] = f.number("应完成数", owner="unit", travels_since=1, ledger=f.IN_SHEET)
    finished_on: Mapped[dt.date | None] = f.day(
        "完成日期",
        past=True,
        owner="unit",
        travels_since=1,
        sheet=f.SheetColumn(aliases=("完成时间", "整改完成日期")),
        column=f.SHOWN,
    )
    person: Mapped[str] = f.line(
        "责任人", limit=30, owner="unit", travels_since=1, editor="person", column=f.ListColumn(shown=True, width=88)
    )
    post: Mapped[str] = f.line("责任人职务", limit=60, owner="unit", travels_since=1)
    next_steps: Mapped[str] = f.text("下步打算", owner="unit", travels_since=1, ledger=f.IN_SHEET)
    lessons: Mapped[str] = f.text("举一反三", owner="unit", travels_since=1, ledger=f.IN_SHEET)
    no_evidence_reason: Mapped[str] = f.line(
        "无佐证说明",
        limit=200,
        owner="unit",
        help="没有照片和材料的写明",
        travels_since=1,
        ledger=f.IN_SHEET,
        column=f.IN_FORM,
    )
    reason: Mapped[str] = f.text(
        "原因说明", limit=2000, owner="unit", help="异议或暂时无法整改时必填", travels_since=1, ledger=f.IN_SHEET
    )
    submitted_by: Mapped[str] = f.line(
        "上报人", limit=30, owner="unit", travels_since=1, ledger=f.IN_SHEET, column=f.IN_FORM
    )
    submitted_at: Mapped[dt.datetime | None] = f.moment(
        "上报时间", owner="unit", travels_since=1, ledger=f.IN_SHEET, column=f.SHOWN
    )
    on_behalf: Mapped[bool] = f.flag("县办代填", hidden=True, sheet=f.PROGRAM)
    unexpected: Mapped[bool] = f.flag("非应报时上报", hidden=True, sheet=f.PROGRAM)
    deadline_then: Mapped[dt.date | None] = f.day("当时时限", hidden=True, sheet=f.PROGRAM, column=f.PROGRAM)
    sent_batch: Mapped[int] = f.number(
        "发出批次", default=0, hidden=True, owner="local", sheet=f.PROGRAM, column=f.PROGRAM
    )
    arrived: Mapped[bool] = f.flag("县办已收到", hidden=True, owner="local", sheet=f.PROGRAM, column=f.PROGRAM)

    @property
    def title(self) -> str:
        """The round names the feedback."""
        return f"第{self.round}轮反馈"


class Verification(Record):
    """核查: what the county found when it looked at a round."""

    __tablename__ = "verification"
    noun = "核查"

    finding_id: Mapped[int | None] = f.ref(
        "问题",
        "finding",
        required=True,
        parent=True,
        travels_since=1,
        travels_always=True,
        sheet=f.SheetColumn(label="台账编号"),
    )
    feedback_id: Mapped[int | None] = f.ref(
        "反馈",
        "feedback",
        parent=True,
        travels_since=1,
        sheet=f.Absent("the rounds of a sheet are in the order of its rows"),
    )
    round: Mapped[int] = f.number(
        "轮次", default=1, travels_since=1, sheet=f.Absent("the rounds of a sheet are in the order of its rows")
    )
    verifier: Mapped[str] = f.line("核查人", required=True, limit=30, travels_since=1, editor="person")
    method: Mapped[str] = f.choice("核查方式", "verification_method", required=True, travels_since=1)
    verified_on: Mapped[dt.date | None] = f.day(
        "核查日期", past=True, required=True, travels_since=1, sheet=f.SheetColumn(aliases=("核查时间",))
    )
    conclusion: Mapped[str] = f.choice("核查结论", "conclusion", required=True, travels_since=1)
    opinion: Mapped[str] = f.text("核查意见", limit=2000, ledger=f.IN_SHEET)
    approver: Mapped[str] = f.line("批准人", limit=30, editor="person")
    approved_on: Mapped[dt.date | None] = f.day("批准日期", past=True, ledger=f.IN_SHEET)
    reason: Mapped[str] = f.text("退回原因", limit=2000, travels_since=1, ledger=f.IN_SHEET)

    @property
    def title(self) -> str:
        """The round names the verification."""
        return f"第{self.round}轮核查"


class Extension(Record):
    """延期: the original deadline is never overwritten."""

    __tablename__ = "extension"
    noun = "延期"

    finding_id: Mapped[int | None] = f.ref(
        "问题", "finding", required=True, parent=True, travels_since=1, travels_always=True
    )
    applicant: Mapped[str] = f.line("申请人", required=True, limit=30, travels_since=1, editor="person")
    applied_on: Mapped[dt.date | None] = f.day("申请日期", past=True)
    reason: Mapped[str] = f.text("延期原因", required=True, limit=2000, travels_since=1)
    old_deadline: Mapped[dt.date | None] = f.day("原时限", hidden=True, travels_since=1)
    new_deadline: Mapped[dt.date | None] = f.day("延期至", required=True, travels_since=1)
    approver: Mapped[str] = f.line("批准人", required=True, limit=30, travels_since=1, editor="person")
    approved_on: Mapped[dt.date | None] = f.day("批准日期", past=True, travels_since=1)


class Recheck(Record):
    """回头看: was it still solved later."""

    __tablename__ = "recheck"
    noun = "回头看"

    finding_id: Mapped[int | None] = f.ref("问题", "finding", required=True, parent=True)
    inspection_id: Mapped[int | None] = f.ref("督查活动", "inspection")
    on: Mapped[dt.date | None] = f.day("回头看日期", past=True, required=True)
    checker: Mapped[str] = f.line("检查人", limit=30, editor="person")
    result: Mapped[str] = f.choice("回头看结果", "recheck_result", required=True)
    situation: Mapped[str] = f.text("情况说明", limit=2000)
    old_closed_on: Mapped[dt.date | None] = f.day("原销号日期", hidden=True)


class Transfer(Record):
    """改派/转办: the trail of a finding that moved to another unit."""

    __tablename__ = "transfer"
    noun = "改派"

    finding_id: Mapped[int | None] = f.ref("问题", "finding", required=True, parent=True)
    from_unit_id: Mapped[int | None] = f.ref("原责任单位", "unit")
    to_unit_id: Mapped[int | None] = f.ref("新责任单位", "unit", required=True)
    on: Mapped[dt.date | None] = f.day("改派日期", past=True, required=True)
    reason: Mapped[str] = f.text("改派原因", required=True, limit=2000)
    told: Mapped[bool] = f.flag("已告知原单位", hidden=True)
