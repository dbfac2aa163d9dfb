"""What ui.json may say: a value of another shape is left out, and the window opens with its default.

The file is read by many parts of the screen, written by older and newer programs, and may be anything at all.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

MOST = 10_000
"""Pixels of any screen, and numbers of anything the screen counts."""
Fits = Callable[[Any], bool]


def read(path: Path) -> dict[str, Any]:
    """The values of a file, as far as they are what they should be; none where it cannot be read."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {key: value for key, value in values.items() if is_text(key) and fits(key, value)}


def fits(key: str, value: Any) -> bool:
    """Whether a value is of the shape its key has."""
    return all(shape(value) for pattern, shape in _SHAPES if pattern.fullmatch(key))


def is_text(value: Any) -> bool:
    """A text without half characters, which no file can hold."""
    return isinstance(value, str) and not any("\ud800" <= one <= "\udfff" for one in value)


def is_count(value: Any) -> bool:
    """A whole number of things on a screen."""
    return type(value) is int and 0 <= value <= MOST


def is_id(value: Any) -> bool:
    """A record's number, or none."""
    return value is None or (type(value) is int and 0 < value < 1 << 53)


def is_plain(value: Any) -> bool:
    """What a single choice is: a text, a number, yes or no, none."""
    return value is None or isinstance(value, bool) or is_text(value) or (type(value) is int and abs(value) < 1 << 53)


def _list_of(one: Fits) -> Fits:
    return lambda value: isinstance(value, list) and all(one(item) for item in value)


def _dict_of(one: Fits) -> Fits:
    return lambda value: isinstance(value, dict) and all(is_text(key) and one(item) for key, item in value.items())


def _record(**fields: Fits) -> Fits:
    """A dictionary whose known keys, where they are there, have their shapes."""

    def shape(value: Any) -> bool:
        return isinstance(value, dict) and all(one(value[key]) for key, one in fields.items() if key in value)

    return shape


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_first(value: Any) -> bool:
    """The first page: its statement, and of each column the key, label, width and alignment."""
    if value == {}:
        return True
    known = _record(sql=is_text, params=_dict_of(is_plain), columns=_list_of(_is_column), splitter=_sizes)
    return known(value) and {"sql", "params", "columns"} <= value.keys()


def _is_column(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 4:
        return False
    key, label, width, _align = value
    return is_text(key) and is_text(label) and is_count(width)


def _sizes(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(is_count(one) for one in value)


_texts = _list_of(is_text)
_FILTER: dict[str, Fits] = {
    "key": is_text, "kind": lambda value: value in ("values", "days", "number", "text"), "values": _list_of(is_plain),
    "labels": _texts, "low": is_text, "high": is_text, "text": is_text,
}  # fmt: skip


def _is_filter(value: Any) -> bool:
    shape = _record(**_FILTER)
    return shape(value) and {"key", "kind", "values", "labels"} <= value.keys() <= _FILTER.keys()


_view = _record(
    search=is_text, chip=is_text, sort=is_text, descending=_is_flag, campaign=is_id, filters=_list_of(_is_filter)
)
_SHAPES: tuple[tuple[re.Pattern[str], Fits], ...] = tuple(
    (re.compile(pattern), shape)
    for pattern, shape in (
        (r"tab|segment\..+", is_count),
        (r"geometry|operator_day|.*\.folder|handout\.(source|target)", is_text),
        (r"campaign", is_id),
        (r"operators|backup\.lacking", _texts),
        (r"package\.photos|again\..+", _is_flag),
        (r"export\.[^.]+\..+", is_plain),
        (r"splitter\..+", _sizes),
        (r"columns\..+", _record(widths=_dict_of(is_count), hidden=_texts, order=_texts)),
        (r"view\..+", _view),
        (r"step\..+", _dict_of(is_plain)),
        (r"first", _is_first),
    )
)
