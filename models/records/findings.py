"""A finding; what is done about it stands in `rectification`."""

import datetime as dt

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from models.domain.findings.lifecycle import Status
from models.records import fields as f
from models.records.base import Record
from models.records.fields import FieldOrder

_FOUND = f.FormSection("发现")
_ORIGIN = f.FormSection("来源与分类", folded=True)
_DEMANDED = f.FormSection("要求")


class Finding(Record):
    """问题: county-owned. Its status moves only by ``rules.lifecycle``.

    Overdue is derived from ``deadline`` and today, never kept. ``count`` says how many like
    problems were written as one; ``solved_count`` how many of them a part-done round solved.
    """

    __tablename__ = "finding"
    noun = "问题"
    field_order = FieldOrder(
        columns=(
            "serial status unit_id site_id fact deadline kind found_on team_id department_id source_level"
            " source_number severity aspect count requirement handed_on closed_on rebound_count fixed_on_spot"
            " publicised backfilled campaign_id note"
        ),
        form=(
            "found_on source_level site_id unit_id kind severity fact count department_id short_title inspection_id"
            " team_id aspect source_number campaign_id serial deadline_kind deadline_days deadline requirement"
            " advice note"
        ),
        sheet=(
            "serial source_level source_number inspection_id team_id site_id unit_id department_id found_on"
            " kind aspect fact short_title count severity requirement advice deadline_kind deadline_days deadline"
            " original_deadline handed_on received_on receiver status solved_count closed_on submitted_on"
            " reported_up_on fixed_on_spot coordinator review_on rebound_count publicised campaign_id note"
        ),
    )
    # Covers what the list counts, filters and sorts by: a scan of this instead of the wide rows.
    __table_args__ = (
        Index(
            "ix_finding_list", "status", "deleted_at", "campaign_id", "deadline", "review_on", "unit_id", "site_id",
            "kind", "found_on", "serial",
        ),
    )  # fmt: skip

    serial: Mapped[str] = f.line(
        "台账编号",
        limit=20,
        index=True,
        help="保存时自动编号，作废后不再使用",
        travels_since=1,
        sheet=f.SheetColumn(
            aliases=("编号", "问题编号"), help="不填时自动编号；整改计划、整改反馈、核查要用它对应到问题"
        ),
        section=_ORIGIN,
        column=f.ListColumn(shown=True, width=92, label="编号"),
    )
    status: Mapped[str] = f.line(
        "状态",
        limit=20,
        index=True,
        hidden=True,
        travels_since=1,
        sheet=f.SheetColumn(
            aliases=(
                "整改状态",
                "办理状态",
                "是否完成",
                "是否整改",
                "是否整改到位",
                "是否销号",
                "是否已销号",
                "销号情况",
            ),
            help="不填时记为待交办，缺事实、日期或地点的记为草稿；填“草稿”的照记；其他状态按补录登记",
            words=tuple(Status),
        ),
        column=f.SHOWN,
    )
    campaign_id: Mapped[int | None] = f.ref("专项", "campaign", travels_since=1, section=_ORIGIN)
    source_level: Mapped[str] = f.choice(
        "问题来源",
        "source_level",
        required=True,
        travels_since=1,
        sheet=f.SheetColumn(aliases=("来源", "问题来源级别")),
        section=_FOUND,
    )
    source_number: Mapped[str] = f.line("来文号", limit=60, travels_since=1, section=_ORIGIN)
    inspection_id: Mapped[int | None] = f.ref(
        "督查活动", "inspection", sheet=f.SheetColumn(label="活动编号"), section=_ORIGIN, column=f.IN_FORM
    )
    visit_id: Mapped[int | None] = f.ref(
        "走访点位",
        "visit",
        hidden=True,
        sheet=f.Absent("set where a finding is entered from a visit"),
        column=f.PROGRAM,
    )
    team_id: Mapped[int | None] = f.ref("督查组", "team", section=_ORIGIN)
    site_id: Mapped[int | None] = f.ref(
        "点位",
        "site",
        travels_since=1,
        sheet=f.SheetColumn(
            aliases=("点位名称", "场所", "场所名称", "被检查单位", "检查地点", "检查点位", "督查点位", "地点")
        ),
        section=_FOUND,
        column=f.ListColumn(shown=True, width=112),
    )
    unit_id: Mapped[int | None] = f.ref(
        "属地单位",
        "unit",
        travels_since=1,
        sheet=f.SheetColumn(aliases=("责任单位", "属地", "整改单位", "整改责任单位", "乡镇", "所属乡镇")),
        section=_FOUND,
        column=f.ListColumn(shown=True, width=88, label="属地"),
    )
    department_id: Mapped[int | None] = f.ref(
        "行业主管部门",
        "unit",
        travels_since=1,
        sheet=f.SheetColumn(aliases=("主管部门", "行业部门", "行业主管")),
        section=_FOUND,
    )
    found_on: Mapped[dt.date | None] = f.day(
        "发现日期",
        past=True,
        required=True,
        index=True,
        travels_since=1,
        sheet=f.SheetColumn(aliases=("发现时间", "督查日期", "督查时间", "检查日期", "检查时间", "时间")),
        section=_FOUND,
        column=f.SHOWN,
    )
    kind: Mapped[str] = f.choice(
        "问题类别",
        "finding_kind",
        required=True,
        index=True,
        travels_since=1,
        sheet=f.SheetColumn(aliases=("类别", "问题类型", "问题分类")),
        section=_FOUND,
        column=f.ListColumn(shown=True, width=112),
    )
    aspect: Mapped[str] = f.choice("方面", "aspect", travels_since=1, section=_ORIGIN)
    fact: Mapped[str] = f.text(
        "问题事实",
        required=True,
        help="写清何时、何处、谁、做了或没做什么",
        travels_since=1,
        sheet=f.SheetColumn(
            aliases=("问题描述", "存在问题", "存在的问题", "问题内容", "主要问题", "具体问题", "问题"), required=True
        ),
        section=_FOUND,
        column=f.ListColumn(shown=True, width=180),
    )
    short_title: Mapped[str] = f.line(
        "小标题",
        limit=40,
        help="如“防护物资不足”，公文里写在这个问题的段首；不填时用问题类别",
        sheet=f.SheetColumn(aliases=("问题小标题", "问题标题")),
        section=_FOUND,
        column=f.IN_FORM,
    )
    count: Mapped[int] = f.number(
        "同类问题数",
        default=1,
        help="多个同类问题合写为一条时填总数",
        travels_since=1,
        sheet=f.SheetColumn(aliases=("问题数", "问题个数")),
        section=_FOUND,
    )
    severity: Mapped[str] = f.choice(
        "严重程度", "severity", travels_since=1, sheet=f.SheetColumn(aliases=("程度",)), section=_FOUND
    )
    requirement: Mapped[str] = f.text("整改要求", limit=5000, travels_since=1, section=_DEMANDED)
    advice: Mapped[str] = f.text("建议", limit=5000, travels_since=1, section=_DEMANDED, column=f.IN_FORM)
    deadline_kind: Mapped[str] = f.choice(
        "时限方式",
        "deadline_kind",
        travels_since=1,
        sheet=f.SheetColumn(help="整改时限是日期时不用填"),
        section=_DEMANDED,
        column=f.IN_FORM,
    )
    deadline_days: Mapped[int | None] = f.number("工作日数", travels_since=1, section=_DEMANDED, column=f.IN_FORM)
    deadline: Mapped[dt.date | None] = f.day(
        "整改时限",
        index=True,
        help="延期后是最新的时限",
        travels_since=1,
        sheet=f.SheetColumn(aliases=("整改期限", "完成时限", "时限", "期限")),
        section=_DEMANDED,
        column=f.SHOWN,
    )
    original_deadline: Mapped[dt.date | None] = f.day("原定时限", hidden=True, travels_since=1, column=f.IN_FORM)
    deadline_provisional: Mapped[bool] = f.flag(
        "时限暂定", hidden=True, travels_since=1, sheet=f.PROGRAM, column=f.PROGRAM
    )
    handed_on: Mapped[dt.date | None] = f.day("交办日期", past=True, hidden=True, travels_since=1)
    received_on: Mapped[dt.date | None] = f.day("签收日期", past=True, hidden=True, travels_since=1, column=f.IN_FORM)
    receiver: Mapped[str] = f.line("签收人", limit=30, hidden=True, editor="person", column=f.IN_FORM)
    solved_count: Mapped[int] = f.number("已整改数", default=0, hidden=True, travels_since=1, column=f.IN_FORM)
    closed_on: Mapped[dt.date | None] = f.day(
        "销号日期", hidden=True, travels_since=1, sheet=f.SheetColumn(aliases=("销号时间", "办结日期"))
    )
    submitted_on: Mapped[dt.date | None] = f.day(
        "采信轮次上报日期", hidden=True, travels_since=1, sheet=f.SheetColumn(label="上报日期"), column=f.IN_FORM
    )
    reported_up_on: Mapped[dt.date | None] = f.day("报上级日期", past=True, hidden=True, column=f.IN_FORM)
    coordinator: Mapped[str] = f.line("协调责任人", limit=60, hidden=True, travels_since=1, column=f.IN_FORM)
    review_on: Mapped[dt.date | None] = f.day("下次研判日期", hidden=True, travels_since=1, column=f.IN_FORM)
    fixed_on_spot: Mapped[bool] = f.flag("当场整改", hidden=True, travels_since=1)
    rebound_count: Mapped[int] = f.number("反弹次数", default=0, hidden=True, travels_since=1)
    publicised: Mapped[bool] = f.flag("已通报", hidden=True)
    backfilled: Mapped[bool] = f.flag("补录", hidden=True, sheet=f.PROGRAM)
    missing: Mapped[str] = f.text("补录缺项", hidden=True, sheet=f.PROGRAM, column=f.PROGRAM)
    split_from_id: Mapped[int | None] = f.ref(
        "拆分自", "finding", hidden=True, sheet=f.Absent("set by the step that splits a finding"), column=f.PROGRAM
    )
    merged_into_id: Mapped[int | None] = f.ref(
        "并入", "finding", hidden=True, sheet=f.Absent("set by the step that merges findings"), column=f.PROGRAM
    )
    self_found: Mapped[bool] = f.flag("本单位自查", hidden=True, sheet=f.PROGRAM, column=f.PROGRAM)
    local_status: Mapped[str] = f.line(
        "填报状态", limit=20, hidden=True, owner="local", sheet=f.PROGRAM, column=f.PROGRAM
    )
    returned_reason: Mapped[str] = f.text(
        "退回原因",
        hidden=True,
        travels_since=1,
        sheet=f.Absent("the reason stands in the verification that returned it"),
        column=f.IN_FORM,
    )
    note: Mapped[str] = f.text("备注", limit=2000, section=_DEMANDED)
