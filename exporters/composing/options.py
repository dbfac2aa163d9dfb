"""What a clerk may choose before a document is composed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from models.paper.elements import Format
from models.paper.masking import wants_public
from models.queries.figures.scope import Scope

GroupBy = Literal["unit", "site_kind", "team", "kind", "aspect", "source_level"]
Detail = Literal["brief", "normal", "full"]
Version = Literal["internal", "public"]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The choices; what is empty is taken from the office's settings or from the records.

    Attributes:
        number: 发文字号 whole, or its number alone: 7 becomes 代字〔year〕7号.
        issue: 期号, printed after the title as （第7期）.
        date: 成文日期; today where None.
        title: instead of the composed one; a line break in it is kept.
        document_type: 文种 of a paper from a blank page, as 通知; ``text`` its body as typed or pasted.
        theme: what the cases have in common, as 形式主义、官僚主义; for the title only.
        addressees: 主送, and ``copy_to`` 抄送; None takes the office's own (no 抄送 in what
            goes to one unit), () prints none.
        campaign_id: 专项 the records are taken from.
        case_ids: cases in the order they are to be printed; ``finding_ids`` and ``inspection_ids`` likewise.
        corrects: the issued bulletin (its id) that a 更正通报 corrects; None takes the only one there is.
        leave_out: names of parties who were not dealt with and that the clerk leaves out of their case.
        ticks: records the table asks about that the clerk took in, uuid and reason; ``include`` takes all of them.
        approver: 批准人 of a bulletin that names units, and of cases that are told without a decision;
            ``approved_on`` the day of the approval.
        from_: first day of the records, ``until`` the last.
        unit_ids: only these units with all below them; the first is the one a letter goes to.
        source_levels: only problems of these 问题来源.
        group_by: how problems are gathered under headings; None is the kind's own way.
        merge_like: write like problems of several sites, and several of one site, as one.
        order: keys of the groups (unit names, kinds…) that come first, in this order.
        version: internal names everybody in full, public masks all but those ticked 公开全名. A paper is
            composed with all names and its masks; the version says which of the two is shown and written.
        detail: brief counts only, normal one paragraph a group, full one paragraph a site.
        format: None is the kind's own.
        sealed: leave the space a seal needs.
        signers: 签发人 of an upward document; None takes the office's own for a report.
        organs: further organs of a joint document (联合行文), after the office's own mark.
        reply_by: by when an answer is wanted; None takes the findings' latest deadline.
        lead: instead of the phrase; may hold {专项名称} and the like. ``closing`` likewise.
        phrase_ids: phrase blocks to use instead of the defaults.
        requirement_ids: requirements of the office's store, in their order; None proposes the last picks, () is none.
        advice: print 意见建议 in a bulletin, which by team has it anyway.
        members: name all members of the teams in a summary, not only who leads them.
        work_text: the office's own 工作开展情况 of a summary, not the composed one; ``next_text`` its 下一步.
        annex_table: add the table of problems as an attachment; ``photos`` the pictures before and after.
    """

    number: str = ""
    issue: int | None = None
    date: dt.date | None = None
    title: str = ""
    document_type: str = ""
    text: str = ""
    theme: str = ""
    addressees: tuple[str, ...] | None = None
    copy_to: tuple[str, ...] | None = None
    campaign_id: int | None = None
    case_ids: tuple[int, ...] = ()
    finding_ids: tuple[int, ...] = ()
    inspection_ids: tuple[int, ...] = ()
    corrects: int | None = None
    leave_out: tuple[str, ...] = ()
    ticks: dict[str, str] = msgspec.field(default_factory=dict)
    include: bool = False
    approver: str = ""
    approved_on: dt.date | None = None
    from_: dt.date | None = None
    until: dt.date | None = None
    unit_ids: tuple[int, ...] = ()
    team_ids: tuple[int, ...] = ()
    source_levels: tuple[str, ...] = ()
    group_by: GroupBy | None = None
    merge_like: bool = True
    order: tuple[str, ...] = ()
    version: Version = "internal"
    detail: Detail = "normal"
    format: Format | None = None
    sealed: bool = True
    signers: tuple[str, ...] | None = None
    organs: tuple[str, ...] = ()
    secrecy: str = ""
    urgency: str = ""
    copy_number: str = ""
    reply_by: dt.date | None = None
    lead: str = ""
    closing: str = ""
    phrase_ids: tuple[int, ...] = ()
    requirement_ids: tuple[int, ...] | None = None
    advice: bool = False
    members: bool = False
    work_text: str = ""
    next_text: str = ""
    annex_table: bool = False
    photos: bool = False

    @property
    def scope(self) -> Scope:
        """The filter over records that these choices mean."""
        return Scope(
            campaign_id=self.campaign_id,
            from_=self.from_,
            until=self.until,
            unit_ids=self.unit_ids,
            team_ids=self.team_ids,
            finding_ids=self.finding_ids,
            inspection_ids=self.inspection_ids,
            source_levels=self.source_levels,
        )


def to_data(options: Options) -> dict[str, Any]:
    """The choices as JSON values, for ``Document.options``; what was left alone is left out."""
    values: dict[str, Any] = msgspec.to_builtins(options)
    untouched: dict[str, Any] = msgspec.to_builtins(Options())
    return {name: value for name, value in values.items() if value != untouched[name]}


def from_data(values: Mapping[str, Any]) -> Options:
    """The choices a document was composed with.

    Raises:
        msgspec.ValidationError: they are none.
    """
    version: Version = "public" if wants_public(values) else "internal"
    return msgspec.convert({**values, "version": version}, Options, strict=False)
