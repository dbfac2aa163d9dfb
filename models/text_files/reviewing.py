"""The one door for papers of others that are to be checked: read and checked in a process of its own, within limits."""

from pathlib import Path

import msgspec

from models.text_files.reading import reviewed
from models.text_files.review import Review


def review(path: Path) -> Review:
    """Read a .docx and check it; the checks run in the reading process too, so that no file keeps the window waiting.

    Raises:
        Refusal: no such file, no Word document, damaged, locked, or too large.
    """
    return msgspec.convert(reviewed(path), Review)
