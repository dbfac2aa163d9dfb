"""Pictures side by side as one row, each with its caption below."""

from collections.abc import Callable
from pathlib import Path

from exporters.docx.text import clean
from exporters.pages import decoding
from exporters.pages.geometry import PITCH, SMALL_PITCH, baseline
from exporters.pages.rows import Mark, Picture, Row, Text, speck, text_rows
from exporters.pages.setting import Piece, Setter, Shape
from exporters.pages.styles import SMALL_TEXT
from models.errors import Refusal
from models.paper.elements import Paper, Photo, Photos

PhotoPath = Callable[[str], Path]

_MARGIN = 6.0
_TALLEST = 10 * PITCH
_UNKNOWN = (4, 3)


def photos(given: Photos, part: str, setter: Setter, width: float, photo_path: PhotoPath | None) -> list[Row]:
    """The pictures over ``width`` points, their captions, the row's own caption."""
    if not given.photos:
        return []
    share = width / len(given.photos)
    sizes = [_size(photo, share - 2 * _MARGIN, photo_path) for photo in given.photos]
    tallest = max(height for _, height in sizes)
    marks: list[Mark] = []
    for place, (photo, (wide, high)) in enumerate(zip(given.photos, sizes, strict=True)):
        x = place * share + (share - wide) / 2
        marks.append(Picture(photo.sha256, x, tallest - high, wide, high))
    rows = [Row(tallest, tuple(marks), part, keep=True), *_captions(given, part, setter, share)]
    if not given.caption:
        return [*rows, speck(part)]
    below = setter.lines([Piece(clean(given.caption), SMALL_TEXT)], Shape(width, align="center"))
    return [*rows, *text_rows(below, part, pitch=SMALL_PITCH), Row(_MARGIN, part=part, space=True)]


def _captions(given: Photos, part: str, setter: Setter, share: float) -> list[Row]:
    if not any(photo.caption for photo in given.photos):
        return []
    cells = [
        setter.lines(
            [Piece(clean(photo.caption), SMALL_TEXT)],
            Shape((place + 1) * share - _MARGIN, left=place * share + _MARGIN, align="center"),
        )
        for place, photo in enumerate(given.photos)
    ]
    marks = tuple(
        Text(line, number * SMALL_PITCH + baseline(SMALL_PITCH)) for cell in cells for number, line in enumerate(cell)
    )
    return [Row(max(map(len, cells)) * SMALL_PITCH, marks, part, keep=True)]


def check(paper: Paper, photo_path: PhotoPath | None) -> None:
    """See that every picture of a paper can be read before anything is written.

    Raises:
        Refusal: a picture's file is gone or damaged.
        ValueError: the paper holds photos and ``photo_path`` is missing.
    """
    for block in (*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)):
        for photo in block.photos if isinstance(block, Photos) else ():
            _check(photo, photo_path)


def _check(photo: Photo, photo_path: PhotoPath | None) -> None:
    if photo_path is None:
        raise ValueError("a paper with photos needs photo_path")
    name, path = photo.caption or photo.sha256[:8], photo_path(photo.sha256)
    if not path.exists():
        raise Refusal(f"照片“{name}”的文件找不到，请在文稿中删去这张照片或从备份恢复后再导出。")
    if not decoding.size_of(path).isValid():
        raise Refusal(f"照片“{name}”的文件已损坏，请在文稿中换一张照片后再导出。")


def _size(photo: Photo, width: float, photo_path: PhotoPath | None) -> tuple[float, float]:
    """The picture's size in points inside ``width`` and ten lines."""
    wide, high = _pixels(photo, photo_path)
    scale = min(width / wide, _TALLEST / high)
    return wide * scale, high * scale


def _pixels(photo: Photo, photo_path: PhotoPath | None) -> tuple[int, int]:
    if photo_path is None:
        return _UNKNOWN
    size = decoding.size_of(photo_path(photo.sha256))
    return (size.width(), size.height()) if size.isValid() else _UNKNOWN
