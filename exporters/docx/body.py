"""The body (主体): title, addressees, blocks (7.3.1–7.3.3)."""

from collections.abc import Iterable, Iterator

from exporters import standard
from exporters.docx.marks import around, marked
from exporters.docx.pictures import Pictures
from exporters.docx.tables import table
from exporters.docx.text import BREAK, blank, clean, lines, paragraph, run
from models.paper import marks
from models.paper.elements import Fonts, Paper, Paragraph, Photos, Table
from models.paper.marks import Marked
from models.paper.numbering import ordinals
from models.paper.titles import break_title


def title(text: str, fonts: Fonts, *names: str, outline: int | None = None) -> str:
    """A centred title, 2号 小标宋, broken by meaning into a trapezium or a diamond (7.3.1).

    ``names`` are those of its bookmarks.
    """
    broken = break_title(clean(text))
    content = BREAK.join(run(line, fonts.mark, standard.TITLE, tighten=0) for line in broken)
    return paragraph(marked(content, *names), justify="center", snap=False, outline=outline)


def heading(paper: Paper, token: str) -> str:
    """Title, what stands below it, one blank row; ``token`` names the paper."""
    below = marked(run(paper.subtitle, paper.fonts.kai), marks.field("subtitle"))
    names = (marks.field("title"), marks.PAPER + token)
    return title(paper.title, paper.fonts, *names) + (paragraph(below, justify="center") if below else "") + blank()


def addressees(names: tuple[str, ...]) -> str:
    """主送机关 as one text that ends with ： (7.3.2); ， between those of which one holds 、 itself."""
    mark = "，" if any("、" in name for name in names) else "、"
    joined = clean(mark.join(name.strip() for name in names)).strip().rstrip("：:。，、")
    return f"{joined}：" if joined else ""


def blocks(
    given: Iterable[Marked], fonts: Fonts, pictures: Pictures, width: int = standard.TEXT_WIDTH
) -> Iterator[str]:
    """The XML of each block; ``width`` of the text area in twips."""
    known = tuple(given)
    for one, ordinal in zip(known, ordinals(one.block for one in known), strict=True):
        block = one.block
        if isinstance(block, Paragraph):
            yield from around(list(_paragraphs(block, ordinal, fonts)), one.mark)
        elif isinstance(block, Table):
            yield from table(block, fonts, one.mark, width)
        elif isinstance(block, Photos):
            yield from pictures.row(block, fonts, one.mark, width)


def _paragraphs(block: Paragraph, ordinal: str, fonts: Fonts) -> Iterator[str]:
    """The first line after the ordinal and heading, further lines as running text."""
    heading_font = _level_font(block.level, fonts)
    texts = lines(block.text)
    head = run(ordinal + " ".join(lines(block.heading)), heading_font) if block.heading else ""
    start = head or run(ordinal, fonts.body)
    alone = bool(head) and not texts
    first = run(texts[0], fonts.body) if texts else ""
    if start or first:
        # A heading is not kept with its text: pages would fall short of their 22 rows (5.2.3).
        yield paragraph(
            start + first,
            first=2 * standard.CELL,
            outline=block.level - 1 if alone and block.level else None,
        )
    for text in texts[1:]:
        yield paragraph(run(text, fonts.body), first=2 * standard.CELL)


def _level_font(level: int, fonts: Fonts) -> str:
    return {1: fonts.hei, 2: fonts.kai}.get(level, fonts.body)
