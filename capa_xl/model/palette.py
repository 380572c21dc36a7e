"""The one palette (RGB hex without #): workbook, charts, letters and papers take their colours from here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NAVY: Final = "1F3864"
PALE_BLUE: Final = "DDE7F3"
BLOCK_FILL: Final = "C3D3EA"
"""Under the heading of a block of a form: darker than its labels, and navy reads on it at 7.6."""
ACCENT: Final = "2F6DB5"
OVERDUE: Final = "C00000"
OVERDUE_FILL: Final = "FBE3DF"
DUE_SOON: Final = "7F6000"
DUE_SOON_FILL: Final = "FFF2CC"
DONE: Final = "2E6B3A"
DONE_FILL: Final = "E4F1E1"
SILENT: Final = "595959"
SILENT_FILL: Final = "F2F2F2"
TO_CORRECT: Final = "5B2C83"
TO_CORRECT_FILL: Final = "EADFF5"
AUTO_FILL: Final = "F5F3FA"
NEEDED_FILL: Final = "EAF2FB"
BORDER: Final = "9AA8BD"
PEN_LINE: Final = "9AA8BC"
"""Lines of empty rows to write on. To the eye `BORDER`, but never equal to it: LibreOffice prints no blank cells that
look like the rest of their column.
"""
CHART_DARK: Final = "14284B"
CHART_LIGHT: Final = "98B7DD"
"""Columns beside each other: they, a line in `OVERDUE` over them and the paper differ in lightness by 2 or more each,
so that a photocopy tells them apart. Navy itself is too near to that red.
"""
PHASES: Final = {"P": "EEF3FA", "D": "2F6DB5", "C": "DB9D22", "A": "173F22"}
"""PDCA phases on the timeline: each two differ in lightness by 2 or more, for grey print; their letters on them."""
PHASE_INKS: Final = {"P": "222222", "D": "FFFFFF", "C": "222222", "A": "FFFFFF"}
HEAT: Final = (("DEE3EA", "222222"), ("BAC3D3", "222222"), ("8491AA", "000000"), ("41567B", "FFFFFF"))
"""White to navy in four steps, light to dark, each with the ink that can be read on it."""
FONT: Final = "微软雅黑"
FONT_FALLBACK: Final = "等线"
NORMAL: Final[Mapping[str, str | int]] = MappingProxyType({"font_name": FONT, "font_size": 10, "font_scheme": "none"})
"""The style Normal of every workbook, as XlsxWriter names it.

Columns are counted in its digits: 7 pixels each in Excel, and hardly more in LibreOffice, which has a typeface for
微软雅黑 where it takes one a third wider for a missing Calibri. A font tied to the theme (`minor`) is no 微软雅黑 in
Excel, which takes the theme's instead.
"""
WHITE: Final = "FFFFFF"
INK: Final = "222222"
MUTED: Final = "595959"
SOFT_INK: Final = "404040"
PAPER_BORDER: Final = "7F8FA9"
DARK_GROUND: Final = "1B1F27"
DARK_CARD: Final = "252B36"
DARK_TEXT: Final = "E6EAF2"
DARK_MUTED: Final = "A9B4C6"
DARK_LINK: Final = "9CC3F5"
DARK_OVERDUE: Final = "FF9A8F"
DARK_DUE_SOON: Final = "F2D98A"
"""Ground, text and notes of letters, and the dark twins for letters read in dark mode."""
