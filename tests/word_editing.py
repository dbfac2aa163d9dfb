"""A leader at work in Word: edits of a .docx as the programs themselves write them."""

import copy
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


class WordFile:
    """One .docx that is edited in place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document = docx.Document(str(path))
        self.body = self.document.element.body

    def save(self) -> Path:
        """Write it again, as another program would."""
        self.document.save(str(self.path))
        return self.path

    def paragraph(self, words: str) -> Any:
        """The first paragraph that holds these words."""
        return next(one for one in self.body.iter(qn("w:p")) if words in text_of(one))

    def replace(self, old: str, new: str) -> None:
        """Other words in one run."""
        run = next(one for one in self.body.iter(qn("w:t")) if old in (one.text or ""))
        run.text = run.text.replace(old, new, 1)

    def delete(self, words: str) -> None:
        """A paragraph less."""
        one = self.paragraph(words)
        one.getparent().remove(one)

    def add(self, after: str, text: str) -> None:
        """A paragraph more, typed behind another."""
        new = copy.deepcopy(self.paragraph(after))
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            for mark in list(new.iter(qn(tag))):
                mark.getparent().remove(mark)
        runs = list(new.iter(qn("w:t")))
        runs[0].text = text
        for run in runs[1:]:
            run.text = ""
        self.paragraph(after).addnext(new)

    def move(self, words: str, after: str) -> None:
        """A paragraph cut and pasted behind another."""
        self.paragraph(after).addnext(self.paragraph(words))

    def track(self, old: str, new: str, author: str) -> None:
        """Words replaced with changes tracked."""
        run = next(one for one in self.body.iter(qn("w:r")) if old in text_of(one))
        text = run.find(qn("w:t")).text
        before, _, after = text.partition(old)
        pieces = [piece(run, before)]
        for tag, said, name in (("w:del", old, "w:delText"), ("w:ins", new, "w:t")):
            change = OxmlElement(tag)
            change.set(qn("w:author"), author)
            change.append(piece(run, said, name))
            pieces.append(change)
        pieces.append(piece(run, after))
        for one in reversed(pieces):
            run.addnext(one)
        run.getparent().remove(run)

    def comment(self, words: str, said: str, author: str) -> None:
        """A note beside a paragraph."""
        run = next(one for one in self.document.paragraphs if words in one.text).runs[-1]
        self.document.add_comment(run, text=said, author=author)

    def row(self, words: str) -> Any:
        """The first row of a table that holds these words."""
        return next(one for one in self.body.iter(qn("w:tr")) if words in text_of(one))


def corrected(path: Path, old: str, new: str) -> None:
    """Other words in one run of a file, as its only change."""
    file = WordFile(path)
    file.replace(old, new)
    file.save()


def piece(run: Any, text: str, tag: str = "w:t") -> Any:
    """A run like another one with other words."""
    made = copy.deepcopy(run)
    for one in list(made.iter(qn("w:t"))):
        made.remove(one)
    said = OxmlElement(tag)
    said.text = text
    said.set(qn("xml:space"), "preserve")
    made.append(said)
    return made


def text_of(element: Any) -> str:
    """All the text in an element."""
    return "".join(one.text or "" for one in element.iter(qn("w:t")))
