"""Filling pages with rows, in time linear in their number."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from exporters.pages.geometry import Frame
from exporters.pages.rows import Row

_TOLERANCE = 0.02


class Placed(NamedTuple):
    """A row on its page: its top in points from the page's top."""

    y: float
    row: Row


Filled = list[Placed]


def fill(rows: Iterable[Row], frame: Frame) -> Iterator[Filled]:
    """Pages of rows, each whole and within the type area.

    A row that must stay with its successor goes over with it, unless the whole page is such rows or
    they would not fit on the next page together.
    A table that goes over repeats its head. Rows are asked for as pages need them.
    """
    page: list[Row] = []
    used = 0.0
    for row in rows:
        if page and used + row.height > frame.rows_height + _TOLERANCE:
            if row.space:
                continue
            over = _kept(page)
            if sum(each.height for each in (*_headed(over), row)) > frame.rows_height + _TOLERANCE:
                over = []
            yield _stack(page[: len(page) - len(over)], frame)
            page = _headed(over) or [*row.head]
            used = sum(each.height for each in page)
        page.append(row)
        used += row.height
    if page:
        yield _stack(page, frame)


def _kept(page: list[Row]) -> list[Row]:
    """The rows at the foot of a page that stay with what follows; none if that is all of them."""
    at = len(page)
    while at and page[at - 1].keep:
        at -= 1
    return page[at:] if at else []


def _headed(rows: list[Row]) -> list[Row]:
    """Rows that open a page, below the head of the table they go on with."""
    return [*rows[0].head, *rows] if rows else []


def _stack(rows: list[Row], frame: Frame) -> Filled:
    placed: Filled = []
    y = frame.rows_top
    for row in rows:
        placed.append(Placed(y, row))
        y += row.height
    return placed
