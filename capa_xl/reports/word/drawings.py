"""Drawings of a document, charts and photos: the place in the text, and the parts behind it with their relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from markupsafe import Markup
from msgspec import Struct

from capa_xl.model.charts import Chart
from capa_xl.ooxml.new_zip import NewMember, new_member
from capa_xl.reports.word.chart_xml import WIDTH_CM, chart_xml, data_workbook, height_cm
from capa_xl.reports.word.inline_drawing import EMU_PER_CM, R, inline_drawing

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Drawing(Protocol):
    """One drawing of a document; printing it in a template puts it there, in a run of its own."""

    @property
    def defaults(self) -> Mapping[str, str]:
        """Ending → content type of the parts that have no entry of their own."""

    @property
    def overrides(self) -> str:
        """Content types of its own parts."""

    @property
    def relationship(self) -> str:
        """What the document's relations say of it."""

    def is_shown(self, xml: str) -> bool:
        """True when the rendered document holds it."""

    def members(self) -> Iterator[NewMember]:
        """Its parts."""


class ChartDrawing(Struct, frozen=True):
    """One chart of a document; printing it in a template puts it there, in a run of its own."""

    number: int
    chart: Chart

    @property
    def relation(self) -> str:
        """Its relation id."""
        return f"rIdChart{self.number}"

    def __html__(self) -> Markup:
        """The inline drawing; it closes the run's text and opens another."""
        size = int(WIDTH_CM * EMU_PER_CM), int(height_cm(self.chart) * EMU_PER_CM)
        graphic = f'<c:chart xmlns:c="{_C}" xmlns:r="{R}" r:id="{self.relation}"/>'
        return inline_drawing(self.number, f"图表 {self.number}", self.chart.title, size, _C, graphic)

    def __str__(self) -> str:
        return self.chart.title

    def is_shown(self, xml: str) -> bool:
        """True when the rendered document holds it."""
        return f'r:id="{self.relation}"' in xml

    @property
    def defaults(self) -> Mapping[str, str]:
        """Ending → content type of the parts that have no entry of their own."""
        return {"xlsx": _XLSX_TYPE}

    @property
    def overrides(self) -> str:
        """Content types of its own parts."""
        return f'<Override PartName="/word/charts/chart{self.number}.xml" ContentType="{_CHART_TYPE}"/>'

    @property
    def relationship(self) -> str:
        """What the document's relations say of it."""
        target = f"charts/chart{self.number}.xml"
        return f'<Relationship Id="{self.relation}" Type="{R}/chart" Target="{target}"/>'

    def members(self) -> Iterator[NewMember]:
        """Its parts."""
        number = self.number
        relation = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{R}/package" '
            f'Target="../embeddings/Microsoft_Excel_Sheet{number}.xlsx"/></Relationships>'
        )
        yield new_member(f"word/charts/chart{number}.xml", chart_xml(self.chart).encode())
        yield new_member(f"word/charts/_rels/chart{number}.xml.rels", relation.encode())
        yield new_member(f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx", data_workbook(self.chart))


def with_drawing_types(types: str, drawings: Iterable[Drawing]) -> str:
    """[Content_Types].xml with the parts of the drawings."""
    shown = list(drawings)
    needed = {ending: kind for one in shown for ending, kind in one.defaults.items()}
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>'
        for ending, kind in needed.items()
        if f'Extension="{ending}"' not in types
    )
    return types.replace("</Types>", f"{defaults}{''.join(one.overrides for one in shown)}</Types>")


def with_drawing_relations(relations: str, drawings: Iterable[Drawing]) -> str:
    """The document's relations with the drawings."""
    return relations.replace("</Relationships>", f"{''.join(one.relationship for one in drawings)}</Relationships>")
