"""The typefaces and sizes of a native chart's letters."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from capa_xl.model import palette


class ChartLook(Struct, frozen=True):
    """How big its letters are and what they are set in.

    Attributes:
        text, heading: Typefaces of the axes and of the title.
        size, heading_size: In points.
        is_low: A picture is a third as high as wide: what the plot has of it isn't left to the reader's program.
    """

    text: str = palette.FONT
    heading: str = palette.FONT
    size: float = 9
    heading_size: float = 11
    is_low: bool = False

    def font(self, *, bold: bool = False, colour: str = palette.INK) -> dict[str, Any]:
        """The font of axes and labels."""
        return {"name": self.text, "size": self.size, "bold": bold, "color": f"#{colour}"}
