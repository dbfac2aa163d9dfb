"""What each kind of document is: the one list that composing, menus, dialogs, command line and register read.

How it is composed is in the module of its key in ``exporters.composing``; from which records, for which role,
in ``models.domain.documents.selection``.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # the window reads this list before anything heavy is imported
    from models.paper.elements import Format

FORMATS: Final[dict["Format", str]] = {"general": "文件格式", "letter": "信函格式", "plain": "工作用稿"}
"""What the formats of a document are called."""
SLOTS: Final = {"lead": "开头", "requirements": "要求", "closing": "结尾"}
"""Where in a document the office's own phrases stand."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document (文种).

    Attributes:
        key: as in ``Document.kind``: what records and commands carry.
        name: Chinese name.
        format: where the clerk chooses none.
        options: names of the options and filters that change this kind, for the form that asks for them.
        offered: names of the lists whose 导出 menu has it.
        upward: a report to those above, with 签发人 in 文件格式.
        to_one_unit: goes to one unit: where a list's rows are of several, the unit is asked for.
        of_period: speaks of a period, not of a list's rows.
        makes_known: makes known what it states, and may carry a 期号.
        in_issues: an office publishes it in issues (第N期) unless it has issued one without.
        of_open: states problems that are still open, so that it need not say so of each.
        blank: begun from a blank page, not from records: the menu offers it, no list does.
        slots: where in it the office's phrases stand, of ``SLOTS``.
    """

    key: str
    name: str
    format: "Format"
    options: tuple[str, ...]
    offered: tuple[str, ...]
    upward: bool = False
    to_one_unit: bool = False
    of_period: bool = False
    makes_known: bool = False
    in_issues: bool = False
    of_open: bool = False
    blank: bool = False
    slots: tuple[str, ...] = tuple(SLOTS)


KINDS: Final = (
    Kind(
        "findings_bulletin", "督查通报", "general",
        options=(
            "number", "issue", "date", "campaign_id", "from_", "until", "unit_ids", "team_ids", "source_levels",
            "finding_ids", "inspection_ids", "group_by", "merge_like", "order", "detail", "reply_by", "advice",
            "annex_table", "photos", "addressees", "approver", "approved_on",
        ),
        offered=("finding",), makes_known=True, in_issues=True,
    ),
    Kind(
        "accountability_bulletin", "问责通报", "general",
        options=(
            "number", "issue", "date", "theme", "campaign_id", "case_ids", "from_", "until", "unit_ids", "approver",
            "approved_on", "leave_out", "addressees",
        ),
        offered=("accountability_case",), makes_known=True,
    ),
    Kind(
        "correction", "更正通报", "general",
        options=("number", "date", "corrects", "case_ids", "addressees"),
        offered=("accountability_case",), slots=("lead", "closing"),
    ),
    Kind(
        "rectification_notice", "整改通知书", "letter",
        options=(
            "number", "date", "unit_ids", "finding_ids", "campaign_id", "from_", "until", "source_levels", "reply_by",
            "annex_table", "photos",
        ),
        offered=("finding",), to_one_unit=True, of_open=True,
    ),
    Kind(
        "reminder", "催办单", "plain",
        options=(
            "number", "date", "format", "unit_ids", "finding_ids", "campaign_id", "source_levels", "reply_by",
            "annex_table",
        ),
        offered=("finding",), to_one_unit=True, of_open=True,
    ),
    Kind(
        "inspection_report", "督查情况报告", "plain",
        options=(
            "date", "inspection_ids", "finding_ids", "campaign_id", "from_", "until", "unit_ids", "team_ids",
            "group_by", "merge_like", "order", "detail", "annex_table", "photos", "addressees",
        ),
        offered=("inspection",), upward=True,
    ),
    Kind(
        "rectification_report", "整改情况报告", "general",
        options=(
            "number", "date", "unit_ids", "finding_ids", "campaign_id", "from_", "until", "source_levels",
            "group_by", "photos", "signers", "addressees",
        ),
        offered=("finding", "feedback", "received", "answered"), upward=True,
    ),
    Kind(
        "rectification_plan", "整改方案", "plain",
        options=(
            "date", "unit_ids", "finding_ids", "campaign_id", "from_", "until", "source_levels", "addressees",
        ),
        offered=("finding", "received"),
    ),
    Kind(
        "self_inspection_report", "排查起底报告", "general",
        options=(
            "number", "date", "unit_ids", "finding_ids", "campaign_id", "from_", "until", "group_by", "merge_like",
            "signers", "addressees",
        ),
        offered=("own",), upward=True,
    ),
    Kind(
        "period_summary", "阶段总结", "general",
        options=(
            "number", "date", "campaign_id", "from_", "until", "unit_ids", "team_ids", "group_by",
            "members", "work_text", "next_text", "annex_table", "signers",
        ),
        offered=("finding",), upward=True, of_period=True,
    ),
    Kind(
        "free_paper", "自由公文", "general",
        options=("number", "date", "document_type", "text", "addressees", "signers", "campaign_id"),
        offered=(), upward=True, blank=True, slots=("closing",),
    ),
)  # fmt: skip
"""Every kind, in the order menus show them."""
BY_KEY: Final = {kind.key: kind for kind in KINDS}
NAMES: Final = {kind.key: kind.name for kind in KINDS}
BULLETINS: Final = tuple(kind.key for kind in KINDS if kind.makes_known)
"""Keys of the kinds that make known what they state."""


def offered_by(name: str) -> tuple[Kind, ...]:
    """The kinds that the list of that name offers."""
    return tuple(kind for kind in KINDS if name in kind.offered)


def key_of(text: str) -> str:
    """The key of a kind by its key or name; empty where there is none."""
    return text if text in NAMES else next((kind.key for kind in KINDS if kind.name == text), "")


def is_blank(key: str) -> bool:
    """Whether a document of that kind is begun from a blank page, not from records."""
    return key in BY_KEY and BY_KEY[key].blank
