"""The styles of an official document's text (5.2.2, 7.3)."""

from exporters.pages.fonts import Style
from exporters.pages.geometry import BODY, SMALL, SQUEEZE
from exporters.pages.geometry import TITLE as TITLE_SIZE

TEXT = Style("body", BODY, SQUEEZE)
KAI = TEXT._replace(role="kai")
HEI = TEXT._replace(role="hei")
TITLE = Style("mark", TITLE_SIZE)
SMALL_TEXT = Style("body", SMALL)
NUMBER = Style("song", SMALL)
