"""What a list shows at the moment, for whatever writes it into a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.queries.lists.listing import ListQuery, ListSpec


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list's title, its columns as they stand on the screen, and the query its rows come from."""

    title: str
    spec: ListSpec
    query: ListQuery
    days: Mapping[str, str]
    """The bounds its lights are judged by."""
    columns: tuple[tuple[int, int], ...]
    """Of the columns shown, place in ``spec.columns`` and width in pixels, from left to right."""
    ids: Callable[[], Sequence[int]]
    """Reads which records the query finds."""
