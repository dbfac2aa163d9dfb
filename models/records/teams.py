"""Who goes out, when, and where: teams, members, rosters, inspections, visits."""

import datetime as dt

from sqlalchemy.orm import Mapped

from models.records import fields as f
from models.records.base import Record
from models.records.fields import FieldOrder


class Team(Record):
    """督查组."""

    __tablename__ = "team"
    noun = "督查组"
    field_order = FieldOrder(
        columns=("name area_ids starts_on ends_on number campaign_id duties note"),
        sheet=("name number starts_on ends_on area_ids duties campaign_id note"),
    )

    name: Mapped[str] = f.line(
        "组名",
        required=True,
        limit=40,
        help="如“第二督查组”",
        sheet=f.SheetColumn(aliases=("督查组", "组别", "名称")),
        column=f.ListColumn(shown=True, width=132),
    )
    number: Mapped[int | None] = f.number("组号")
    campaign_id: Mapped[int | None] = f.ref("专项", "campaign")
    starts_on: Mapped[dt.date | None] = f.day("开始日期", column=f.SHOWN)
    ends_on: Mapped[dt.date | None] = f.day("结束日期", column=f.SHOWN)
    area_ids: Mapped[list[int]] = f.refs("督查范围", "unit", column=f.ListColumn(shown=True, width=200))
    duties: Mapped[str] = f.text("工作职责", limit=5000)
    note: Mapped[str] = f.text("备注", limit=1000)


class Member(Record):
    """成员: a person seconded to a team."""

    __tablename__ = "member"
    noun = "成员"
    field_order = FieldOrder(
        columns=("name team_id role unit_id post phone joined_on left_on note"),
        form=("team_id name role unit_id post phone joined_on left_on note person_id"),
    )

    team_id: Mapped[int | None] = f.ref(
        "督查组", "team", required=True, sheet=f.SheetColumn(aliases=("组名", "组别")), column=f.SHOWN
    )
    person_id: Mapped[int | None] = f.ref(
        "人员", "person", sheet=f.BY_NAME, column=f.Absent("the name stands in the list")
    )
    name: Mapped[str] = f.line(
        "姓名", required=True, limit=30, editor="person", column=f.ListColumn(shown=True, width=88)
    )
    unit_id: Mapped[int | None] = f.ref(
        "抽调单位", "unit", sheet=f.SheetColumn(aliases=("单位", "工作单位")), column=f.SHOWN
    )
    post: Mapped[str] = f.line("职务", limit=60, column=f.SHOWN)
    phone: Mapped[str] = f.line(
        "电话",
        limit=40,
        sheet=f.SheetColumn(aliases=("联系电话", "手机", "手机号码")),
        editor="phone",
        column=f.ListColumn(shown=True, width=120),
    )
    role: Mapped[str] = f.choice(
        "组内角色", "team_role", required=True, sheet=f.SheetColumn(aliases=("角色", "组内职务")), column=f.SHOWN
    )
    joined_on: Mapped[dt.date | None] = f.day("到岗日期")
    left_on: Mapped[dt.date | None] = f.day("离岗日期")
    note: Mapped[str] = f.text("备注", limit=1000)


class Shift(Record):
    """排班: who is on duty on one day, in one area."""

    __tablename__ = "shift"
    noun = "排班"

    on: Mapped[dt.date | None] = f.day("日期", required=True, index=True, column=f.SHOWN)
    team_id: Mapped[int | None] = f.ref("督查组", "team", required=True, column=f.SHOWN)
    member_ids: Mapped[list[int]] = f.refs("值班成员", "member", column=f.ListColumn(shown=True, width=200))
    area_ids: Mapped[list[int]] = f.refs("督查区域", "unit", column=f.SHOWN)
    vehicle: Mapped[str] = f.line("车辆", limit=40, column=f.SHOWN)
    note: Mapped[str] = f.line("备注", limit=200)

    @property
    def title(self) -> str:
        """The day names the shift."""
        return f"{self.on}排班"


_ACTIVITY = f.FormSection("活动")
_RESULTS = f.FormSection("情况")
_APPROVAL = f.FormSection("批准", folded=True)


class Inspection(Record):
    """督查活动: one team goes to one unit from a day to a day."""

    __tablename__ = "inspection"
    noun = "督查活动"
    field_order = FieldOrder(
        columns=(
            "code starts_on team_id unit_id kind methods ends_on authority approver approved_on approval_number"
            " campaign_id basis overview advice note"
        ),
        form=(
            "starts_on ends_on team_id unit_id kind campaign_id methods authority basis code approver approved_on"
            " approval_number overview advice note"
        ),
        sheet=(
            "code team_id starts_on ends_on unit_id kind methods basis overview advice campaign_id note authority"
            " approver approved_on approval_number"
        ),
    )

    code: Mapped[str] = f.line(
        "活动编号", limit=30, index=True, sheet=f.SheetColumn(aliases=("编号",)), section=_ACTIVITY, column=f.SHOWN
    )
    campaign_id: Mapped[int | None] = f.ref("专项", "campaign", section=_ACTIVITY)
    team_id: Mapped[int | None] = f.ref("督查组", "team", required=True, section=_ACTIVITY, column=f.SHOWN)
    starts_on: Mapped[dt.date | None] = f.day(
        "开始日期",
        required=True,
        index=True,
        sheet=f.SheetColumn(aliases=("督查日期", "日期")),
        section=_ACTIVITY,
        column=f.SHOWN,
    )
    ends_on: Mapped[dt.date | None] = f.day("结束日期", section=_ACTIVITY, column=f.SHOWN)
    unit_id: Mapped[int | None] = f.ref("被督查单位", "unit", required=True, section=_ACTIVITY, column=f.SHOWN)
    kind: Mapped[str] = f.choice("督查类型", "inspection_kind", required=True, section=_ACTIVITY, column=f.SHOWN)
    methods: Mapped[list[str]] = f.choices("督查方式", "method", section=_ACTIVITY, column=f.SHOWN)
    basis: Mapped[str] = f.line("依据文件", limit=200, section=_ACTIVITY)
    authority: Mapped[str] = f.choice(
        "督查性质", "authority", help="政府督查组、指定部门的，适用《政府督查工作条例》", section=_ACTIVITY
    )
    approver: Mapped[str] = f.line("批准人", limit=30, editor="person", section=_APPROVAL)
    approved_on: Mapped[dt.date | None] = f.day("批准日期", section=_APPROVAL)
    approval_number: Mapped[str] = f.line("批准文号", limit=60, section=_APPROVAL)
    overview: Mapped[str] = f.text("工作开展情况", section=_RESULTS)
    advice: Mapped[str] = f.text("意见建议", section=_RESULTS)
    note: Mapped[str] = f.text("备注", limit=1000, section=_RESULTS)

    @property
    def title(self) -> str:
        """Its code, or its day."""
        return self.code or f"{self.starts_on}督查活动"


class Visit(Record):
    """走访点位: a visit without a finding is clean."""

    __tablename__ = "visit"
    noun = "走访点位"
    field_order = FieldOrder(
        columns=("on site_id inspection_id clean member_ids note"),
        form=("inspection_id site_id on clean member_ids note"),
    )

    inspection_id: Mapped[int | None] = f.ref(
        "督查活动", "inspection", required=True, parent=True, sheet=f.SheetColumn(label="活动编号"), column=f.SHOWN
    )
    site_id: Mapped[int | None] = f.ref("点位", "site", required=True, column=f.ListColumn(shown=True, width=160))
    on: Mapped[dt.date | None] = f.day("走访日期", past=True, required=True, index=True, column=f.SHOWN)
    member_ids: Mapped[list[int]] = f.refs("走访人员", "member", column=f.SHOWN)
    clean: Mapped[bool] = f.flag(
        "未发现问题", help="勾选表示现场查看后确认没有问题", column=f.ListColumn(shown=True, width=88)
    )
    note: Mapped[str] = f.text("现场情况", limit=2000)

    @property
    def title(self) -> str:
        """The day names the visit."""
        return f"{self.on}走访"
