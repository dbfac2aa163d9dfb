"""Draw the demo office's evidence pictures: `demo_pictures.py FOLDER` (resources/demo/pictures).

Two a finding, before its rectification and after, all invented. Run with the virtual environment's Python, which has
Qt, and without a screen (QT_QPA_PLATFORM=offscreen); the pictures are kept in the repository, because the demo is
filled by code that does not draw.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QLinearGradient, QPainter, QPen, QPolygonF

WIDTH, HEIGHT, QUALITY = 640, 480, 66
GROUND = 370
MASKS = {"worn": (0.55, 0.46), "chin": (0.95, 0.22)}
"""Where a mask begins below the top of the head and how tall it is, in heads."""
SKIN, CLOTHES = "#E8C4A0", ("#3C5A80", "#7A4B3A", "#4C7050", "#6B5B7B", "#8A6D3B", "#35636B")


def main(folder: Path) -> None:
    """Write every picture."""
    application = QGuiApplication(sys.argv[:1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in SCENES.items():
        for stage, mended in (("before", False), ("after", True)):
            image, path = drawn(draw, mended=mended), folder / f"{name}-{stage}.jpg"
            if not image.save(str(path), "JPG", QUALITY):  # type: ignore[call-overload]
                raise OSError(f"cannot write into {folder}")
    application.quit()


def drawn(scene: Callable[[QPainter, bool], None], *, mended: bool) -> QImage:
    """One picture, marked as invented."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scene(painter, mended)
    box(painter, (0, HEIGHT - 34, WIDTH, 34), "#1F2933", line="")
    words(painter, "演示图片，内容虚构", (12, HEIGHT - 34, 400, 34), 17, "#FFFFFF", to=Qt.AlignmentFlag.AlignLeft)
    words(
        painter,
        "整改后" if mended else "整改前",
        (440, HEIGHT - 34, 188, 34),
        17,
        "#FFFFFF",
        to=Qt.AlignmentFlag.AlignRight,
    )
    painter.end()
    return image


# ---- strokes

Area = tuple[float, float, float, float]


def box(painter: QPainter, area: Area, colour: str, line: str = "#4A5560", rounding: float = 0) -> None:
    """A filled box."""
    painter.setPen(QPen(QColor(line), 2) if line else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(*area), rounding, rounding)


def shade(painter: QPainter, area: Area, top: str, bottom: str) -> None:
    """A box from one colour to another."""
    gradient = QLinearGradient(0, area[1], 0, area[1] + area[3])
    gradient.setColorAt(0, QColor(top))
    gradient.setColorAt(1, QColor(bottom))
    painter.fillRect(QRectF(*area), gradient)


def words(
    painter: QPainter, text: str, area: Area, size: int, colour: str = "#1F2933", *,
    to: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
) -> None:  # fmt: skip
    """A text in an area."""
    font = QFont()
    font.setFamilies(["Noto Sans CJK SC", "Noto Serif CJK SC", "Microsoft YaHei"])
    font.setPixelSize(size)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(*area), to | Qt.AlignmentFlag.AlignVCenter, text)


def shape(painter: QPainter, points: Sequence[tuple[float, float]], colour: str) -> None:
    """A filled polygon."""
    painter.setPen(QPen(QColor("#4A5560"), 2))
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))


def stroke(
    painter: QPainter, start: tuple[float, float], end: tuple[float, float], colour: str, wide: float = 3
) -> None:
    """A straight line."""
    painter.setPen(QPen(QColor(colour), wide))
    painter.drawLine(QPointF(*start), QPointF(*end))


def outdoors(painter: QPainter, *, night: bool = False) -> None:
    """Sky and pavement."""
    shade(painter, (0, 0, WIDTH, GROUND), "#1B2740" if night else "#BFD6EA", "#33415C" if night else "#EAF1F6")
    shade(
        painter,
        (0, GROUND, WIDTH, HEIGHT - GROUND),
        "#5C6168" if night else "#B9BDC2",
        "#44484E" if night else "#9DA2A8",
    )


def indoors(painter: QPainter) -> None:
    """Wall and floor."""
    shade(painter, (0, 0, WIDTH, GROUND), "#EFEBE2", "#E0DACD")
    shade(painter, (0, GROUND, WIDTH, HEIGHT - GROUND), "#C9C1B2", "#AFA797")
    box(painter, (0, GROUND - 8, WIDTH, 8), "#9A927F", line="")


def person(painter: QPainter, x: float, foot: float, number: int = 0, *, mask: str = "worn", high: float = 150) -> None:
    """A person standing; a mask is worn, at the chin, or none."""
    head, coat = high * 0.2, CLOTHES[number % len(CLOTHES)]
    top = foot - high
    box(painter, (x - high * 0.12, foot - high * 0.42, high * 0.1, high * 0.42), "#2B3440", line="")
    box(painter, (x + high * 0.02, foot - high * 0.42, high * 0.1, high * 0.42), "#2B3440", line="")
    box(painter, (x - high * 0.17, top + head * 1.05, high * 0.34, high * 0.42), coat, rounding=10)
    box(painter, (x - head / 2, top, head, head * 1.1), SKIN, line="#A58563", rounding=head / 2)
    box(painter, (x - head / 2, top - 3, head, head * 0.42), "#2A2320", line="", rounding=head * 0.2)
    if mask == "worn":
        box(
            painter,
            (x - head * 0.42, top + head * 0.55, head * 0.84, head * 0.46),
            "#DCEBF7",
            line="#8FB2CC",
            rounding=4,
        )
    elif mask == "chin":
        box(
            painter,
            (x - head * 0.42, top + head * 0.95, head * 0.84, head * 0.22),
            "#DCEBF7",
            line="#8FB2CC",
            rounding=4,
        )


def sign(painter: QPainter, text: str, area: Area, colour: str = "#2B5C92") -> None:
    """A signboard."""
    box(painter, area, colour, rounding=4)
    words(painter, text, area, int(area[3] * 0.55), "#FFFFFF")


# ---- scenes


def booth(painter: QPainter, mended: bool, *, night: bool = False, name: str = "东门值守点") -> None:
    """A gate: nobody there, then someone on duty with a table and a register."""
    outdoors(painter, night=night)
    box(painter, (60, 130, 190, 240), "#D7DEE4")
    shape(painter, [(45, 130), (265, 130), (235, 95), (75, 95)], "#8C3B33")
    lit = "#F6D98A" if mended else "#39424D"
    box(painter, (85, 165, 140, 90), lit if night else "#A9C6DC")
    sign(painter, name, (70, 268, 170, 38))
    stroke(painter, (300, 180 if not mended else 300), (610, 60 if not mended else 300), "#C0392B", 9)
    box(painter, (285, 280, 26, 90), "#E4B23A")
    if mended:
        person(painter, 400, 385, 0, high=170)
        box(painter, (450, 320, 130, 14), "#7B5B3A")
        for leg in (460, 562):
            box(painter, (leg, 334, 8, 50), "#7B5B3A", line="")
        box(painter, (470, 300, 46, 20), "#FFFFFF")
        box(painter, (535, 284, 30, 36), "#FFFFFF")
        words(painter, "码", (535, 284, 30, 36), 20)
    else:
        box(painter, (470, 340, 60, 10), "#7B5B3A")
        for leg in (474, 520):
            box(painter, (leg, 350, 6, 34), "#7B5B3A", line="")


def notice(painter: QPainter, mended: bool) -> None:
    """A notice at a door: an old torn one, then the present one."""
    indoors(painter)
    box(painter, (370, 60, 200, 310), "#6F7F8C")
    box(painter, (545, 215, 12, 40), "#D8B65A")
    words(painter, "3栋 1单元", (370, 68, 200, 36), 22, "#FFFFFF")
    if mended:
        box(painter, (90, 80, 210, 270), "#FFFFFF")
        box(painter, (90, 80, 210, 54), "#C0392B")
        words(painter, "防控提示", (90, 80, 210, 54), 28, "#FFFFFF")
        for row, text in enumerate(("出入请扫码测温", "佩戴口罩，勤洗手", "返乡主动报告", "社区电话见下方")):
            words(painter, text, (106, 150 + row * 44, 190, 36), 21, to=Qt.AlignmentFlag.AlignLeft)
    else:
        ragged = [
            (90, 80),
            (300, 80),
            (300, 240),
            (262, 268),
            (240, 238),
            (208, 300),
            (150, 262),
            (118, 350),
            (90, 330),
        ]
        shape(painter, ragged, "#E5DCC3")
        words(painter, "去年版提示", (100, 92, 190, 44), 24, "#9A8F74")
        for row in range(3):
            stroke(painter, (110, 160 + row * 30), (270 - row * 40, 160 + row * 30), "#C9BFA2", 4)


def lift(painter: QPainter, mended: bool) -> None:
    """A lift's buttons: the film over them in shreds, then new, with a signed record beside it."""
    shade(painter, (0, 0, WIDTH, HEIGHT), "#C7CDD3", "#99A2AB")
    box(painter, (190, 30, 180, 400), "#E4E8EC", rounding=8)
    for number in range(12):
        x, y = 215 + number % 2 * 75, 60 + number // 2 * 60
        box(painter, (x, y, 50, 44), "#F7F9FA", line="#7C8791", rounding=22)
        words(painter, str(12 - number), (x, y, 50, 44), 20)
    film = QColor("#7FB8E8")
    film.setAlpha(70)
    painter.setPen(QPen(QColor("#5B93C4"), 2))
    painter.setBrush(film)
    if mended:
        painter.drawRect(QRectF(198, 40, 164, 380))
        box(painter, (430, 90, 160, 220), "#FFFFFF")
        words(painter, "消毒记录", (430, 96, 160, 34), 21)
        for row in range(5):
            stroke(painter, (442, 160 + row * 30), (578, 160 + row * 30), "#9AA5B1", 2)
            words(painter, "✓", (545, 134 + row * 30, 30, 26), 20, "#2E7D4F")
    else:
        torn = [
            (198, 40),
            (362, 40),
            (362, 110),
            (320, 150),
            (340, 190),
            (262, 170),
            (240, 260),
            (214, 210),
            (198, 330),
        ]
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in torn]))


def counter(painter: QPainter, mended: bool, *, name: str = "综合窗口") -> None:
    """A counter: people crowd before it, then stand one metre apart behind a line."""
    indoors(painter)
    box(painter, (20, 190, 150, 180), "#A98D66")
    box(painter, (20, 170, 160, 24), "#C5AB84")
    box(painter, (40, 70, 110, 100), "#BFD9E8")
    sign(painter, name, (20, 22, 160, 38))
    if mended:
        for place in range(3):
            x = 250 + place * 130
            box(painter, (x - 44, 410, 88, 8), "#F2C230", line="")
            person(painter, x, 408, place, high=180)
        words(painter, "请在一米线外等候", (240, 60, 340, 44), 30, "#B26A00")
    else:
        for place in range(6):
            person(
                painter, 215 + place * 44, 400 - place % 2 * 14, place, high=180, mask="worn" if place % 3 else "chin"
            )


def stock(painter: QPainter, mended: bool) -> None:
    """A shelf of protective clothing: almost empty, then full."""
    indoors(painter)
    sign(painter, "防护物资", (220, 20, 200, 46))
    for row in range(3):
        box(painter, (70, 168 + row * 96, 500, 12), "#8A6F4D")
        for place in range(8):
            if mended or (row == 0 and place < 3) or (row == 1 and place < 2):
                x, y = 84 + place * 60, 100 + row * 96
                box(painter, (x, y, 50, 68), "#E9F1F7" if row < 2 else "#F4E7D4", line="#8FA5B5")
                words(painter, ("衣", "罩", "液")[row], (x, y + 14, 50, 40), 24, "#2B5C92")
    for edge in (64, 566):
        box(painter, (edge, 80, 12, 310), "#6F5738")


def tent(painter: QPainter, mended: bool) -> None:
    """A checkpoint's tent: torn, its lamp dark; then a new one, lit."""
    outdoors(painter, night=True)
    for post in (170, 470):
        box(painter, (post, 190, 10, 190), "#9AA3AD")
    shape(painter, [(130, 200), (325, 90), (520, 200)], "#3F78B5" if mended else "#6E7F90")
    if mended:
        glow = QColor("#FFE9A8")
        glow.setAlpha(110)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glow)
        painter.drawEllipse(QRectF(225, 180, 200, 190))
        box(painter, (312, 196, 26, 20), "#FFF3C4")
        person(painter, 300, 385, 2, high=160)
        sign(painter, "查验点", (385, 240, 80, 36))
    else:
        shape(painter, [(250, 190), (282, 140), (300, 188), (316, 152), (330, 198)], "#1B2740")
        box(painter, (312, 196, 26, 20), "#2C3442")
        for drop in range(14):
            stroke(painter, (262 + drop * 6, 205 + drop % 4 * 34), (260 + drop * 6, 222 + drop % 4 * 34), "#8FB2CC", 2)
    box(painter, (40, 330, 90, 50), "#7B5B3A")


def market(painter: QPainter, mended: bool) -> None:
    """A market on its day: stalls with people sitting close, then a passage kept free."""
    outdoors(painter)
    for stall in range(3):
        x = 30 + stall * 205
        box(painter, (x, 210, 170, 110), "#D9C6A3")
        for stripe in range(5):
            box(painter, (x + stripe * 34, 150, 34, 60), "#C0392B" if stripe % 2 else "#F5EFE3", line="")
    if mended:
        for place, x in enumerate((110, 330, 540)):
            person(painter, x, 430, place, high=150)
        words(painter, "此处禁止堂食，请打包带走", (120, 84, 400, 44), 28, "#B03A2E")
    else:
        for place in range(15):
            person(
                painter,
                40 + place * 40,
                420 + place % 3 * 14 - 14,
                place,
                high=130,
                mask=("none", "chin", "worn")[place % 3],
            )


def faces(painter: QPainter, mended: bool) -> None:
    """Three on duty: masks at the chin, then worn."""
    outdoors(painter)
    sign(painter, "泉水村卡点", (220, 40, 200, 46), "#35636B")
    for place, x in enumerate((150, 320, 490)):
        person(painter, x, 430, place, mask="worn" if mended else "chin", high=290)


def cabinet(painter: QPainter, mended: bool) -> None:
    """A disinfection cabinet: out of order, then running, full of bowls."""
    indoors(painter)
    box(painter, (190, 60, 260, 320), "#C9D1D8", rounding=8)
    box(painter, (210, 100, 220, 230), "#5B89B8" if mended else "#4A5058")
    for row in range(3):
        stroke(painter, (212, 170 + row * 68), (428, 170 + row * 68), "#C9D1D8", 3)
        for place in range(5 if mended else 1):
            painter.setPen(QPen(QColor("#7C8791"), 2))
            painter.setBrush(QColor("#FFFFFF"))
            painter.drawChord(QRectF(220 + place * 42, 120 + row * 68, 36, 92), 180 * 16, 180 * 16)
    box(painter, (400, 72, 20, 14), "#5FD07A" if mended else "#8A1F1F")
    if not mended:
        box(painter, (250, 190, 140, 60), "#FFF6D6", line="#B26A00")
        words(painter, "故障停用", (250, 190, 140, 60), 26, "#B26A00")


def store(painter: QPainter, mended: bool) -> None:
    """The store for medical waste: open and untidy, then shut and locked."""
    indoors(painter)
    words(painter, "医疗废物暂存间", (180, 18, 280, 44), 30, "#B26A00")
    if mended:
        box(painter, (200, 72, 240, 306), "#8C949C")
        box(painter, (302, 210, 36, 34), "#D8B65A", rounding=4)
        painter.setPen(QPen(QColor("#7A6A2E"), 5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(QRectF(307, 188, 26, 40), 0, 180 * 16)
        box(painter, (480, 130, 110, 150), "#FFFFFF")
        words(painter, "交接登记", (480, 136, 110, 30), 20)
        for row in range(4):
            stroke(painter, (490, 184 + row * 24), (580, 184 + row * 24), "#9AA5B1", 2)
    else:
        box(painter, (200, 72, 240, 306), "#2E343B")
        shape(painter, [(200, 72), (120, 100), (120, 400), (200, 378)], "#8C949C")
        for place in range(4):
            bag = "#E0A100" if place % 2 else "#3A3F45"
            box(painter, (225 + place * 55, 300 + place % 2 * 14, 60, 76), bag, rounding=18)


SCENES: dict[str, Callable[[QPainter, bool], None]] = {
    "gate": booth, "notice": notice, "lift": lift, "window": counter, "checkout": partial(counter, name="收银台"),
    "night": partial(booth, night=True, name="西门值守点"), "stock": stock, "tent": tent, "market": market,
    "masks": faces, "cabinet": cabinet, "waste": store,
}  # fmt: skip
"""By the name of their files; ``resources/demo/pictures.json`` says which finding each belongs to."""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
