"""The look: every colour, size and font of the program is named here, and the one style sheet made of them.

The accent is 公文红 and means official or overdue, never decoration. A status is colour and shape at once,
for colour-blind clerks and black-and-white printers.
"""

from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from models.domain.catalogs import resources

PAPER: Final = "#FFFFFF"
FRAME: Final = "#F2F4F7"
BAND: Final = "#E7EBF0"
LINE: Final = "#D5DAE1"
INK: Final = "#1F2933"
MUTED: Final = "#5B6673"
FAINT: Final = "#98A2AE"
ACCENT: Final = "#C00000"
"""公文红: official or overdue."""
ACCENT_SOFT: Final = "#FBEDED"
FOCUS: Final = "#2B5C92"
FOCUS_DARK: Final = "#234B78"
SELECT: Final = "#D9E6F4"
HOVER: Final = "#EBF1F8"
GREEN: Final = "#2E7D4F"
AMBER: Final = "#B26A00"
BLUE: Final = "#2B6CB0"
VIOLET: Final = "#6B4FA0"
YELLOW: Final = "#E0A100"

TINY: Final = 4
SMALL: Final = 8
MEDIUM: Final = 12
LARGE: Final = 16
HUGE: Final = 24
"""Spacing, px."""

ROW: Final = 32
FIELD: Final = 32
BODY: Final = 14
NOTE: Final = 12
TITLE: Final = 18
"""Heights and font sizes, px."""

STYLE: Final = ("-style", "fusion")
"""The widget style, as the application's arguments: naming a style object costs more than the window's frame."""
FAMILIES: Final[tuple[str, ...]] = (
    "Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "PingFang SC",
)  # fmt: skip


def install(app: QApplication) -> None:
    """Give the application its fonts, palette and Chinese standard buttons; ``STYLE`` it was started with."""
    app.setFont(ui_font())
    _translate(app)
    if not high_contrast(app):
        app.setPalette(_palette())
        app.setStyleSheet(style_sheet())


def high_contrast(app: QApplication) -> bool:
    """Whether the system's palette is one of strong contrast, which then wins over ours."""
    palette = app.palette()
    text, base = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
    return abs(text.lightness() - base.lightness()) > 250 and base.lightness() < 10


def ui_font() -> QFont:
    """The body font: Qt takes the first of the wanted families the machine has."""
    font = QFont(list(FAMILIES))
    font.setPixelSize(BODY)
    return font


def _translate(app: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def _palette() -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, FRAME), (roles.Base, PAPER), (roles.AlternateBase, "#FAFBFC"), (roles.Button, PAPER),
        (roles.Text, INK), (roles.WindowText, INK), (roles.ButtonText, INK), (roles.Highlight, SELECT),
        (roles.HighlightedText, INK), (roles.PlaceholderText, FAINT), (roles.ToolTipBase, INK),
        (roles.ToolTipText, PAPER), (roles.Link, FOCUS), (roles.Mid, LINE), (roles.Light, PAPER),
    ):  # fmt: skip
        palette.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(FAINT))
    return palette


def style_sheet() -> str:
    """The style sheet with the names above filled in."""
    sheets = sorted((resources() / "style").glob("*.qss"))
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    names = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, str | int)}
    names["ICONS"] = (resources() / "icons").as_posix()
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(f"${name}", str(names[name]))
    return text
