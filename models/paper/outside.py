"""A paper of another office, made of the lines and tables of its file: title, addressees, text, signature, attachments.

What stands nowhere else is a paragraph of the body, so that nothing is lost to the checks. Ordinals stay in the text
as they were typed.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from models.paper.checks.heads import type_of
from models.paper.checks.sequences import ordinal_of
from models.paper.checks.texts import said_days
from models.paper.elements import Annex, Block, Colophon, Column, Header, Origin, Paper, Paragraph, Signature, Table


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a table of a file.

    Attributes:
        text: of a paragraph; a table has rows.
        at: its place among the paragraphs of the file; -1 where it has none.
        centered: as the file sets it.
        boxed: it stands in a text box, as the name of a letter does.
        apart: a blank line stands before it.
        rows: cells of a table, row by row.
    """

    text: str = ""
    at: int = -1
    centered: bool = False
    boxed: bool = False
    apart: bool = False
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def bare(self) -> str:
        """Its text without spaces at both ends."""
        return self.text.strip(" \t\n\u3000\xa0")


@dataclass(slots=True)
class Outside:
    """A paper read from a file, and where in the file each part stands.

    Attributes:
        paper: what the checks look at.
        spots: places in the file by the part's key: "title", "blocks.3", "annexes.0.blocks.2".
    """

    paper: Paper
    spots: dict[str, int] = field(default_factory=dict)


_NUMBER = re.compile(
    r"^(?P<number>[^\s，。：:]{1,24}?\s*[〔\[（(【［]\s*\d{0,4}\s*[〕\])）】］]\s*第?\s*[\dXx×]*\s*号)(?P<rest>.*)$"
)
_SIGNER = re.compile(r"签发人\s*[：:]\s*(.+)$")
_SECRECY = re.compile(r"^(?:绝密|机密|秘密|内部)[★\s]?.{0,6}$")
_URGENT = re.compile(r"^[一-鿿]{0,3}[急提][一-鿿]{0,2}$")
_COPY_NUMBER = re.compile(r"^(?:№|No\.?)?\s*\d{1,8}$")
_DATE = re.compile(
    r"^[（(]?(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)[）)]?$"
)
_COPY = re.compile(r"^(?:抄\s*送|抄报|分送)(?:机关|单位)?\s*[：:]\s*(?P<names>.*)$", re.DOTALL)
_PRINTED = re.compile(r"^(?P<printer>[^\d]*?)\s*(?P<date>\d{4}年\d{1,2}月\d{1,2}日)\s*印\s*发[。]?$")
_ANNEX = re.compile(r"^附件\s*([\d一二三四五六七八九十]{0,3})\s*[：:]?$")
_ANNEX_LIST = re.compile(r"^附\s*件\s*[：:]\s*(?:1\s*[.．、])?\s*(?P<name>.+)$")
_ANNEX_NEXT = re.compile(r"^\d{1,2}\s*[.．、]\s*(?P<name>[^。，；]{2,60})$")
_NOTE = re.compile(r"^[（(](?P<note>[^（）()]{2,80})[）)]$")
_ISSUE = re.compile(r"^[（(]?\s*第\s*\d{1,4}\s*期\s*[）)]?$")
_PAGE: Final = re.compile(r"^[-—－–]?\s*\d{1,4}\s*[-—－–]?$")
_HEAD: Final = 25
_TITLE: Final = 60
_ORGAN: Final = 40


def outside(lines: Sequence[Line]) -> Outside:
    """The paper that lines and tables make."""
    shown = []
    apart = False
    for line in lines:
        if line.rows or line.bare:
            shown.append(replace(line, apart=apart))
        apart = not (line.rows or line.bare)
    return _Reading(shown).done()


class _Reading:
    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._spots: dict[str, int] = {}
        self._header: dict[str, object] = {}
        self._title: list[str] = []
        self._addressees: tuple[str, ...] = ()
        self._copies: list[str] = []
        self._printer = ""
        self._printed: dt.date | None = None
        self._declared: list[str] = []

    def done(self) -> Outside:
        body = self._take_head()
        body = self._take_colophon(body)
        main, annexed = _split_annexes(body)
        main, signature, note = self._take_signature(main)
        main = self._take_annex_list(main)
        blocks = tuple(self._block(line, f"blocks.{n}") for n, line in enumerate(main))
        header = Header(**self._header)  # type: ignore[arg-type]
        colophon = Colophon(tuple(self._copies), self._printer, self._printed) if self._has_colophon() else None
        formal = bool(header.number or header.organs)
        paper = Paper(
            format="general" if formal else "plain", header=header, title="\n".join(self._title),
            addressees=self._addressees, blocks=blocks, signature=signature, note=note,
            annexes=self._annexes(annexed), colophon=colophon,
        )  # fmt: skip
        return Outside(paper, self._spots)

    # ---- what stands before the text

    def _take_head(self) -> list[Line]:
        """Header, title and addressees; what comes after them."""
        stop = next((n for n, line in enumerate(self._lines[:_HEAD]) if _is_addressees(line)), -1)
        head = self._lines[: stop if stop >= 0 else _title_end(self._lines)]
        rest = self._lines[len(head) :]
        if stop >= 0:
            self._spots["addressees"] = rest[0].at
            self._addressees = _several(rest[0].bare.rstrip("：: "))
            rest = rest[1:]
        numbered = next((n for n, line in enumerate(head) if _NUMBER.match(line.bare)), -1)
        for n, line in enumerate(head):
            self._take_head_line(line, before=n < numbered, after=numbered >= 0 and n > numbered)
        return rest

    def _take_head_line(self, line: Line, *, before: bool, after: bool) -> None:
        text = re.sub(r"\s+", " ", line.bare)
        if found := _NUMBER.match(text):
            self._header["number"] = re.sub(r"\s", "", found["number"])
            self._spots["number"] = line.at
            self._take_signer(found["rest"])
        elif self._take_signer(text) or (line.rows and self._take_grid(line)):
            return
        elif not self._title and _COPY_NUMBER.match(text) and not after:
            self._header["copy_number"] = re.sub(r"\D", "", text)
            self._spots.setdefault("header", line.at)
        elif not self._title and _SECRECY.match(text):
            self._header["secrecy"] = text
            self._spots.setdefault("header", line.at)
        elif not self._title and _URGENT.match(text):
            self._header["urgency"] = text
            self._spots.setdefault("header", line.at)
        elif (before or line.boxed or text.endswith("文件")) and not self._title and not _PAGE.match(text):
            self._header["organs"] = (*self._header.get("organs", ()), text.removesuffix("文件").replace(" ", ""))  # type: ignore[misc]
            self._spots.setdefault("header", line.at)
        elif not _PAGE.match(text):
            if line.apart and self._title and _is_mark(self._title):
                self._header["organs"], self._title = tuple(self._title), []
                self._spots["header"] = self._spots.pop("title")
            self._spots.setdefault("title", line.at)
            self._title += [one.strip() for one in line.bare.split("\n") if one.strip()]

    def _take_signer(self, text: str) -> bool:
        found = _SIGNER.search(text)
        if found:
            self._header["signers"] = tuple(filter(None, re.split(r"[、，\s]+", found[1].strip())))
        return found is not None

    def _take_grid(self, line: Line) -> bool:
        """A table in the header: it holds name, number or signer."""
        for cell in (cell for row in line.rows for cell in row if cell.strip()):
            self._take_head_line(Line(cell, line.at), before=True, after=False)
        return True

    # ---- what stands after it

    def _take_colophon(self, lines: list[Line]) -> list[Line]:
        rest: list[Line] = []
        for line in lines:
            cells = [cell.strip() for row in line.rows for cell in row if cell.strip()] if line.rows else [line.bare]
            joined = [" ".join(cell.strip() for cell in row if cell.strip()) for row in line.rows] or [line.bare]
            told = [self._colophon_line(text) for text in joined]
            if not cells or not any(told) or not (all(told) or line.rows):
                rest.append(line)
            else:
                self._spots.setdefault("colophon", line.at)
        return rest

    def _colophon_line(self, text: str) -> bool:
        plain = re.sub(r"\s+", " ", text)
        if found := _COPY.match(plain):
            self._copies.append(found["names"].strip())
            return True
        if found := _PRINTED.match(plain):
            self._printer = found["printer"].strip()
            day = next(iter(said_days(found["date"], dt.date(2000, 1, 1))), None)
            self._printed = day.day if day else None
            return True
        return False

    def _has_colophon(self) -> bool:
        return bool(self._copies or self._printer or self._printed)

    def _take_signature(self, lines: list[Line]) -> tuple[list[Line], Signature | None, str]:
        at = next((n for n in range(len(lines) - 1, -1, -1) if _DATE.match(_tight(lines[n]))), -1)
        if at < 0 or any(len(line.bare) > _ORGAN * 2 for line in lines[at + 1 :]):
            return lines, None, ""
        said = next(iter(said_days(_tight(lines[at]), dt.date(2000, 1, 1))), None)
        organs: list[str] = []
        first = at
        while first > 0 and len(organs) < 4 and _is_organ(lines[first - 1]):
            first -= 1
            organs.insert(0, lines[first].bare)
        self._spots["signature"] = lines[at].at
        note = next((found["note"] for line in lines[at + 1 :] if (found := _NOTE.match(line.bare))), "")
        rest = [line for line in lines[at + 1 :] if not _NOTE.match(line.bare)]
        if said is None or said.day is None:
            note = f"{lines[at].bare} {note}".strip()
            return [*lines[:first], *rest], None, note
        names = tuple(one for organ in organs for one in re.split(r"[、\t]|\s{2,}", organ) if one.strip())
        return [*lines[:first], *rest], Signature(names, said.day), note

    def _take_annex_list(self, lines: list[Line]) -> list[Line]:
        """附件：1.… 2.… after the text."""
        rest: list[Line] = []
        listing = False
        for n, line in enumerate(lines):
            found = _ANNEX_LIST.match(line.bare) if n >= len(lines) - 12 else None
            more = _ANNEX_NEXT.match(line.bare) if listing else None
            if found or more:
                name = (found or more)["name"]  # type: ignore[index]
                self._declared += [one.strip() for one in re.split(r"\n|\s+(?=\d{1,2}[.．])", name) if one.strip()]
                self._spots.setdefault(f"annexes.{len(self._declared) - 1}", line.at)
                listing = True
            else:
                listing = False
                rest.append(line)
        return rest

    def _annexes(self, annexed: list[list[Line]]) -> tuple[Annex, ...]:
        found = []
        for number in range(max(len(annexed), len(self._declared))):
            lines = annexed[number] if number < len(annexed) else []
            declared = self._declared[number] if number < len(self._declared) else ""
            titled = bool(lines) and not lines[0].rows and len(lines[0].bare) <= _TITLE and "。" not in lines[0].bare
            title = lines[0].bare if titled else declared
            key = f"annexes.{number}"
            if titled:
                self._spots[key] = lines[0].at
            rest = lines[1:] if titled else lines
            blocks = tuple(self._block(line, f"{key}.blocks.{n}") for n, line in enumerate(rest))
            origin = Origin(f"annex:{title}", text=title) if declared else None
            found.append(Annex(title or f"附件{number + 1}", blocks, origin=origin))
        return tuple(found)

    def _block(self, line: Line, key: str) -> Block:
        self._spots[key] = line.at
        if line.rows:
            width = max(map(len, line.rows))
            heads = (*line.rows[0], *[""] * (width - len(line.rows[0])))
            return Table(tuple(Column(one) for one in heads), line.rows[1:])
        ordinal = ordinal_of(line.bare)
        return Paragraph(line.bare, level=ordinal[0] if ordinal else 0, numbered=False)


def _title_end(lines: Sequence[Line]) -> int:
    """Where the title ends in a paper without addressees."""
    for n, line in enumerate(lines[:_HEAD]):
        text = line.bare
        sentence = "。" in text or len(text) > _TITLE or ordinal_of(text) is not None
        if (sentence and not _NUMBER.match(text)) or (line.rows and n > 2):
            return n
        after = lines[n + 1].bare if n + 1 < len(lines) else ""
        titled = type_of(text) and not text.endswith("文件") and len(text) > 4
        if titled and not (_ISSUE.match(after) or _NOTE.match(after) or (type_of(after) and len(after) <= _TITLE)):
            return n + 1
    return min(len(lines), 1)


def _is_addressees(line: Line) -> bool:
    """各乡镇人民政府：; a sentence that announces what follows is none."""
    text = line.bare
    if line.rows or not text.endswith(("：", ":")) or len(text) > 300 or "。" in text or line.centered:
        return False
    return ordinal_of(text) is None and not re.search(
        r"如下|以下|下列|报告|通报|通知|附件|^抄送|问题[：:]$", text[-12:]
    )


def _several(text: str) -> tuple[str, ...]:
    """Addressees of one line: between two of them stands ； where there is one, else 、 or ，."""
    parts = re.split("[；;]", text) if re.search("[；;]", text) else re.split("[、，,]", text)
    return tuple(one.strip() for one in parts if one.strip())


def _is_organ(line: Line) -> bool:
    text = line.bare
    plain = not line.rows and len(text) <= _ORGAN and not re.search("[。；：:！？，]", text)
    return plain and ordinal_of(text) is None and not _ANNEX_LIST.match(text) and not _ANNEX_NEXT.match(text)


def _is_mark(lines: Sequence[str]) -> bool:
    """Whether lines over the title are the organ's name, as a letter has it."""
    return all(len(one) <= _ORGAN and _ORGAN_END.search(one) for one in lines)


_ORGAN_END = re.compile(r"(?:委|府|部|厅|局|院|会|办|室|所|站|组|团|队|公司|中心|专班|街道|镇|乡|处)$")


def _tight(line: Line) -> str:
    return re.sub(r"\s", "", line.bare) if not line.rows else ""


def _split_annexes(lines: list[Line]) -> tuple[list[Line], list[list[Line]]]:
    """The body, and the lines of each attachment: it begins with 附件1 alone on its line."""
    starts = [n for n, line in enumerate(lines) if not line.rows and _ANNEX.match(line.bare)]
    if not starts:
        return lines, []
    parts = [lines[start + 1 : end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return lines[: starts[0]], parts
