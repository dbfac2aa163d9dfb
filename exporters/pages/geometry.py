"""The page's lengths in points, from the one place that knows the standard's numbers."""

from typing import NamedTuple

from exporters import standard as page

MM = 72 / 25.4
POINT = 20
"""Twips in a point."""

SHEET_WIDTH, SHEET_HEIGHT = page.PAGE_WIDTH / POINT, page.PAGE_HEIGHT / POINT
TOP, BOTTOM, LEFT, RIGHT = (side / POINT for side in (page.TOP, page.BOTTOM, page.LEFT, page.RIGHT))
TEXT_WIDTH, TEXT_HEIGHT = page.TEXT_WIDTH / POINT, page.TEXT_HEIGHT / POINT

PITCH = page.PITCH / POINT
SMALL_PITCH = page.SMALL_PITCH / POINT
BODY, TITLE, SMALL = page.BODY / 2, page.TITLE / 2, page.SMALL / 2
SQUEEZE = page.TIGHTEN / POINT
CELL = page.CELL / POINT


_ON_GRID = 1.03


def baseline(height: float, *, on_grid: bool = False) -> float:
    """Where LibreOffice puts the baseline in a line of an exact height, from its top.

    A line that snaps to the page's grid stands a little higher than one that does not.
    """
    return 0.8 * height - (_ON_GRID if on_grid else 0.0)


class Frame(NamedTuple):
    """A page as it is read, in points: its size and its type area (版心)."""

    width: float
    height: float
    left: float
    top: float
    text_width: float
    text_height: float

    @property
    def rows_height(self) -> float:
        """The height that whole lines fill; nothing is set below them."""
        return int(self.text_height / PITCH) * PITCH

    @property
    def rows_top(self) -> float:
        """Where the first line begins: the lines stand in the middle of the type area's height."""
        return self.top + (self.text_height - self.rows_height) / 2

    @property
    def bottom(self) -> float:
        """The lower edge of the type area."""
        return self.top + self.text_height

    @property
    def right(self) -> float:
        """The right edge of the type area."""
        return self.left + self.text_width

    @property
    def landscape(self) -> bool:
        """Whether the page is read with its sheet turned."""
        return self.width > self.height


PORTRAIT = Frame(SHEET_WIDTH, SHEET_HEIGHT, LEFT, TOP, TEXT_WIDTH, TEXT_HEIGHT)
# Clause 8: the sheet is turned with the table's head to the left side, so that the binding side (28 mm)
# comes to lie on top and the sheet's top (37 mm) on the right.
LANDSCAPE = Frame(SHEET_HEIGHT, SHEET_WIDTH, BOTTOM, LEFT, TEXT_HEIGHT, TEXT_WIDTH)
