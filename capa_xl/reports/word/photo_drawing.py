"""A photo in the text of a document, and the part that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup
from msgspec import Struct

from capa_xl.model.evidence import Photo
from capa_xl.ooxml.new_zip import NewMember, new_member
from capa_xl.reports.word.inline_drawing import EMU_PER_CM, R, drawing_id, inline_drawing

_WIDTH_CM, _HEIGHT_CM = 7.6, 5.7
"""Two beside each other, six of them a page."""
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class PhotoDrawing(Struct, frozen=True):
    """One photo of a document; printing it in a template puts it there, in a run of its own."""

    number: int
    photo: Photo

    @property
    def relation(self) -> str:
        """Its relation id."""
        return f"rIdPhoto{self.number}"

    @property
    def defaults(self) -> Mapping[str, str]:
        """Ending → content type of its part."""
        return {"jpeg": "image/jpeg"}

    @property
    def overrides(self) -> str:
        """None: its ending says it."""
        return ""

    @property
    def relationship(self) -> str:
        """What the document's relations say of it."""
        return f'<Relationship Id="{self.relation}" Type="{R}/image" Target="media/photo{self.number}.jpeg"/>'

    def __html__(self) -> Markup:
        """The inline picture; it closes the run's text and opens another."""
        width, height = self._size()
        name = f"照片 {self.number}"
        picture = (
            f'<pic:pic xmlns:pic="{_PIC}">'
            f'<pic:nvPicPr><pic:cNvPr id="{drawing_id(self.number)}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{self.relation}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        return inline_drawing(self.number, name, self.photo.name, (width, height), _PIC, picture)

    def __str__(self) -> str:
        return self.photo.name

    def is_shown(self, xml: str) -> bool:
        """True when the rendered document holds it."""
        return f'r:embed="{self.relation}"' in xml

    def members(self) -> Iterator[NewMember]:
        """Its part."""
        yield new_member(f"word/media/photo{self.number}.jpeg", self.photo.jpeg)

    def _size(self) -> tuple[int, int]:
        """Width and height in EMU: as big as its place allows, its proportions kept."""
        scale = min(_WIDTH_CM / self.photo.width, _HEIGHT_CM / self.photo.height) * EMU_PER_CM
        return max(1, int(self.photo.width * scale)), max(1, int(self.photo.height * scale))
