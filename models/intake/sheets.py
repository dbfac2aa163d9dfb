"""The sheets of the import workbook: which column is which field, and how sheets name each other.

The blank workbook is written from this table and filled ones are read by it, so the two cannot drift apart.
Labels, choices and limits come from the records' own fields.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from models.domain.cases.stages import Stage
from models.domain.documents.states import DocumentState
from models.domain.findings.lifecycle import Status
from models.paper import kinds
from models.records import (
    RECORDS,
    AccountabilityCase,
    Disposition,
    Document,
    Feedback,
    Finding,
    Inspection,
    Member,
    Party,
    Plan,
    Record,
    Site,
    Team,
    Unit,
    Verification,
    Visit,
    fields_of,
)
from models.records.fields import Field


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        name: attribute of the record it fills.
        label: its header.
        field: what the record says of it.
        required: a row without it is rejected.
        aliases: other headers it is known by in offices' own ledgers.
        choices: fixed words; empty where the dictionary ``field.term`` has them, or none are bound.
        help: how to fill it, in one sentence.
        retired: still read where an older workbook has it, and written in none.
    """

    name: str
    label: str
    field: Field
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    help: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook: the records of one class, one a row."""

    name: str
    record: type[Record]
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns a template or a ledger has."""
        return tuple(c for c in self.columns if not c.retired)

    def column(self, name: str) -> Column:
        """The column of that attribute."""
        return next(c for c in self.columns if c.name == name)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A sheet whose every row tells several records: how a ledger the program exported is read back."""

    name: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    aliases: tuple[str, ...] = ()


_LINKS: Final = {
    "unit": "填“单位”表里的单位名称，重名时写成“上级单位名称+单位名称”",
    "site": "填“点位”表里的点位名称，重名时写成“属地单位名称+点位名称”",
    "team": "填“督查组”表里的组名",
    "member": "填“成员”表里的姓名，多人用顿号隔开",
    "inspection": "填“督查活动”表里的活动编号",
    "finding": "填“督查问题”表里的台账编号",
    "accountability_case": "填“问责案件”表里的案件编号或案件标题",
    "party": "填“责任人员”表里的姓名或单位名称",
    "campaign": "不填时用当前专项",
}
_KINDS: Final = {
    "day": "日期，如 2022-3-5",
    "moment": "日期和时间，如 2022-3-5 14:30",
    "number": "整数",
    "flag": "填“是”或“否”，不填为否",
    "choices": "可填多项，用顿号隔开",
}
_LABELS: Final = {
    ("督查问题", "inspection_id"): "活动编号",
    ("督查问题", "submitted_on"): "上报日期",
    ("走访点位", "inspection_id"): "活动编号",
    ("整改计划", "finding_id"): "台账编号",
    ("整改反馈", "finding_id"): "台账编号",
    ("核查", "finding_id"): "台账编号",
    ("问责案件", "finding_ids"): "关联问题编号",
    ("责任人员", "case_id"): "案件编号",
    ("处理", "case_id"): "案件编号",
    ("处理", "party_id"): "责任人员",
}
_ALIASES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("单位", "name"): ("单位", "名称", "单位全称"),
    ("点位", "name"): ("点位", "名称", "场所名称"),
    ("点位", "kind"): ("类别", "场所类别"),
    ("点位", "unit_id"): ("属地", "所属乡镇", "乡镇"),
    ("督查组", "name"): ("督查组", "组别", "名称"),
    ("成员", "team_id"): ("组名", "组别"),
    ("成员", "unit_id"): ("单位", "工作单位"),
    ("成员", "role"): ("角色", "组内职务"),
    ("成员", "phone"): ("联系电话", "手机", "手机号码"),
    ("督查活动", "code"): ("编号",),
    ("督查活动", "starts_on"): ("督查日期", "日期"),
    ("督查问题", "serial"): ("编号", "问题编号"),
    ("督查问题", "source_level"): ("来源", "问题来源级别"),
    ("督查问题", "unit_id"): ("责任单位", "属地", "整改单位", "整改责任单位", "乡镇", "所属乡镇"),
    ("督查问题", "department_id"): ("主管部门", "行业部门", "行业主管"),
    ("督查问题", "site_id"): (
        "点位名称",
        "场所",
        "场所名称",
        "被检查单位",
        "检查地点",
        "检查点位",
        "督查点位",
        "地点",
    ),
    ("督查问题", "found_on"): ("发现时间", "督查日期", "督查时间", "检查日期", "检查时间", "时间"),
    ("督查问题", "kind"): ("类别", "问题类型", "问题分类"),
    ("督查问题", "fact"): ("问题描述", "存在问题", "存在的问题", "问题内容", "主要问题", "具体问题", "问题"),
    ("督查问题", "count"): ("问题数", "问题个数"),
    ("督查问题", "severity"): ("程度",),
    ("督查问题", "deadline"): ("整改期限", "完成时限", "时限", "期限"),
    ("督查问题", "status"): ("整改状态", "办理状态", "是否销号", "是否已销号", "销号情况"),
    ("督查问题", "closed_on"): ("销号时间", "办结日期"),
    ("整改反馈", "measures"): ("整改情况", "整改落实情况"),
    ("整改反馈", "finished_on"): ("完成时间", "整改完成日期"),
    ("核查", "verified_on"): ("核查时间",),
    ("问责案件", "title"): ("标题", "案件名称"),
    ("问责案件", "fact"): ("主要问题", "问题事实", "主要事实"),
    ("责任人员", "name"): ("姓名", "姓名或单位"),
    ("责任人员", "unit_id"): ("单位", "工作单位"),
    ("处理", "measure"): ("处理结果", "问责方式", "措施"),
    ("处理", "organ"): ("处理机关",),
    ("处理", "decided_on"): ("处理日期", "处理时间", "决定时间"),
}
_FIXED: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("督查问题", "status"): tuple(Status),
    ("问责案件", "stage"): tuple(Stage),
    ("发文", "kind"): tuple(kinds.NAMES.values()),
    ("发文", "state"): (DocumentState.ISSUED, DocumentState.VOID),
}
_HELP: Final = {
    ("督查问题", "serial"): "不填时自动编号；整改计划、整改反馈、核查要用它对应到问题",
    ("督查问题", "status"): "不填时记为待交办，缺事实、日期或地点的记为草稿；填“草稿”的照记；其他状态按补录登记",
    ("督查问题", "deadline_kind"): "整改时限是日期时不用填",
    ("问责案件", "stage"): "不填时记为“线索”；以后的阶段按补录登记",
    ("问责案件", "code"): "不填时自动编号；责任人员、处理可用它或案件标题对应到案件",
    ("责任人员", "public_name"): "填“是”时公开版写全名，不填写成“杨某某”；内部版都写全名",
    ("处理", "measure"): "如“党内警告”“诫勉谈话”“免职”“解聘”，一人受多项处理的一项一行",
    ("发文", "number"): "如“云防指办〔2022〕7号”",
}
_RETIRED: Final = {("责任人员", "masked")}
"""Columns of older workbooks: 隐去名字 of 1.0.0 takes 公开全名 back, and its absence is no consent."""
_SOFT: Final = {"督查问题", "整改反馈"}
"""Sheets whose rows may be incomplete: a 补录 lists what it lacks, an answer's outcome tells what it needs."""


def _sheet(name: str, record: type[Record], columns: str, *, must: str = "", aliases: tuple[str, ...] = ()) -> Sheet:
    declared = fields_of(record)
    must_have = set(must.split())
    found = []
    for attribute in columns.split():
        field = declared.get(attribute) or fields_of(Party)[attribute]
        label = _LABELS.get((name, attribute), field.label)
        required = attribute in must_have or (field.required and name not in _SOFT)
        others = (*_ALIASES.get((name, attribute), ()), *(() if label == field.label else (field.label,)))
        choices = _FIXED.get((name, attribute), ())
        helped = _help(name, attribute, field)
        retired = (name, attribute) in _RETIRED
        found.append(Column(attribute, label, field, required, others, choices, helped, retired))
    return Sheet(name, record, tuple(found), aliases)


def _help(sheet: str, attribute: str, field: Field) -> str:
    own = _HELP.get((sheet, attribute), field.help)
    general = _LINKS.get(field.target, "") or _KINDS.get(field.kind, "")
    if field.kind == "refs" and field.target in ("unit", "finding"):
        general += "，多个用顿号隔开"
    limit = f"最多 {field.limit} 字" if field.kind == "text" else ""
    return "；".join(part for part in (own, general, limit) if part)


SHEETS: Final[tuple[Sheet, ...]] = (
    _sheet(
        "单位",
        Unit,
        "name short_name kind parent_id rank leader leader_post deputy deputy_post contact phone"
        " former_names closed_on merged_into_id note",
    ),
    _sheet("点位", Site, "name kind unit_id department_id address contact phone note"),
    _sheet("督查组", Team, "name number starts_on ends_on area_ids duties campaign_id note"),
    _sheet(
        "成员",
        Member,
        "team_id name unit_id post phone role joined_on left_on note",
        aliases=("督查组成员", "督查组名册"),
    ),
    _sheet(
        "督查活动",
        Inspection,
        "code team_id starts_on ends_on unit_id kind methods basis overview advice campaign_id note",
        aliases=("督查",),
    ),
    _sheet("走访点位", Visit, "inspection_id site_id on member_ids clean note", aliases=("走访",)),
    _sheet(
        "督查问题",
        Finding,
        "serial source_level source_number inspection_id team_id site_id unit_id department_id found_on kind aspect"
        " fact count severity requirement advice deadline_kind deadline_days deadline original_deadline handed_on"
        " received_on receiver status solved_count closed_on submitted_on reported_up_on fixed_on_spot coordinator"
        " review_on rebound_count publicised campaign_id note",
        must="fact",
        aliases=("问题", "问题台账", "问题清单"),
    ),
    _sheet("整改计划", Plan, "finding_id measures due_on due_text person post"),
    _sheet(
        "整改反馈",
        Feedback,
        "finding_id outcome measures done total finished_on person post next_steps lessons no_evidence_reason reason"
        " submitted_by submitted_at",
        must="finding_id outcome",
    ),
    _sheet(
        "核查",
        Verification,
        "finding_id verifier method verified_on conclusion opinion approver approved_on reason",
    ),
    _sheet(
        "问责案件",
        AccountabilityCase,
        "code title stage unit_id conduct_from conduct_until period_text place fact consequence finding_ids source"
        " proposer proposed_on approver approved_on receiving_organ handed_on stage_reason publicised campaign_id note",
        aliases=("案件",),
    ),
    _sheet(
        "责任人员",
        Party,
        "case_id name is_unit unit_id post former identities duty conduct public_name masked elsewhere mention note",
        aliases=("责任人",),
    ),
    _sheet(
        "处理",
        Disposition,
        "case_id party_id measure detail organ decided_on decided_text effective_on effect_end basis document_number"
        " publicised_widely",
        aliases=("处理情况", "问责处理"),
    ),
    _sheet(
        "发文",
        Document,
        "kind number issue title addressees copy_to signer dated_on state secrecy urgency gap_reason campaign_id",
        aliases=("发文登记", "发文登记簿"),
    ),
)
"""In the order they are read: a sheet only names records of itself or of those before it."""

BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}

LEDGERS: Final[tuple[Ledger, ...]] = (
    Ledger(
        "问题整改台账",
        (
            ("督查问题", tuple(c.name for c in BY_NAME["督查问题"].columns)),
            ("整改反馈", ("outcome", "measures", "finished_on", "person", "post")),
            ("核查", ("verifier", "method", "verified_on", "conclusion", "approver")),
        ),
    ),
    Ledger(
        "问责台账",
        (
            ("问责案件", tuple(c.name for c in BY_NAME["问责案件"].columns)),
            (
                "责任人员",
                (
                    "name",
                    "unit_id",
                    "post",
                    "former",
                    "identities",
                    "duty",
                    "conduct",
                    "public_name",
                    "masked",
                    "elsewhere",
                    "mention",
                ),
            ),
            ("处理", tuple(c.name for c in BY_NAME["处理"].columns if not c.name.endswith("_id"))),
        ),
    ),
)
"""Ledgers the program exports and takes back in; a part is its sheet's columns under the same headers."""

LINK_OF_PART: Final = {"整改反馈": "finding_id", "核查": "finding_id", "责任人员": "case_id", "处理": "case_id"}
"""The column by which a ledger's further parts name the record its first part tells."""

PARENTS: Final = frozenset({"责任人员"})
"""Parts of a ledger that further parts of the same row belong to."""

UNREAD: Final = frozenset({"序号", "签章扫描件", "撤回、作废情况", "时限状态", "超期天数", "轮次", "填表说明"})
"""Headers of what is counted anew or only explained."""

EXPLANATION: Final = "说明"
CHOICES: Final = "选项"
"""Sheets of the workbook that hold no records."""


OFFICE_MARK: Final = "机构标识"
"""Header of the hidden column, and name of the hidden sheet, that say which office wrote the file."""
RECORD_MARK: Final = "记录标识"
"""Header of the hidden column that says which record of that office a row is."""


def part_column(sheet: Sheet, name: str) -> Column:
    """A sheet's column as part of a ledger: nothing is required, for a part may be missing."""
    return replace(sheet.column(name), required=False)


def target_noun(field: Field) -> str:
    """What the record a link points to is called."""
    return RECORDS[field.target].noun


def labels(columns: Iterable[Column]) -> dict[str, Column]:
    """Every header a column is known by, its own first; where two claim one, the earlier column has it."""
    columns = tuple(columns)
    known: dict[str, Column] = {}
    for column in columns:
        known.setdefault(squeezed(column.label), column)
    for column in columns:
        for alias in column.aliases:
            known.setdefault(squeezed(alias), column)
    return known


def squeezed(header: object) -> str:
    """A header without blanks, stars and remarks in brackets: “ 整改 时限* （必填）” → 整改时限."""
    from models.domain.text.entry import normalize_line

    text = normalize_line(str(header or "")).replace(" ", "")
    for left, right in ("（）", "()", "【】", "[]"):
        while left in text and right in text[text.index(left) :]:
            start = text.index(left)
            text = text[:start] + text[text.index(right, start) + 1 :]
    return text.strip("*＊※：:")
