"""Commands for official documents: written from the records, issued, and the register of those issued."""

import hashlib
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.commands import choosing, telling
from gui.commands.command import Call, Command, always, argument, day, number, say, say_json, warn
from gui.commands.ledgers import DAYS, OUT, scope_of
from models.errors import Refusal
from models.paper.kinds import FORMATS

# The window reads this table at start: nothing heavy may be imported before a command runs.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from exporters.composing import Composed, Kind, Options
    from models.paper.elements import Paper
    from models.records import Document
    from models.services.unit_of_work import Workspace

_DIGITS = 18
"""More than any number of the register has."""
SUFFIXES = (".docx", ".pdf")
_REGISTER = ("number", "issue", "kind", "title", "addressees", "signer", "dated_on", "state")
_CHOICES = (
    argument("--format", choices=tuple(FORMATS), help="general 文件格式，letter 信函格式，plain 工作用稿"),
    argument("--number", metavar="文号", help="发文字号，或只写序号"),
    argument("--issue", type=number, metavar="期号", help="第几期"),
    argument("--date", type=day, metavar="日期", help="成文日期，不写为今天"),
    argument("--addressee", action="append", default=[], metavar="主送", help="主送机关，可写多次"),
    argument(
        "--public", "--masked", action="store_true", help="写公开版，隐去未勾选“公开全名”的姓名；不写时为内部版，写全名"
    ),
    *choosing.ARGUMENTS,
)


def _document(call: Call) -> None:
    from exporters.composing import kind_of, to_data
    from exporters.draft_stamp import DRAFT  # of exporters, which come late
    from exporters.returned.sent_copies import Sent, export  # likewise
    from models.paper.editing import with_fields
    from models.paper.masking import public
    from models.services.documents import check_paper

    given, kind = call.given, kind_of(call.given.kind)
    target = call.out(*SUFFIXES) if given.out is not None else None
    with call.workspace() as workspace, workspace.reading() as session:
        made, options = _composed(session, call, kind)
        proposed = _proposed(session, made.paper)
        paper = with_fields(made.paper, {"number": proposed}) if proposed else made.paper
        # A document gets its number when it is issued: that it has none yet stands against nothing.
        checked = check_paper(session, paper, to_data(options))
        found = [notice for notice in checked if notice.code != "number_missing"]
    shown = public(paper) if given.public else paper
    if target is not None:
        sent = Sent(whole=paper, public=given.public, options=to_data(options))
        export(call.folder, shown, target, sent, stamp=DRAFT if given.stamp else "")
    if given.json:
        say_json(telling.document(kind, shown, target, made.selection, found))
        return
    version = "（公开版）" if given.public else ""
    title = shown.title.replace("\n", "")
    done = f"已写好：{target}" if target else f"可以写出：《{title}》，没有写文件。"
    say(f"{kind.name}{version}{done}")
    if target is not None:
        _told_of_name(paper, target, public=given.public)
    if proposed:
        say(f"发文字号按顺序拟为{proposed}，印发登记后才算用掉；要用别的，请加 --number。")
    if left := telling.left_out(made.selection):
        say(left)
    telling.say_people_left_out(found)
    telling.say_red(found)


def _composed(session: "Session", call: Call, kind: "Kind") -> tuple["Composed", "Options"]:
    """The document asked for, and the choices it is kept with.

    Raises:
        Refusal: nothing may stand in it, or a record that was named may not.
    """
    from exporters.composing import NothingToWrite, composed, settled

    options = choosing.options(session, call, kind)
    try:
        made = composed(session, kind.key, options)
    except NothingToWrite as refusal:
        choosing.refuse_doubtful(session, options, refusal.selection)
        raise
    choosing.refuse_doubtful(session, options, made.selection)
    reason = getattr(call.given, "reason", "") or choosing.INCLUDED
    return made, settled(options, made.selection, reason)


def _proposed(session: "Session", paper: "Paper") -> str:
    """The next 发文字号 for a document that has a place for one and none in it."""
    from models.services.documents import next_number

    if paper.format == "plain" or paper.header.number or paper.signature is None:
        return ""
    return next_number(session, paper.kind, paper.signature.date.year)


def _issue(call: Call) -> None:
    from models.records import Document
    from models.services import documents

    given, target = call.given, call.out(*SUFFIXES) if call.given.out is not None else None
    drafted = not given.what.isdecimal()
    if not drafted and (typed := choosing.flags(given)):
        raise Refusal(f"印发已有的草稿不再选记录，请去掉{'、'.join(typed)}。")
    with call.workspace() as workspace:
        id_ = _drafted(call, workspace) if drafted else _id(given.what)
        try:
            _number(workspace, id_, given)
            documents.issue(workspace, id_, gap_reason=given.reason or "", despite_warnings=given.despite_warnings)
        except Refusal as refusal:
            if not drafted:
                raise
            raise Refusal(*refusal.problems, f"文稿已存为草稿，改好后用 issue {id_} 印发。") from refusal
        with workspace.reading() as session:
            document = session.get_one(Document, id_)
        try:
            if target is not None:
                _export(call, workspace, document, target)
            say(document.number)
        except Refusal as refusal:
            raise Refusal(f"已印发登记，发文字号{document.number}已用掉。", *refusal.problems) from refusal
        _say_not_executed(workspace, document)


def _id(typed: str) -> int:
    """A draft's number in the register.

    Raises:
        Refusal: the register has no such number.
    """
    if len(typed) > _DIGITS:
        raise Refusal(f"发文登记里没有 {typed[:_DIGITS]}… 这一条。")
    return int(typed)


def _drafted(call: Call, workspace: "Workspace") -> int:
    """A draft of the kind asked for, from the records as they stand."""
    from exporters.composing import kind_of, to_data
    from models.services import documents

    kind = kind_of(call.given.what)
    with workspace.reading() as session:
        made, options = _composed(session, call, kind)
        choosing.refuse_told_already(made.selection, call.given)
    if left := telling.left_out(made.selection):
        warn(left)
    done = documents.draft(
        workspace, made.paper, issue=options.issue, options=to_data(options), campaign_id=options.campaign_id
    )
    assert done.id is not None
    return done.id


def _say_not_executed(workspace: "Workspace", document: "Document") -> None:
    """Of the cases made known, those that stay where they are because they were not carried out yet."""
    from models.queries.facts.documents import not_executed

    with workspace.reading() as session:
        for case in not_executed(session, document):
            warn(f"案件{case.code}尚未宣布执行，阶段仍为“决定”。")


def _number(workspace: "Workspace", id_: int, given: Namespace) -> None:
    """Give a draft its numbers, the next ones where none are given and it has none.

    Raises:
        Refusal: there is no such document.
    """
    from models.paper.titles import issue_of
    from models.records import Document
    from models.services import documents

    with workspace.reading() as session:
        document = session.get(Document, id_)
        if document is None or document.deleted_at:
            raise Refusal(f"发文登记里没有 {id_} 这一条。")
        paper = documents.paper_of(document)
        numbered = documents.numbered(session, paper, given.number or "", given.issue)
    if numbered != paper or document.issue != issue_of(numbered.title):
        documents.save(workspace, id_, document.version, numbered, issue=issue_of(numbered.title))


def _export(call: Call, workspace: "Workspace", document: "Document", target: Path) -> None:
    from exporters.returned.sent_copies import Sent, export  # heavy, as all of exporters
    from models.paper.masking import wants_public
    from models.services import documents

    masked = call.given.public or wants_public(document.options)
    shown, whole = documents.exported(document, masked=masked), documents.paper_of(document)
    sent = Sent(whole=whole, public=masked, document=document.uuid, options=document.options)
    export(call.folder, shown, target, sent, at=document.issued_at)
    sha256 = hashlib.sha256(target.read_bytes()).hexdigest()
    documents.note_export(workspace, document.id, target.name, sha256, masked=masked)
    _told_of_name(documents.paper_of(document), target, public=masked)


def _told_of_name(paper: "Paper", target: Path, *, public: bool) -> None:
    """A public version whose file name says whom it masks."""
    from models.paper.masking import named_in

    if public and (names := named_in(paper, target.name)):
        say(f"文件名里有{'、'.join(names)}的全名，公开前请改文件名。")


def _register(call: Call) -> None:
    from exporters.workbooks import write_ledger
    from models.paper.kinds import NAMES
    from models.queries.facts import documents

    given, target = call.given, call.out(".xlsx") if call.given.out is not None else None
    with call.workspace() as workspace, workspace.reading() as session:
        scope = scope_of(session, call)
        rows = [_row(document) for document in documents.registered(session, scope)]
        if target is not None:
            write_ledger(session, "document_register", target, scope, today=workspace.today)
            say(f"发文登记簿已写好：{target}")
            return
    if given.json:
        say_json(rows)
        return
    for row in rows:
        issue = f"第{row['issue']}期" if row["issue"] else ""
        kind = NAMES.get(row["kind"], row["kind"])
        say("\t".join((row["number"], issue, kind, row["title"], row["dated_on"] or "", row["state"])))
    say(f"共 {len(rows)} 件。")


def _row(document: "Document") -> dict[str, Any]:
    values = {name: getattr(document, name) for name in _REGISTER}
    return {**values, "dated_on": document.dated_on.isoformat() if document.dated_on else None, "id": document.id}


COMMANDS = (
    Command(
        "document",
        "按现有记录写出一份公文（.docx 或 .pdf）",
        _document,
        (
            argument("kind", type=choosing.kind_name, metavar="文种", help=f"{choosing.KIND_NAMES}，或它们的英文名"),
            argument("--out", metavar="文件.docx|.pdf", help=f"{OUT}，不写则只起草、检查，不写文件"),
            argument("--json", action="store_true", help="按 JSON 输出，供程序使用"),
            argument("--stamp", action="store_true", help="每页盖“草稿”戳"),
            *_CHOICES,
        ),
        refused=telling.refused,
    ),
    Command(
        "issue",
        "起草并印发一份公文，或印发已有的草稿，输出发文字号",
        _issue,
        (
            argument("what", type=choosing.kind_or_draft, metavar="文种或草稿", help="文种，或草稿在发文登记里的编号"),
            argument("--out", metavar="文件.docx|.pdf", help=f"印发后{OUT}，不写则只登记"),
            argument("--reason", metavar="原因", help="文号不连续、重复，或者再次通报的原因"),
            argument("--despite-warnings", action="store_true", help="检查只有提醒、没有错误时照样印发"),
            *_CHOICES,
        ),
        always,
    ),
    Command(
        "register",
        "列出发文登记簿，或写成 .xlsx",
        _register,
        (
            argument("--out", metavar="文件.xlsx", help=OUT),
            argument("--json", action="store_true", help="按 JSON 输出，供程序使用"),
            *DAYS,
        ),
    ),
)
