"""The stamp 草稿 at the top right of every page of what is not issued yet: the same in Word, PDF, print and preview."""

from typing import Final

DRAFT: Final = "草稿"
"""What it says."""
WIDTH_MM: Final = 24.0
HEIGHT_MM: Final = 10.0
TOP_MM: Final = 15.0
"""From the page's top edge: within 天头, so that nothing of the text moves."""
RIGHT_MM: Final = 26.0
"""From the page's right edge: in line with 版心."""
RULE_POINTS: Final = 1.5
SIZE_POINTS: Final = 16
