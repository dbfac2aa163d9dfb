"""The command that takes a corrected Word document back: what was changed in it, and the draft with it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.commands.command import Call, Command, argument, say, say_json
from models.domain.text.one_line import shortened

# The window reads this table at start: nothing heavy may be imported before a command runs.
if TYPE_CHECKING:
    from argparse import Namespace

    from sqlalchemy.orm import Session

    from exporters.returned.comes_back import ComeBack
    from exporters.returned.comparing import Change
    from models.records import Document
    from models.services.unit_of_work import Workspace

ALL, NONE = "all", "none"
_KINDS = {
    "text": "改", "added": "加", "deleted": "删", "moved": "移", "header": "改", "comment": "批注",
}  # fmt: skip
_SHOWN = 60


def _return_draft(call: Call) -> None:
    from exporters.returned.comes_back import come_back  # heavy, as all of exporters
    from models.services import returned_drafts  # heavy: the records
    from models.storage import attachments  # heavy likewise

    def photo(sha256: str) -> Path:
        return attachments.path_of(call.folder, sha256)

    file = Path(call.given.file)
    with call.workspace() as workspace:
        back = come_back(call.folder, file, photo)
        with workspace.reading() as session:
            document = returned_drafts.document_of(session, back.sent.document)
            told = [_told(session, back, change) for change in back.changes]
        missed: tuple[Change, ...] = ()
        id_ = document.id if document is not None else None
        if call.given.accept == ALL and _to_take(back):
            returned_drafts.refuse_unless_draft(document)
            id_, missed = _take(workspace, back, document, file)
    if call.given.json:
        say_json({"document": id_, "title": back.seen.title.replace("\n", ""), "changes": told, "missed": len(missed)})
        return
    _say(back, told, missed, id_ if call.given.accept == ALL else None)


def _to_take(back: "ComeBack") -> "list[Change]":
    return [one for one in back.changes if one.kind != "comment"]


def _take(
    workspace: "Workspace", back: "ComeBack", document: "Document | None", file: Path
) -> "tuple[int, tuple[Change, ...]]":
    """The draft with every change that has a place in it."""
    from models.services import documents, returned_drafts  # heavy: the records

    now = documents.paper_of(document) if document is not None else back.sent.whole
    paper, missed = back.applied(now, _to_take(back))
    id_ = document.id if document is not None else None
    kept = returned_drafts.take_back(workspace, id_, paper, file, back.sent.options)
    back.kept_as(workspace.store.folder, kept.uuid)
    return kept.id, missed


def _told(session: "Session", back: "ComeBack", change: "Change") -> dict[str, Any]:
    offers = [
        {
            "table": one.table, "uuid": one.uuid, "field": one.field, "label": one.label, "before": one.before,
            "after": one.after,
        }
        for one in back.offers(session, change)
    ]  # fmt: skip
    return {
        "where": back.where(change),
        "before": change.before,
        "after": change.after,
        "kind": change.kind,
        "record": offers[0] if offers else None,
        "records": offers,
        "by": change.by,
    }


def _say(back: "ComeBack", told: list[dict[str, Any]], missed: "tuple[Change, ...]", taken: int | None) -> None:
    for one in told:
        both = (shortened(text, _SHOWN) for text in (one["before"], one["after"]) if text)
        say(f"{_KINDS[one['kind']]}\t{one['where']}\t{' → '.join(both)}")
        for offer in one["records"]:
            before, after = (shortened(offer[name], _SHOWN) for name in ("before", "after"))
            say(f"\t记录“{offer['label']}”：{before} → {after}")
    title = back.seen.title.replace("\n", "")
    say(f"《{title}》共 {len(told)} 处改动。" if told else f"《{title}》没有改动。")
    for change in missed:
        say(f"没有取回：{back.where(change)}，文稿里这一处也改过，请手工修改。")
    if taken is not None and told:
        say(f"改动已取回到草稿 {taken}。")
    elif told:
        say("没有写入数据；要取回全部改动，请加 --accept all。")


def writes(given: "Namespace") -> bool:
    """Only where the changes are taken over."""
    return bool(given.accept == ALL)


COMMANDS: tuple[Command, ...] = (
    Command(
        "return-draft",
        "取回领导在 Word 或 WPS 里改过的文稿：列出每处改动，或写入草稿",
        _return_draft,
        (
            argument("file", metavar="文件.docx", help="由督查通导出、改过的文稿"),
            argument("--accept", choices=(ALL, NONE), default=NONE, help="all 取回全部改动，none 只列出（默认）"),
            argument("--json", action="store_true", help="按 JSON 输出，供程序使用"),
        ),
        writes,
    ),
)
