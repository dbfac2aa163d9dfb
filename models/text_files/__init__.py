"""The text of papers from outside (.docx, .pdf, .txt), read apart from the window's process and within fixed limits."""

from contextlib import suppress
from typing import Final

ENCODINGS: Final = ("utf-8-sig", "gb18030")
"""The encodings of plain text that offices use."""
HIDDEN_COMMAND = "--read-text"
"""What the program is started with to be the reading process."""
PARTS_COMMAND = "--read-parts"
"""The same, to tell a Word document's parts and not its text alone."""


def decoded(data: bytes, encodings: tuple[str, ...] = ENCODINGS) -> str | None:
    """Plain text from its bytes; None where it is in none of these encodings."""
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return None
