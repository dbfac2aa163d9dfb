"""Draw the program's icon: `icon.py APP.svg FOLDER`.

Writes app.ico, app-<size>.png for every size, and welcome.bmp, the left edge of the installer's first page.

Run by build.py with the virtual environment's Python, which has Qt.
"""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256)


def main(svg: Path, folder: Path) -> None:
    """Write every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    images = {size: draw(svg, size) for size in SIZES}
    for size, image in images.items():
        if not image.save(str(folder / f"app-{size}.png")):
            raise OSError(f"cannot write into {folder}")
    (folder / "app.ico").write_bytes(ico(images))
    if not welcome(svg).save(str(folder / "welcome.bmp")):
        raise OSError(f"cannot write into {folder}")


def draw(svg: Path, size: int) -> QImage:
    """Draw the icon `size` pixels wide."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    return image


def welcome(svg: Path) -> QImage:
    """Draw the installer's edge: the icon on the office's grey, a red rule at the right."""
    image = QImage(164, 314, QImage.Format.Format_RGB888)
    image.fill(QColor("#F2F3F7"))
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter, QRectF(34, 64, 96, 96))
    painter.fillRect(161, 0, 3, 314, QColor("#C00000"))
    painter.end()
    return image


def ico(images: dict[int, QImage]) -> bytes:
    """Return a Windows icon; the 256 pixel picture is PNG, the others bitmaps, as installers expect."""
    pictures = [png(image) if size == 256 else bitmap(image) for size, image in images.items()]
    directory = struct.pack("<HHH", 0, 1, len(images))
    offset = len(directory) + 16 * len(images)
    for size, picture in zip(images, pictures, strict=True):
        directory += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return directory + b"".join(pictures)


def png(image: QImage) -> bytes:
    """Return the picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def bitmap(image: QImage) -> bytes:
    """Return the picture as an icon's bitmap: header, rows from the bottom up, an empty mask."""
    size = image.width()
    pixels = bytes(image.constBits())
    rows = [pixels[y * size * 4 : (y + 1) * size * 4] for y in reversed(range(size))]
    mask = bytes((size + 31) // 32 * 4 * size)
    header = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, len(mask) + size * size * 4, 0, 0, 0, 0)
    return header + b"".join(rows) + mask


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
