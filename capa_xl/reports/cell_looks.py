"""How the cells of the workbooks we make look: one frame, one look for each kind of column and each meaning."""

from __future__ import annotations

from typing import Any

from capa_xl.model import palette

SCREEN = "screen"
"""Of a column that stands last, on one line, and isn't printed."""

BODY: dict[str, Any] = {
    **palette.NORMAL,
    "valign": "vcenter",
    "border": 1,
    "border_color": palette.BORDER,
}
_RIGHT = {"align": "right", "indent": 1}
LOOKS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "indent": 1},
    "wrap": {"text_wrap": True, "indent": 1},
    "quote": {"text_wrap": True, "indent": 1},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "number": {"num_format": "0.0", **_RIGHT},
    "figure": {"num_format": "0.0###", **_RIGHT},
    "count": {"num_format": "0", "align": "center"},
    "share": {"num_format": "[=0]0.0%;[<0.01]0.00%;0.0%", **_RIGHT},
    "mark": {"align": "center"},
    SCREEN: {"indent": 1, "font_color": palette.MUTED},
    "link": {"font_color": palette.ACCENT, "underline": 1, "indent": 1},
    "bad": {"font_color": palette.OVERDUE, "bg_color": palette.OVERDUE_FILL, "align": "center"},
    "soon": {"font_color": palette.DUE_SOON, "bg_color": palette.DUE_SOON_FILL, "align": "center"},
    "good": {"font_color": palette.DONE, "bg_color": palette.DONE_FILL, "align": "center"},
    "silent": {"font_color": palette.MUTED, "bg_color": palette.SILENT_FILL, "align": "center"},
}
HEADER = BODY | {
    "bold": True,
    "bg_color": palette.PALE_BLUE,
    "font_color": palette.NAVY,
    "text_wrap": True,
    "align": "center",
}
TITLE = {"font_name": palette.FONT, "font_size": 16, "bold": True, "font_color": palette.NAVY}
NOTE = {"font_name": palette.FONT, "font_size": 9, "font_color": palette.SILENT}
