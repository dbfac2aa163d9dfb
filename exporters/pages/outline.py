"""What of a paper its outline names."""

from exporters.docx.text import clean
from exporters.docx.text import lines as text_lines
from models.paper.elements import Paper, Paragraph
from models.paper.numbering import ordinals


def headings(paper: Paper) -> dict[str, tuple[str, int]]:
    """Text and level of the title, the headings that stand alone, the attachments, by the part that shows them."""
    found = {"title": (clean(paper.title).replace("\n", ""), 0)}
    for place, (block, ordinal) in enumerate(zip(paper.blocks, ordinals(paper.blocks), strict=True)):
        if isinstance(block, Paragraph) and block.level and block.heading:
            found[f"blocks.{place}"] = (ordinal + " ".join(text_lines(block.heading)), block.level)
    for place, annex in enumerate(paper.annexes):
        found[f"annexes.{place}"] = (f"{label(paper, place)} {clean(annex.title)}".replace("\n", ""), 0)
    return found


def label(paper: Paper, place: int) -> str:
    """附件, with its number where there are several (7.3.7)."""
    return f"附件{place + 1}" if len(paper.annexes) > 1 else "附件"
