"""Native Word charts: the place in the text, and the parts behind it (chart XML, its workbook, their relations)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from capa_xl.model.charts import Chart
from capa_xl.ooxml.new_zip import NewMember, new_member
from capa_xl.reports.native_charts import is_control
from capa_xl.reports.word.chart_xml import chart_xml, data_workbook
from capa_xl.reports.xml_text import one_line

_EMU_PER_CM = 360_000
_WIDTH_CM, _HEIGHT_CM, _CONTROL_CM = 16.2, 5.6, 8.6
"""A control chart is tall enough to be read photocopied: two of them fill a page."""
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart of a document; printing it in a template puts it there, in a run of its own."""

    number: int
    chart: Chart

    @property
    def relation(self) -> str:
        """Its relation id."""
        return f"rIdChart{self.number}"

    def __html__(self) -> Markup:
        """The inline drawing; it closes the run's text and opens another."""
        words = escape(one_line(self.chart.title))
        tall = _CONTROL_CM if is_control(self.chart) else _HEIGHT_CM
        width, height = int(_WIDTH_CM * _EMU_PER_CM), int(tall * _EMU_PER_CM)
        return Markup(
            f'</w:t><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="{1000 + self.number}" name="图表 {self.number}" descr="{words}"/>'
            f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
            f'<c:chart xmlns:c="{_C}" xmlns:r="{_R}" r:id="{self.relation}"/>'
            '</a:graphicData></a:graphic></wp:inline></w:drawing><w:t xml:space="preserve">'
        )

    def __str__(self) -> str:
        return self.chart.title

    def is_shown(self, xml: str) -> bool:
        """True when the rendered document holds it."""
        return f'r:id="{self.relation}"' in xml


def chart_members(drawing: Drawing) -> Iterator[NewMember]:
    """The parts of one chart."""
    number = drawing.number
    embedded = f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"
    relation = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_R}/package" '
        f'Target="../embeddings/Microsoft_Excel_Sheet{number}.xlsx"/></Relationships>'
    )
    yield new_member(f"word/charts/chart{number}.xml", chart_xml(drawing.chart).encode())
    yield new_member(f"word/charts/_rels/chart{number}.xml.rels", relation.encode())
    yield new_member(embedded, data_workbook(drawing.chart))


def with_chart_types(types: str, drawings: Iterable[Drawing]) -> str:
    """[Content_Types].xml with the charts and their workbooks."""
    default = "" if 'Extension="xlsx"' in types else f'<Default Extension="xlsx" ContentType="{_XLSX_TYPE}"/>'
    overrides = "".join(
        f'<Override PartName="/word/charts/chart{one.number}.xml" ContentType="{_CHART_TYPE}"/>' for one in drawings
    )
    return types.replace("</Types>", f"{default}{overrides}</Types>")


def with_chart_relations(relations: str, drawings: Iterable[Drawing]) -> str:
    """The document's relations with the charts."""
    added = "".join(
        f'<Relationship Id="{one.relation}" Type="{_R}/chart" Target="charts/chart{one.number}.xml"/>'
        for one in drawings
    )
    return relations.replace("</Relationships>", f"{added}</Relationships>")
