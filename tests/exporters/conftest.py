"""Headless Qt with the free fonts where they are installed; set before any font is looked up."""

import os
from pathlib import Path

FREE_FONTS = Path.home() / ".cache" / "gbt9704-fonts" / "fonts.conf"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if FREE_FONTS.exists():
    os.environ.setdefault("FONTCONFIG_FILE", str(FREE_FONTS))
