"""The command that reads a paper from outside and proposes what it tells; nothing is written."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.commands.command import SCHEMA, Call, Command, argument, say, say_json
from models import clock
from models.domain.text.one_line import shortened
from models.errors import Refusal
from models.text_files import decoded

# The window reads this table at start: nothing heavy may be imported before a command runs.
if TYPE_CHECKING:
    from models.domain.reading.cases import Decided, Told
    from models.domain.reading.findings import Found
    from models.domain.reading.proposals import Proposals

STANDARD_INPUT = "-"
_SAID = (
    "fact", "site", "unit", "team", "aspect", "advice", "measures", "situation", "person", "liable", "deadline_text",
)  # fmt: skip
_LONGEST_INPUT = 8_000_000
_SHOWN = 60


def _read(call: Call) -> None:
    from models.domain.reading.proposals import proposals  # heavy: its patterns, only when a paper is read

    text = _text(call.given.file)
    units, measures = _known(call)
    found = proposals(text, measures, units)
    if call.given.json:
        say_json(_told(text, found))
        return
    for number, one in enumerate(found.findings, 1):
        where = " ".join(filter(None, (one.unit, one.site)))
        say(f"问题{number}\t{where}\t{shortened(one.fact, _SHOWN)}")
    for number, case in enumerate(found.cases, 1):
        said = "；".join(f"{one.name}{'、'.join(m.measure for m in one.measures)}" for one in case.parties)
        say(f"案件{number}\t{case.title}\t{said}")
    say(f"读出问题 {len(found.findings)} 条、案件 {len(found.cases)} 件，没有写入任何数据。")


def _text(name: str) -> str:
    """What is to be read.

    Raises:
        Refusal: it cannot be.
    """
    if name != STANDARD_INPUT:
        from models.text_files.reading import text_of  # heavy: only when a paper is read

        return text_of(Path(name))
    data = sys.stdin.buffer.read(_LONGEST_INPUT + 1)
    if len(data) > _LONGEST_INPUT:
        raise Refusal("输入的文字太多，超过能读取的限度，请分成几次。")
    text = decoded(data)
    if text is None:
        raise Refusal("输入的文字编码不能识别，请用 UTF-8 编码。")
    if not text.strip():
        raise Refusal("没有输入文字，请把文字送到标准输入，或写明文件名。")
    return text.replace("\r\n", "\n")


def _known(call: Call) -> tuple[tuple[str, ...], dict[str, str]]:
    """The office's units and measures, where the data folder has data; else the shipped measures alone."""
    # Heavy: the records, only when a paper is read.
    from models.queries.lookups.reading import measure_words, shipped_measure_words, unit_names

    if not call.folder.database.is_file():
        return (), shipped_measure_words()
    with call.workspace() as workspace, workspace.reading() as session:
        return unit_names(session), measure_words(session)


def _told(text: str, found: "Proposals") -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "text": text,
        "findings": [_finding(text, one) for one in found.findings],
        "cases": [_case(text, one) for one in found.cases],
        "rest": [list(place) for place in found.rest],
    }


def _finding(text: str, one: "Found") -> dict[str, Any]:
    from models.domain.reading.days import day_told  # heavy: only when a paper is read

    day = day_told(one.deadline_text, text, clock.today())
    return {
        **{name: getattr(one, name) for name in _SAID},
        "count": one.count or None,
        "deadline": day.isoformat() if day else None,
        "span": [one.start, one.end],
    }


def _case(text: str, one: "Told") -> dict[str, Any]:
    parties = [
        {
            **{name: getattr(party, name) for name in ("name", "post", "unit")},
            "measures": [_measure(text, said) for said in party.measures],
        }
        for party in one.parties
    ]
    return {"title": one.title, "fact": one.fact, "parties": parties, "span": [one.start, one.end]}


def _measure(text: str, said: "Decided") -> dict[str, Any]:
    from models.domain.reading.days import day_told  # heavy: only when a paper is read

    day = day_told(said.day, text, clock.today(), past=True)
    return {
        "measure": said.measure, "organ": said.organ, "date": day.isoformat() if day else None, "date_text": said.day,
    }  # fmt: skip


COMMANDS = (
    Command(
        "read",
        "读一份别处的文稿（.docx、.pdf、.txt，或标准输入），列出其中的问题和问责案件，不写入数据",
        _read,
        (
            argument("file", metavar="文件|-", help="文稿；- 从标准输入读取"),
            argument("--json", action="store_true", help="按 JSON 输出，供程序使用"),
        ),
    ),
)
