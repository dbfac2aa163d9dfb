"""A paper as the file its name says: Word or PDF."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from models.paper.elements import Paper


def write_file(
    paper: Paper, target: Path, photo_path: Callable[[str], Path] | None = None, *, stamp: str = "",
    at: dt.datetime | None = None,
) -> None:  # fmt: skip
    """Write a paper as .docx or .pdf.

    Args:
        paper: the document's elements.
        target: the file to make or replace; its suffix says which.
        photo_path: the file of a picture by its hash; needed when the paper holds photos.
        stamp: what stands in a red frame at the top right of every page, as 草稿 before issue.
        at: the moment its properties say it was made, as of the issue; then the same paper gives the same bytes.

    Raises:
        Refusal: the file cannot be written there, or a picture's file is gone or damaged.
        ValueError: the paper holds photos and ``photo_path`` is missing.
    """
    if target.suffix.lower() == ".pdf":
        from exporters.pages import write_pdf  # Qt, which Word does without

        write_pdf(paper, target, photo_path, stamp=stamp, at=at)
    else:
        from exporters.docx.writer import write_docx  # python-docx, which pages do without

        write_docx(paper, target, photo_path, stamp=stamp, at=at)
