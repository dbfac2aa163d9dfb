"""Accountability: cases, the people and units in them, and how they were dealt with."""

import datetime as dt

from sqlalchemy.orm import Mapped

from models.domain.cases.stages import Stage
from models.records import fields as f
from models.records.base import Record
from models.records.fields import FieldOrder

_CASE = f.FormSection("案情")
_ORIGIN = f.FormSection("来源", folded=True)
_PROPOSAL = f.FormSection("建议与移交", folded=True)


class AccountabilityCase(Record):
    """问责案件: a proposal that is approved and handed to the organ that has the power.

    Sources: 政府督查工作条例 arts. 21, 23.
    """

    __tablename__ = "accountability_case"
    noun = "问责案件"
    field_order = FieldOrder(
        columns=(
            "code stage title unit_id proposed_on proposer approver approved_on receiving_organ handed_on"
            " place fact consequence source publicised backfilled campaign_id note"
        ),
        form=(
            "title unit_id place conduct_from conduct_until period_text consequence fact finding_ids source"
            " campaign_id code proposer proposed_on approver approved_on receiving_organ handed_on note"
        ),
        sheet=(
            "code title stage unit_id conduct_from conduct_until period_text place fact consequence"
            " finding_ids source proposer proposed_on approver approved_on receiving_organ handed_on"
            " stage_reason publicised campaign_id note"
        ),
    )

    code: Mapped[str] = f.line(
        "案件编号",
        limit=30,
        index=True,
        sheet=f.SheetColumn(help="不填时自动编号；责任人员、处理可用它或案件标题对应到案件"),
        section=_ORIGIN,
        column=f.ListColumn(shown=True, width=104),
    )
    title: Mapped[str] = f.line(
        "案件标题",
        limit=200,
        help="如“柳河镇民政办主任某某不到岗的问题”",
        sheet=f.SheetColumn(aliases=("标题", "案件名称")),
        section=_CASE,
        column=f.ListColumn(shown=True, width=260),
    )
    stage: Mapped[str] = f.line(
        "阶段",
        limit=20,
        index=True,
        hidden=True,
        sheet=f.SheetColumn(help="不填时记为“线索”；以后的阶段按补录登记", words=tuple(Stage)),
        column=f.SHOWN,
    )
    campaign_id: Mapped[int | None] = f.ref("专项", "campaign", section=_ORIGIN)
    unit_id: Mapped[int | None] = f.ref("发生单位", "unit", required=True, section=_CASE, column=f.SHOWN)
    conduct_from: Mapped[dt.date | None] = f.day("行为开始日期", past=True, section=_CASE, column=f.IN_FORM)
    conduct_until: Mapped[dt.date | None] = f.day("行为结束日期", past=True, section=_CASE, column=f.IN_FORM)
    period_text: Mapped[str] = f.line("时间表述", limit=60, help="如“1月”“2月上旬”", section=_CASE, column=f.IN_FORM)
    place: Mapped[str] = f.line("地点", limit=100, section=_CASE)
    fact: Mapped[str] = f.text(
        "违规事实",
        required=True,
        sheet=f.SheetColumn(aliases=("主要问题", "问题事实", "主要事实", "问责事由", "事由", "违纪事实", "存在问题")),
        section=_CASE,
    )
    consequence: Mapped[str] = f.line("后果", limit=200, help="如“造成不良影响”", section=_CASE)
    finding_ids: Mapped[list[int]] = f.refs(
        "关联问题", "finding", sheet=f.SheetColumn(label="关联问题编号"), section=_ORIGIN, column=f.IN_FORM
    )
    source: Mapped[str] = f.line("线索来源", limit=100, suggests="case_source", section=_ORIGIN)
    proposer: Mapped[str] = f.line("建议机关", limit=60, section=_PROPOSAL)
    proposed_on: Mapped[dt.date | None] = f.day("建议日期", past=True, section=_PROPOSAL, column=f.SHOWN)
    approver: Mapped[str] = f.line("批准人", limit=30, editor="person", section=_PROPOSAL)
    approved_on: Mapped[dt.date | None] = f.day("批准日期", past=True, section=_PROPOSAL)
    receiving_organ: Mapped[str] = f.line("移交机关", limit=60, suggests="deciding_organ", section=_PROPOSAL)
    handed_on: Mapped[dt.date | None] = f.day("移交日期", past=True, section=_PROPOSAL)
    stage_reason: Mapped[str] = f.text("不予问责或变更原因", limit=2000, hidden=True, column=f.IN_FORM)
    publicised: Mapped[bool] = f.flag("已通报", hidden=True)
    backfilled: Mapped[bool] = f.flag("补录", hidden=True, sheet=f.PROGRAM)
    note: Mapped[str] = f.text("备注", limit=2000, section=_PROPOSAL)


class Party(Record):
    """责任人员/单位. The public version of a paper names whom ``public_name`` names, and masks everybody else.

    ``masked`` was the mark of 1.0.0: who was not marked then has agreed to nothing, so nothing reads it any more.
    """

    __tablename__ = "party"
    noun = "责任人员"
    field_order = FieldOrder(
        columns=("name case_id unit_id post duty identities is_unit former public_name elsewhere note"),
        form=(
            "name unit_id post ground duty former identities conduct public_name is_unit elsewhere mention note"
            " person_id"
        ),
    )

    case_id: Mapped[int | None] = f.ref(
        "案件",
        "accountability_case",
        required=True,
        parent=True,
        sheet=f.SheetColumn(label="案件编号"),
        section=f.OTHER,
        column=f.SHOWN,
    )
    position: Mapped[int] = f.number(
        "顺序", default=1, sheet=f.Absent("parties are in the order of their rows"), section=f.OTHER, column=f.IN_FORM
    )
    person_id: Mapped[int | None] = f.ref(
        "人员", "person", sheet=f.BY_NAME, column=f.Absent("the name stands in the list")
    )
    name: Mapped[str] = f.line(
        "姓名或单位名称",
        required=True,
        limit=60,
        sheet=f.SheetColumn(aliases=("姓名", "姓名或单位")),
        editor="person",
        column=f.SHOWN,
    )
    is_unit: Mapped[bool] = f.flag("是单位", ledger=f.IN_SHEET)
    unit_id: Mapped[int | None] = f.ref(
        "所在单位", "unit", sheet=f.SheetColumn(aliases=("单位", "工作单位")), column=f.SHOWN
    )
    post: Mapped[str] = f.line(
        "职务",
        limit=80,
        sheet=f.SheetColumn(aliases=("单位及职务", "单位职务", "工作单位及职务", "所在单位及职务")),
        column=f.SHOWN,
    )
    former: Mapped[bool] = f.flag("已离任", help="文中职务前加“原”")
    identities: Mapped[list[str]] = f.choices(
        "身份", "identity", sheet=f.SheetColumn(aliases=("政治面貌",)), column=f.SHOWN
    )
    ground: Mapped[str] = f.choice("问责依据", "ground", help="按哪一部法规追究，责任类型随它", column=f.IN_FORM)
    duty: Mapped[str] = f.choice(
        "责任类型",
        "duty",
        required=True,
        sheet=f.SheetColumn(guessed=True, help="不填时按职务推断，导入后请核对"),
        column=f.SHOWN,
    )
    conduct: Mapped[str] = f.text("本人行为或失职", limit=5000, column=f.IN_FORM)
    public_name: Mapped[bool] = f.flag(
        "公开全名",
        help="勾选的，公开版写全名；不勾选写“杨某某”，内部版都写全名",
        sheet=f.SheetColumn(help="填“是”时公开版写全名，不填写成“杨某某”；内部版都写全名"),
    )
    masked: Mapped[bool] = f.flag("隐去名字", hidden=True, sheet=f.SheetColumn(retired=True), column=f.PROGRAM)
    elsewhere: Mapped[str] = f.line("另行处理", limit=60, help="如“主管单位另行处理”")
    mention: Mapped[str] = f.choice(
        "通报方式", "mention", help="没有处理的人怎样写进通报，如“点名通报”", column=f.IN_FORM
    )
    note: Mapped[str] = f.line("备注", limit=200, ledger=f.IN_SHEET)


class Disposition(Record):
    """处理: one measure by one organ; a party may have several."""

    __tablename__ = "disposition"
    noun = "处理"
    field_order = FieldOrder(
        form=(
            "measure organ decided_on decided_text instruction term effective_on restored_on effect_end detail basis"
            " document_number done publicised_widely"
        ),
    )

    party_id: Mapped[int | None] = f.ref(
        "责任人员", "party", required=True, parent=True, sheet=f.SheetColumn(label="责任人员"), section=f.OTHER
    )
    measure: Mapped[str] = f.line(
        "处理措施",
        required=True,
        limit=60,
        sheet=f.SheetColumn(
            aliases=("处理结果", "问责方式", "措施"),
            help="如“党内警告”“诫勉谈话”“免职”“解聘”，一人受多项处理的一项一行",
        ),
        editor="measure",
    )
    detail: Mapped[str] = f.line("具体内容", limit=200, help="如“免去其乡党委副书记、党委委员职务”")
    organ: Mapped[str] = f.line(
        "决定机关",
        limit=60,
        sheet=f.SheetColumn(aliases=("处理机关", "问责机关", "决定单位")),
        suggests="deciding_organ",
    )
    decided_on: Mapped[dt.date | None] = f.day(
        "决定日期", past=True, sheet=f.SheetColumn(aliases=("处理日期", "处理时间", "决定时间"))
    )
    decided_text: Mapped[str] = f.line("决定时间表述", limit=60, help="只知道月份时填，如“1月”")
    instruction: Mapped[str] = f.choice("责令或责成", "instruction", help="文中写“责令”还是“责成”，不填的照处理措施写")
    term: Mapped[int | None] = f.number("期限（月）", help="决定机关定的月数，如留党察看、延长预备期、停职检查")
    effective_on: Mapped[dt.date | None] = f.day("生效日期")
    restored_on: Mapped[dt.date | None] = f.day(
        "恢复权利日期", help="留党察看期满恢复党员权利的日期，影响期从这一天算起，二十四个月"
    )
    effect_end: Mapped[dt.date | None] = f.day("影响期满日期")
    basis: Mapped[str] = f.line("依据", limit=200)
    document_number: Mapped[str] = f.line("决定文号", limit=60, sheet=f.SheetColumn(aliases=("文号", "处分文号")))
    done: Mapped[list[str]] = f.choices("已办事项", "case_task", help="已经办好的不再提醒")
    publicised_widely: Mapped[bool] = f.flag("并全县通报")

    @property
    def title(self) -> str:
        """The measure names the disposition."""
        return self.measure


class Measure(Record):
    """处理措施目录: editable, each entry with its source."""

    __tablename__ = "measure"
    noun = "处理措施"
    field_order = FieldOrder(columns="name group form months certainty source secondary position")

    name: Mapped[str] = f.line("措施", required=True, limit=60, column=f.SHOWN)
    group: Mapped[str] = f.line("类别", required=True, limit=30, column=f.SHOWN)
    form: Mapped[str] = f.line("四种形态", limit=20, column=f.SHOWN)
    months: Mapped[int | None] = f.number("影响期（月）", column=f.SHOWN)
    months_entered: Mapped[bool] = f.flag("影响期由决定机关确定", column=f.IN_FORM)
    deciders: Mapped[list[str]] = f.choices("可作决定的机关", "organ_kind", help="不选的，任何机关都可以")
    whom: Mapped[list[str]] = f.choices("适用身份", "identity", help="不选的，任何人都适用", column=f.IN_FORM)
    source: Mapped[str] = f.line("依据", limit=200, column=f.ListColumn(shown=True, width=260))
    certainty: Mapped[str] = f.choice(
        "来源级别", "certainty", help="法律原文、公开文本或次级来源；次级来源请核对后使用", column=f.SHOWN
    )
    secondary: Mapped[bool] = f.flag("依据待核", column=f.SHOWN)
    position: Mapped[int | None] = f.number("排序号", column=f.SHOWN)
