"""A finding and its whole life: plan, feedback, verification, extension, recheck."""

import datetime as dt

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from models.records import fields as f
from models.records.base import Record


class Finding(Record):
    """问题: county-owned. Its status moves only by ``rules.lifecycle``.

    Overdue is derived from ``deadline`` and today, never kept. ``count`` says how many like
    problems were written as one; ``solved_count`` how many of them a part-done round solved.
    """

    __tablename__ = "finding"
    noun = "问题"
    # Covers what the list counts, filters and sorts by: a scan of this instead of the wide rows.
    __table_args__ = (
        Index(
            "ix_finding_list", "status", "deleted_at", "campaign_id", "deadline", "review_on", "unit_id", "site_id",
            "kind", "found_on", "serial",
        ),
    )  # fmt: skip

    serial: Mapped[str] = f.line(
        "台账编号", limit=20, index=True, help="保存时自动编号，作废后不再使用", travels_since=1
    )
    status: Mapped[str] = f.line("状态", limit=20, index=True, hidden=True, travels_since=1)
    campaign_id: Mapped[int | None] = f.ref("专项", "campaign", travels_since=1)
    source_level: Mapped[str] = f.choice("问题来源", "source_level", required=True, travels_since=1)
    source_number: Mapped[str] = f.line("来文号", limit=60, travels_since=1)
    inspection_id: Mapped[int | None] = f.ref("督查活动", "inspection")
    visit_id: Mapped[int | None] = f.ref("走访点位", "visit", hidden=True)
    team_id: Mapped[int | None] = f.ref("督查组", "team")
    site_id: Mapped[int | None] = f.ref("点位", "site", travels_since=1)
    unit_id: Mapped[int | None] = f.ref("属地单位", "unit", travels_since=1)
    department_id: Mapped[int | None] = f.ref("行业主管部门", "unit", travels_since=1)
    found_on: Mapped[dt.date | None] = f.day("发现日期", required=True, index=True, travels_since=1)
    kind: Mapped[str] = f.choice("问题类别", "finding_kind", required=True, index=True, travels_since=1)
    aspect: Mapped[str] = f.choice("方面", "aspect", travels_since=1)
    fact: Mapped[str] = f.text("问题事实", required=True, help="写清何时、何处、谁、做了或没做什么", travels_since=1)
    count: Mapped[int] = f.number("同类问题数", default=1, help="多个同类问题合写为一条时填总数", travels_since=1)
    severity: Mapped[str] = f.choice("严重程度", "severity", travels_since=1)
    requirement: Mapped[str] = f.text("整改要求", limit=5000, travels_since=1)
    advice: Mapped[str] = f.text("建议", limit=5000, travels_since=1)
    deadline_kind: Mapped[str] = f.choice("时限方式", "deadline_kind", travels_since=1)
    deadline_days: Mapped[int | None] = f.number("工作日数", travels_since=1)
    deadline: Mapped[dt.date | None] = f.day("整改时限", index=True, help="延期后是最新的时限", travels_since=1)
    original_deadline: Mapped[dt.date | None] = f.day("原定时限", hidden=True, travels_since=1)
    deadline_provisional: Mapped[bool] = f.flag("时限暂定", hidden=True, travels_since=1)
    handed_on: Mapped[dt.date | None] = f.day("交办日期", hidden=True, travels_since=1)
    received_on: Mapped[dt.date | None] = f.day("签收日期", hidden=True, travels_since=1)
    receiver: Mapped[str] = f.line("签收人", limit=30, hidden=True)
    solved_count: Mapped[int] = f.number("已整改数", default=0, hidden=True, travels_since=1)
    closed_on: Mapped[dt.date | None] = f.day("销号日期", hidden=True, travels_since=1)
    submitted_on: Mapped[dt.date | None] = f.day("采信轮次上报日期", hidden=True, travels_since=1)
    reported_up_on: Mapped[dt.date | None] = f.day("报上级日期", hidden=True)
    coordinator: Mapped[str] = f.line("协调责任人", limit=60, hidden=True, travels_since=1)
    review_on: Mapped[dt.date | None] = f.day("下次研判日期", hidden=True, travels_since=1)
    fixed_on_spot: Mapped[bool] = f.flag("当场整改", hidden=True, travels_since=1)
    rebound_count: Mapped[int] = f.number("反弹次数", default=0, hidden=True, travels_since=1)
    publicised: Mapped[bool] = f.flag("已通报", hidden=True)
    backfilled: Mapped[bool] = f.flag("补录", hidden=True)
    missing: Mapped[str] = f.text("补录缺项", hidden=True)
    split_from_id: Mapped[int | None] = f.ref("拆分自", "finding", hidden=True)
    merged_into_id: Mapped[int | None] = f.ref("并入", "finding", hidden=True)
    self_found: Mapped[bool] = f.flag("本单位自查", hidden=True)
    local_status: Mapped[str] = f.line("填报状态", limit=20, hidden=True, owner="local")
    returned_reason: Mapped[str] = f.text("退回原因", hidden=True, travels_since=1)
    note: Mapped[str] = f.text("备注", limit=2000)


class Plan(Record):
    """整改计划: what the unit means to do (unit-owned)."""

    __tablename__ = "plan"
    noun = "整改计划"

    finding_id: Mapped[int | None] = f.ref(
        "问题", "finding", required=True, parent=True, owner="unit", travels_since=1, travels_always=True
    )
    measures: Mapped[str] = f.text("整改措施", required=True, owner="unit", travels_since=1)
    due_on: Mapped[dt.date | None] = f.day("完成时限", owner="unit", travels_since=1)
    due_text: Mapped[str] = f.line("完成时限说明", limit=40, owner="unit", help="如“立即整改”", travels_since=1)
    person: Mapped[str] = f.line("责任人", limit=30, owner="unit", travels_since=1)
    post: Mapped[str] = f.line("责任人职务", limit=60, owner="unit", travels_since=1)
    sent_batch: Mapped[int] = f.number("发出批次", default=0, hidden=True, owner="local")


class Feedback(Record):
    """整改反馈: append-only; rounds are counted from them (unit-owned)."""

    __tablename__ = "feedback"
    noun = "整改反馈"

    finding_id: Mapped[int | None] = f.ref(
        "问题", "finding", required=True, parent=True, owner="unit", travels_since=1, travels_always=True
    )
    round: Mapped[int] = f.number("轮次", default=1, hidden=True, owner="unit")
    outcome: Mapped[str] = f.choice(
        "整改结果", "outcome", required=True, owner="unit", travels_since=1, travels_always=True
    )
    measures: Mapped[str] = f.text("整改措施", required=True, owner="unit", travels_since=1)
    done: Mapped[int | None] = f.number("已完成数", owner="unit", travels_since=1)
    total: Mapped[int | None] = f.number("应完成数", owner="unit", travels_since=1)
    finished_on: Mapped[dt.date | None] = f.day("完成日期", owner="unit", travels_since=1)
    person: Mapped[str] = f.line("责任人", limit=30, owner="unit", travels_since=1)
    post: Mapped[str] = f.line("责任人职务", limit=60, owner="unit", travels_since=1)
    next_steps: Mapped[str] = f.text("下步打算", owner="unit", travels_since=1)
    lessons: Mapped[str] = f.text("举一反三", owner="unit", travels_since=1)
    no_evidence_reason: Mapped[str] = f.line(
        "无佐证说明", limit=200, owner="unit", help="没有照片和材料的写明", travels_since=1
    )
    reason: Mapped[str] = f.text("原因说明", limit=2000, owner="unit", help="异议或暂时无法整改时必填", travels_since=1)
    submitted_by: Mapped[str] = f.line("上报人", limit=30, owner="unit", travels_since=1)
    submitted_at: Mapped[dt.datetime | None] = f.moment("上报时间", owner="unit", travels_since=1)
    on_behalf: Mapped[bool] = f.flag("县办代填", hidden=True)
    unexpected: Mapped[bool] = f.flag("非应报时上报", hidden=True)
    deadline_then: Mapped[dt.date | None] = f.day("当时时限", hidden=True)
    sent_batch: Mapped[int] = f.number("发出批次", default=0, hidden=True, owner="local")
    arrived: Mapped[bool] = f.flag("县办已收到", hidden=True, owner="local")

    @property
    def title(self) -> str:
        """The round names the feedback."""
        return f"第{self.round}轮反馈"


class Verification(Record):
    """核查: what the county found when it looked at a round."""

    __tablename__ = "verification"
    noun = "核查"

    finding_id: Mapped[int | None] = f.ref(
        "问题", "finding", required=True, parent=True, travels_since=1, travels_always=True
    )
    feedback_id: Mapped[int | None] = f.ref("反馈", "feedback", parent=True, travels_since=1)
    round: Mapped[int] = f.number("轮次", default=1, travels_since=1)
    verifier: Mapped[str] = f.line("核查人", required=True, limit=30, travels_since=1)
    method: Mapped[str] = f.choice("核查方式", "verification_method", required=True, travels_since=1)
    verified_on: Mapped[dt.date | None] = f.day("核查日期", required=True, travels_since=1)
    conclusion: Mapped[str] = f.choice("核查结论", "conclusion", required=True, travels_since=1)
    opinion: Mapped[str] = f.text("核查意见", limit=2000)
    approver: Mapped[str] = f.line("批准人", limit=30)
    approved_on: Mapped[dt.date | None] = f.day("批准日期")
    reason: Mapped[str] = f.text("退回原因", limit=2000, travels_since=1)

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
    applicant: Mapped[str] = f.line("申请人", required=True, limit=30, travels_since=1)
    applied_on: Mapped[dt.date | None] = f.day("申请日期")
    reason: Mapped[str] = f.text("延期原因", required=True, limit=2000, travels_since=1)
    old_deadline: Mapped[dt.date | None] = f.day("原时限", hidden=True, travels_since=1)
    new_deadline: Mapped[dt.date | None] = f.day("延期至", required=True, travels_since=1)
    approver: Mapped[str] = f.line("批准人", required=True, limit=30, travels_since=1)
    approved_on: Mapped[dt.date | None] = f.day("批准日期", travels_since=1)


class Recheck(Record):
    """回头看: was it still solved later."""

    __tablename__ = "recheck"
    noun = "回头看"

    finding_id: Mapped[int | None] = f.ref("问题", "finding", required=True, parent=True)
    inspection_id: Mapped[int | None] = f.ref("督查活动", "inspection")
    on: Mapped[dt.date | None] = f.day("回头看日期", required=True)
    checker: Mapped[str] = f.line("检查人", limit=30)
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
    on: Mapped[dt.date | None] = f.day("改派日期", required=True)
    reason: Mapped[str] = f.text("改派原因", required=True, limit=2000)
    told: Mapped[bool] = f.flag("已告知原单位", hidden=True)
