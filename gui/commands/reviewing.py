"""The command that checks a paper of another office; the file stays as it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.commands import telling
from gui.commands.command import SCHEMA, Call, Command, argument, say, say_json
from models import clock
from models.errors import Refusal

# The window reads this table at start: nothing heavy may be imported before a command runs.
if TYPE_CHECKING:
    from models.text_files.review import Remark, Review


def _review(call: Call) -> None:
    from models.text_files.reviewing import review  # heavy: its patterns, only when a paper is checked

    source = Path(call.given.file)
    found = review(source)
    marked = _marked(call, source, found) if call.given.out is not None else None
    if call.given.json:
        say_json(_told(found, marked))
        return
    for one in found.remarks:
        say(f"{'红' if one.notice.severity == 'error' else '黄'}\t{one.where}\t{one.notice.sentence}")
    red = sum(one.notice.severity == "error" for one in found.remarks)
    more = f"，其中必须改正的 {red} 处" if red else ""
    say(f"审读完毕：有 {len(found.remarks)} 处需要看一下{more}。" if found.remarks else "审读完毕，没有发现问题。")
    if found.more:
        say(f"另有 {found.more} 处没有列出。")
    if marked is not None:
        say(f"批注版已写好：{marked}")


def _marked(call: Call, source: Path, found: "Review") -> Path:
    from exporters.docx.marked import write_marked  # heavy: lxml, only when a copy is asked for
    from models.text_files.review import comments  # heavy likewise

    target = call.out(".docx")
    write_marked(source, target, comments(found), clock.now())
    return target


def _told(found: "Review", marked: Path | None) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "title": found.paper.title.replace("\n", ""),
        "out": str(marked) if marked else None,
        "findings": [_finding(one) for one in found.remarks],
        "more": found.more,
    }


def _finding(one: "Remark") -> dict[str, Any]:
    return {**telling.finding(one.notice, one.where), "paragraph": one.at}


def _refused(_given: Any, refusal: Refusal) -> dict[str, Any]:
    """What a program reads where the file cannot be checked."""
    return {"schema": SCHEMA, "findings": [], "error": refusal.sentence}


COMMANDS = (
    Command(
        "review",
        "审读别处的文稿（.docx），列出需要改正的地方，不改动原文件",
        _review,
        (
            argument("file", metavar="文件.docx", help="Word、WPS 或 LibreOffice 存的文稿"),
            argument("--out", metavar="批注版.docx", help="另存一份加了批注的文稿"),
            argument("--json", action="store_true", help="按 JSON 输出，供程序使用"),
        ),
        refused=_refused,
    ),
)
