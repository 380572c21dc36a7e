"""The frame of a drawing that stands in the text like a character: charts and photos differ only in what is in it."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

from capa_xl.reports.xml_text import one_line

EMU_PER_CM: Final = 360_000
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def drawing_id(number: int) -> int:
    """The id in the document of the drawing of that number."""
    return 1000 + number


def inline_drawing(
    number: int, name: str, description: str, size: tuple[int, int], namespace: str, graphic: str
) -> Markup:
    """The drawing; it closes the run's text and opens another.

    Args:
        number: Of the drawing in the document, from 1.
        name: As Word's selection pane lists it.
        description: Any text; read out to those who don't see it.
        size: Width and height in EMU.
        namespace: Of the graphic's kind.
        graphic: The element of that kind.
    """
    width, height = size
    return Markup(
        f'</w:t><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{drawing_id(number)}" name="{name}" descr="{escape(one_line(description))}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{namespace}">{graphic}'
        '</a:graphicData></a:graphic></wp:inline></w:drawing><w:t xml:space="preserve">'
    )
