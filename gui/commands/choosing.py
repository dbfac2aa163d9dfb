"""What a document is composed from, as typed on the command line: filters, named records and other choices."""

import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gui.commands.command import Call, argument, day
from gui.commands.ledgers import NARROWING, ids_of, scope_of
from models.errors import Refusal
from models.paper.kinds import NAMES, SLOTS, key_of
from models.text_files import decoded

# The window reads this table at start: nothing heavy may be imported before a command runs.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from exporters.composing import Kind, Options
    from models.queries.facts.cases import PartyFacts
    from models.queries.selection.choices import Selection

KIND_NAMES: Final = "、".join(NAMES.values())
NAMED: Final = "命令行点名写入"
"""Why a record named on the command line is in, where the table would have asked."""
INCLUDED: Final = "命令行全部写入"
LEAVE, INCLUDE = "leave", "include"
_LONGEST: Final = 1_000_000
"""The longest text read from a file, in bytes."""
_GROUPS = ("unit", "site_kind", "team", "kind", "aspect", "source_level")
ARGUMENTS = (
    argument("--case", action="append", default=[], metavar="案件", help="只写这个案件（编号或标题），可写多次"),
    argument("--finding", action="append", default=[], metavar="问题", help="只写这个问题（台账编号），可写多次"),
    argument("--inspection", action="append", default=[], metavar="编号", help="只写这次督查（活动编号），可写多次"),
    argument("--corrects", metavar="文号", help="更正哪一份已印发的通报，只用于更正通报"),
    argument(
        "--source-level", action="append", default=[], metavar="问题来源", help="只写这种来源的问题，如“市”，可写多次"
    ),
    argument(
        "--ask", choices=(LEAVE, INCLUDE), default=None,
        help="要确认才写入的记录：leave 不写（不写这项时也不写），include 全部写入",
    ),
    argument("--approver", metavar="批准人", help="谁批准点名通报，只通报问题、没有处理的案件由谁批准"),
    argument("--approved-on", type=day, metavar="日期", help="批准的日期"),
    argument(
        "--leave-out", action="append", default=[], metavar="姓名",
        help="案件里没有处理、不写入的人，可写多次；同名的写“案件编号:姓名”",
    ),
    argument("--group-by", choices=_GROUPS, help="问题怎样归类"),
    argument("--detail", choices=("brief", "normal", "full"), help="brief 只写数量，normal 一类一段，full 一处一段"),
    argument("--title", metavar="标题", help="标题，不写按记录拟"),
    argument("--type", dest="document_type", metavar="文种", help="自由公文的文种，如 通知、请示、函，不写按标题末尾"),
    argument("--text", metavar="文件", help="自由公文的正文（.txt，一行一段，“一、”“（一）”为小标题，“-”为标准输入）"),
    argument("--theme", metavar="问题性质", help="写进标题，如“形式主义、官僚主义”"),
    argument("--lead", metavar="文字", help="开头一段，不写用常用语"),
    argument("--closing", metavar="文字", help="结尾一段，不写用常用语"),
    argument("--signer", action="append", default=[], metavar="签发人", help="上行文的签发人，可写多次"),
    argument("--reply-by", type=day, metavar="日期", help="反馈期限，不写用所列问题最晚的时限"),
    argument("--advice", action="store_true", help="督查通报里写入意见建议，按督查组归类时总是写明"),
    argument("--members", action="store_true", help="阶段总结里写明督查组成员"),
    argument("--work-text", metavar="文字", help="阶段总结的工作开展情况，不写按数字拟"),
    argument("--next-text", metavar="文字", help="阶段总结的下一步打算，不写用所选的要求"),
    argument("--annex-table", action="store_true", help="附问题清单"),
    argument("--photos", action="store_true", help="附整改前后照片"),
    *NARROWING,
)  # fmt: skip
OPTIONS: Final = {
    "case": "case_ids", "finding": "finding_ids", "inspection": "inspection_ids", "approver": "approver",
    "approved_on": "approved_on",
    "leave_out": "leave_out", "group_by": "group_by", "detail": "detail", "theme": "theme", "reply_by": "reply_by",
    "annex_table": "annex_table", "photos": "photos", "from_": "from_", "until": "until", "unit": "unit_ids",
    "team": "team_ids", "campaign": "campaign_id", "issue": "issue", "source_level": "source_levels",
    "corrects": "corrects", "signer": "signers", "advice": "advice", "members": "members", "work_text": "work_text",
    "next_text": "next_text", "document_type": "document_type", "text": "text",
}  # fmt: skip
"""Which of a kind's options each argument is; one the kind does not have is refused."""
_FLAGS: Final = {"from_": "--from", "document_type": "--type"}
"""Arguments that are typed otherwise than they are called."""
_PLAIN = (
    "approver", "approved_on", "group_by", "detail", "title", "document_type", "theme", "lead", "closing", "reply_by",
    "annex_table", "photos", "advice", "members", "work_text", "next_text",
)  # fmt: skip


def flag(name: str) -> str:
    """An argument of this table as it is typed."""
    return _FLAGS.get(name) or f"--{name.replace('_', '-')}"


def kind_name(text: str) -> str:
    """A kind of document as typed, for argparse.

    Raises:
        argparse.ArgumentTypeError: there is none of that name.
    """
    # What is empty or holds half a character is refused with a sentence of its own.
    if text.strip() and text.isprintable() and not key_of(text):
        raise ArgumentTypeError(f"没有“{text}”这个文种，可选：{KIND_NAMES}。")
    return text


def kind_or_draft(text: str) -> str:
    """A kind of document, or a draft's number in the register."""
    return text if text.isdecimal() else kind_name(text)


def flags(given: Namespace) -> list[str]:
    """The arguments of this table that were typed, as they are written."""
    typed = [name for name in (*OPTIONS, "ask", "title", "lead", "closing") if getattr(given, name, None)]
    return [flag(name) for name in typed]


def options(session: "Session", call: Call, kind: "Kind") -> "Options":
    """What was typed as the composer's choices; names are written in full, masks are laid over afterwards.

    Raises:
        Refusal: a record is not known, or the kind does not know what was typed.
    """
    from exporters.composing import Options

    given = call.given
    _refuse_unknown(given, kind)
    scope = scope_of(session, call)
    cases = ids_of(session, "accountability_case", given.case)
    findings = ids_of(session, "finding", given.finding)
    more: dict[str, Any] = {name: getattr(given, name) for name in _PLAIN if getattr(given, name)}
    if given.text:
        more["text"] = text_of(given.text)
    return Options(
        number=given.number or "",
        issue=given.issue,
        date=given.date,
        addressees=tuple(given.addressee) or None,
        case_ids=cases,
        finding_ids=() if kind.key == "inspection_report" else findings,
        inspection_ids=ids_of(session, "inspection", given.inspection),
        corrects=_issued(session, given.corrects) if given.corrects else None,
        leave_out=tuple(given.leave_out),
        signers=tuple(given.signer) or None,
        source_levels=_levels(given.source_level),
        ticks=dict.fromkeys(named(session, cases, findings), NAMED),
        include=given.ask == INCLUDE,
        campaign_id=scope.campaign_id,
        from_=scope.from_,
        until=scope.until,
        unit_ids=scope.unit_ids,
        team_ids=scope.team_ids,
        format=given.format,
        version="public" if given.public else "internal",
        **more,
    )


def text_of(typed: str) -> str:
    """The body of a free paper from a text file, or from standard input.

    Raises:
        Refusal: it cannot be read, or is no text.
    """
    try:
        data = sys.stdin.buffer.read(_LONGEST + 1) if typed == "-" else _start_of(Path(typed))
    except OSError as error:
        raise Refusal(f"“{typed}”读不出来：{error.strerror}。") from error
    if len(data) > _LONGEST:
        raise Refusal(f"“{typed}”太大，正文不能超过 1 MB。")
    text = decoded(data)
    if text is None or "\0" in text:
        raise Refusal(f"“{typed}”不是文本文件，请存为 .txt 再试。")
    return text


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LONGEST + 1)


def _refuse_unknown(given: Namespace, kind: "Kind") -> None:
    """Refuse what the kind does not know: ignored, the document would seem to be narrowed or worded so.

    Raises:
        Refusal: something of it was typed.
    """
    known = {*kind.options, *(SLOTS if kind.blank else kind.slots)}
    for name, option in (*OPTIONS.items(), *((slot, slot) for slot in SLOTS)):
        if getattr(given, name, None) and option not in known:
            raise Refusal(f"{kind.name}没有“{flag(name)}”这一项，请去掉后再试。")


def _issued(session: "Session", number: str) -> int:
    """The issued 问责通报 of that 文号.

    Raises:
        Refusal: there is none.
    """
    from sqlalchemy import select  # heavy: only once data are opened

    from models.domain.documents.states import DocumentState
    from models.records import Document

    issued = (Document.kind == "accountability_bulletin", Document.state == DocumentState.ISSUED)
    query = select(Document.id).where(*issued, Document.number == number.strip(), Document.deleted_at.is_(None))
    found = session.scalars(query).first()
    if found is None:
        raise Refusal(f"没有文号是“{number}”的已印发问责通报，请核对“--corrects”。")
    return found


def _levels(typed: list[str]) -> tuple[str, ...]:
    """The 问题来源 typed.

    Raises:
        Refusal: one of them is none.
    """
    from models.domain.dictionaries import terms  # reads the catalogs

    known = [one.name for one in terms() if one.dictionary == "source_level"]
    for level in typed:
        if level not in known:
            raise Refusal(f"没有“{level}”这种问题来源，可选：{'、'.join(known)}。")
    return tuple(typed)


def named(session: "Session", cases: tuple[int, ...], findings: tuple[int, ...]) -> list[str]:
    """The uuids of the records that were named."""
    from sqlalchemy import select

    from models.records import AccountabilityCase, Finding

    found = list(session.scalars(select(AccountabilityCase.uuid).where(AccountabilityCase.id.in_(cases))))
    return found + list(session.scalars(select(Finding.uuid).where(Finding.id.in_(findings))))


def refuse_doubtful(session: "Session", options: "Options", selection: "Selection") -> None:
    """Refuse where a record that was named does not stand in the document, or a name left out is none.

    Raises:
        Refusal: each of them with its reason.
    """
    standing = {one.uuid: one for one in selection.judged}
    problems = []
    for uuid in options.ticks:
        one = standing.get(uuid)
        if one is None:
            problems.append(f"{_label(session, uuid)}不在所选的专项、单位、督查组或日期范围内。")
        elif not one.taken:
            problems.append(f"“{one.label}”不能写入：{one.words}")
            problems += [f"不写入的加 --leave-out {name}。" for name in one.people]
            if one.hindrance and not one.people:
                problems.append("批准人可用 --approver 写明。")
    if problems:
        raise Refusal(*problems)
    _refuse_names(options.leave_out, selection)


def _label(session: "Session", uuid: str) -> str:
    from sqlalchemy import select

    from models.records import AccountabilityCase, Finding

    for cls, column in ((Finding, Finding.serial), (AccountabilityCase, AccountabilityCase.code)):
        if found := session.scalars(select(column).where(cls.uuid == uuid)).first():
            return f"“{found}”"
    return "点名的记录"


def _refuse_names(typed: tuple[str, ...], selection: "Selection") -> None:
    """Refuse a name to leave out that is nobody's, several people's, or of somebody who must be named.

    Raises:
        Refusal: why the first of them cannot be left out.
    """
    from models.domain.documents.mentions import ticked_in
    from models.queries.selection.cases import CaseSelection

    cases = selection.cases if isinstance(selection, CaseSelection) else ()
    for one in typed:
        found = [(c.case.code, p) for c in cases for p in c.parties if p.party.name in ticked_in(c.case.code, (one,))]
        free = [code for code, p in found if not (p.dispositions or p.party.mention or p.party.elsewhere.strip())]
        if not found:
            raise Refusal(f"写入的案件里没有叫“{one}”的责任人员，请核对 --leave-out。")
        if not free:
            raise Refusal(_must_be_named(one, [p for _, p in found]))
        if len(set(free)) > 1:
            ways = "、".join(f"--leave-out {code}:{one}" for code in dict.fromkeys(free))
            raise Refusal(f"写入的案件里有 {len(free)} 名“{one}”，请写明是哪一件的：{ways}。")
        if len(free) > 1:
            raise Refusal(f"案件{free[0]}里有 {len(free)} 名“{one}”没有处理，请在人员上填写“通报方式”。")


def _must_be_named(typed: str, parties: "Sequence[PartyFacts]") -> str:
    """Why nobody of a name may be left out."""
    if any(one.dispositions for one in parties):
        return f"“{typed}”已有处理，不能不写，请去掉 --leave-out {typed}。"
    party = parties[0].party
    why = f"的“通报方式”是“{party.mention}”" if party.mention else "已填写“另行处理”"
    return f"“{typed}”{why}，不写入的请在人员上把“通报方式”改为“另案处理不写”，并去掉 --leave-out {typed}。"


def refuse_told_already(selection: "Selection", given: Namespace) -> None:
    """Refuse to issue again what was made known, unless that is meant and a reason is given.

    Raises:
        Refusal: something in it was reported already.
    """
    from models.domain.documents.selection import Trait

    told = [one.label for one in selection.included if Trait.REPORTED in one.verdict.reasons]
    if told and not (given.ask == INCLUDE and (given.reason or "").strip()):
        names = "、".join(f"“{label}”" for label in told[:5]) + (f"等 {len(told)} 件" if told[5:] else "")
        raise Refusal(f"{names}已经通报过，再次通报请加 --ask include，并用 --reason 写明理由。")
