"""WordprocessingML in small pieces: paragraphs, rows, tables, fields. Looks live in styles, so the XML stays short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from msgspec import Struct

from capa_xl.model import palette

TEXT_WIDTH = 9412
"""A4 less margins of 2.2 cm, in twentieths of a point."""
WIDE = 14344
"""The same of a landscape page."""
A3_WIDE, A3_GUTTER = 21318, 720
A3_COLUMN = (A3_WIDE - A3_GUTTER) // 2
"""A3 landscape less margins, the gap between its two columns, and the width of one."""

ROOM_TO_WRITE, ROOM_TO_DECIDE = 510, 680
"""Least heights of rows that are written on by hand: 9 mm for a signature, 12 mm for a decision."""

_GAP = 170
"""3 mm."""

BODY, CELL, LABEL, HEAD, SMALL, TAG = "Indented", "CellText", "CellLabel", "CellHead", "SmallNote", "TemplateTag"
DENSE, DENSE_HEAD, DENSE_CENTRED, BRIEF, NAME = "DenseText", "DenseHead", "DenseCentred", "BriefText", "NameText"


class GridCell(Struct, frozen=True):
    """One cell: its paragraphs, how many grid columns it spans, and its fill (a label is pale blue).

    Attributes:
        top: Its text begins at the top, not in the middle.
        open: It has no lines at its sides: a gap within a table.
    """

    content: str
    span: int = 1
    label: bool = False
    fill: str = ""
    top: bool = False
    open: bool = False


def paragraph(text: str, style: str = BODY, *, keep: bool = False, extra: str = "") -> str:
    """One paragraph in a style; `keep` holds it with the next one."""
    properties = f'<w:pStyle w:val="{style}"/>' + ("<w:keepNext/>" if keep else "") + extra
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run_in(heading: str, text: str, style: str) -> str:
    """A heading and, on its line, the few words that are all there is below it."""
    looks = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:color w:val="auto"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(heading)}{run("　" + text, looks)}</w:p>'


def run(text: str, properties: str = "") -> str:
    """One run; a tab character becomes a tab, a line feed a new line."""
    if not text:
        return ""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = escape(text, quote=False)
    for sign, mark in (("\t", "tab"), ("\n", "br")):
        pieces = pieces.replace(sign, f'</w:t><w:{mark}/><w:t xml:space="preserve">')
    return f'<w:r>{looks}<w:t xml:space="preserve">{pieces}</w:t></w:r>'


def tag(code: str) -> str:
    """A paragraph that only steers: {%p if … %}; it leaves no trace in the paper."""
    return paragraph(f"{{%p {code} %}}", TAG)


def when(condition: str, *blocks: str, otherwise: str = "") -> str:
    """Blocks that stand only under a condition."""
    last = tag("else") + otherwise if otherwise else ""
    return tag(f"if {condition}") + "".join(blocks) + last + tag("endif")


def each(loop: str, *blocks: str) -> str:
    """Blocks once for every value of `x in xs`."""
    return tag(f"for {loop}") + "".join(blocks) + tag("endfor")


def lines(value: str, style: str = BODY) -> str:
    """Every line of a long text as a paragraph of its own."""
    return each(f"line in {value}.lines", paragraph("{{ line }}", style))


def label(text: str, span: int = 1, *, keep: bool = False) -> GridCell:
    """A label cell."""
    return GridCell(paragraph(text, LABEL, keep=keep), span, label=True)


def value(text: str, span: int = 1, style: str = CELL, *, keep: bool = False) -> GridCell:
    """A value cell of one paragraph."""
    return GridCell(paragraph(text, style, keep=keep), span)


def row(cells: Sequence[GridCell], widths: Sequence[int], *, head: bool = False, height: int = 0) -> str:
    """One row that never splits; a head row repeats on every page; `height` is a minimum."""
    properties = "<w:cantSplit/>"
    if height:
        properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    if head:
        properties += "<w:tblHeader/>"
    out, at = [], 0
    for cell in cells:
        out.append(_cell(cell, sum(widths[at : at + cell.span])))
        at += cell.span
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(out)}</w:tr>"


def _cell(cell: GridCell, width: int) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    if cell.open:
        properties += '<w:tcBorders><w:left w:val="nil"/><w:right w:val="nil"/></w:tcBorders>'
    fill = cell.fill or (palette.PALE_BLUE if cell.label else "")
    if fill:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    properties += "" if cell.top else '<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.content}</w:tc>"


def table(widths: Sequence[int], rows: Iterable[str], style: str = "PaperTable", *, edge: int = 0) -> str:
    """A table of fixed widths; `edge` is the margin of its cells left and right where it isn't that of the style."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_edges(edge) if edge else ""}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _edges(edge: int) -> str:
    sides = (f'<w:{side} w:w="{edge}" w:type="dxa"/>' for side in ("left", "right"))
    return f"<w:tblCellMar>{''.join(sides)}</w:tblCellMar>"


def steer(code: str, columns: int, widths: Sequence[int]) -> str:
    """A row that only steers: {%tr for … %}."""
    return row([GridCell(paragraph(f"{{%tr {code} %}}", TAG), columns)], widths)


def listing(
    shares: Sequence[float],
    columns: Sequence[tuple[str, str]],
    loop: str,
    *,
    width: int = TEXT_WIDTH,
    dense: bool = False,
    height: int = 0,
    counts: Sequence[str] = (),
    brief: Sequence[str] = (),
    keep: bool = False,
    feet: Iterable[str] = (),
    edge: int = 0,
    names: bool = False,
) -> str:
    """A table with a repeating header row and one row per value of a loop.

    Args:
        shares: Relative widths.
        columns: (heading, cell text) in order.
        loop: `x in xs`.
        width: Full width.
        dense: Small type, for many columns.
        height: Least height of its rows; 0 for that of the text.
        counts: Headings of its columns of numbers, which stand in the middle (dense tables).
        brief: Headings of its columns of texts, which are cut to a few lines (dense tables).
        keep: Its rows stand on one page with what follows it.
        feet: Rows below those of the loop, of the same columns.
        edge: As `table` has it.
        names: It lists names alone, in the smallest type (dense tables).
    """
    widths = scaled(shares, width)
    heads = [GridCell(paragraph(heading, DENSE_HEAD if dense else HEAD), label=True) for heading, _ in columns]
    plain = NAME if names else DENSE if dense else CELL
    looks = {**dict.fromkeys(counts, DENSE_CENTRED), **dict.fromkeys(brief, BRIEF)}
    body = [value(text, style=looks.get(heading.replace("\n", ""), plain), keep=keep) for heading, text in columns]
    return table(
        widths,
        (
            row(heads, widths, head=True),
            steer(f"for {loop}", len(columns), widths),
            row(body, widths, height=height),
            steer("endfor", len(columns), widths),
            *feet,
        ),
        edge=edge,
    )


def form(
    rows: Sequence[Sequence[str]],
    shares: Sequence[float] = (2.9, 6.5, 2.9, 7.7),
    *,
    whole: bool = False,
    width: int = TEXT_WIDTH,
) -> str:
    """A label/value form of four columns; a row of two strings spans its value over the rest.

    Args:
        rows: Labels and values in turn.
        shares: Relative widths.
        whole: It never breaks across pages.
        width: Full width.
    """
    widths = scaled(shares, width)
    last = len(rows) - 1
    made = (_form_cells(texts, len(widths), keep=whole and at < last) for at, texts in enumerate(rows))
    return table(widths, (row(cells, widths) for cells in made))


def _form_cells(texts: Sequence[str], columns: int, *, keep: bool) -> list[GridCell]:
    if len(texts) == 2:
        return [label(texts[0], keep=keep), value(texts[1], columns - 1, keep=keep)]
    return [label(text, keep=keep) if at % 2 == 0 else value(text, keep=keep) for at, text in enumerate(texts)]


def known(value: str) -> str:
    """A value where it is known; nothing, not —, where people are to write."""
    return f"{{% if {value} %}}{{{{ {value} }}}}{{% endif %}}"


def told(*parts: tuple[str, str] | tuple[str, str, str]) -> str:
    """Label：value of those that are known, ； between; no label stands before nothing.

    Args:
        parts: Label and value of each, and what is printed of it where that isn't the bare value.
    """
    said, values = "", [part[1] for part in parts]
    for at, part in enumerate(parts):
        mark = f"{{% if {' or '.join(values[:at])} %}}；{{% endif %}}" if at else ""
        shown = part[2] if len(part) == 3 else f"{{{{ {part[1]} }}}}"
        said += f"{{% if {part[1]} %}}{mark}{part[0]}：{shown}{{% endif %}}"
    return said


def told_paragraph(*parts: tuple[str, str] | tuple[str, str, str], style: str = BODY, end: str = "") -> str:
    """A paragraph of `told`; none where nothing is known."""
    return when(" or ".join(part[1] for part in parts), paragraph(told(*parts) + end, style))


def cancelled(value: str) -> str:
    """Below a title: that what the paper is about was cancelled, when, by whom and why."""
    return paragraph(f"{{{{ {value} }}}}", "CellHead", keep=True, extra='<w:spacing w:before="40" w:after="80"/>')


def in_brackets(value: str) -> str:
    """A value in brackets where it is known."""
    return f"{{% if {value} %}}（{{{{ {value} }}}}）{{% endif %}}"


def signature_block(
    roles: Sequence[tuple[str, str, str]], height: int = ROOM_TO_WRITE, *, keep: bool = False, width: int = TEXT_WIDTH
) -> str:
    """角色 | 姓名（系统记录） | 签字 | 日期, kept in one piece; 签字 and what isn't known stay blank for ink.

    Args:
        roles: Role, name and day of each.
        height: Least height of a row.
        keep: The block stays with what follows it, so that a last page never holds a single line.
        width: Full width.
    """
    widths = scaled((4.3, 6.5, 3.6, 4), width)
    return table(widths, _signature_rows(roles, widths, (1, 1, 1, 1), height, keep=keep))


def signature_feet(
    roles: Sequence[tuple[str, str, str]],
    shares: Sequence[float],
    spans: Sequence[int],
    width: int = TEXT_WIDTH,
    *,
    apart: bool = True,
    heading: str = "",
) -> Iterator[str]:
    """The rows of a signature block as the last ones of a listing: a page of signatures holds a row of what is signed.

    Args:
        roles: Role, name and day of each.
        shares: Relative widths of the listing's columns.
        spans: So many of them hold the role, the name, the signature, the day.
        width: Full width of the listing.
        apart: A gap stands before them.
        heading: Stands in the gap.
    """
    widths = scaled(shares, width)
    if apart:
        between = paragraph(heading, "Heading1", keep=True) if heading else gap(keep=True)
        yield row([GridCell(between, len(widths), open=True)], widths, height=_GAP)
    yield from _signature_rows(roles, widths, spans, ROOM_TO_WRITE)


def _signature_rows(
    roles: Sequence[tuple[str, str, str]],
    widths: Sequence[int],
    spans: Sequence[int],
    height: int,
    *,
    keep: bool = False,
) -> Iterator[str]:
    heads = zip(("角色", "姓名（系统记录）", "签字", "日期"), spans, strict=True)
    is_first = len(spans) == len(widths)
    yield row(
        [GridCell(paragraph(text, HEAD, keep=True), span, label=True) for text, span in heads], widths, head=is_first
    )
    for at, (role, name, day) in enumerate(roles):
        held = keep or at < len(roles) - 1
        cells = zip((role, name, "", day), (LABEL, CELL, CELL, CELL), spans, strict=True)
        found = [GridCell(paragraph(text, style, keep=held), span, style == LABEL) for text, style, span in cells]
        yield row(found, widths, height=height)


def figure_cards() -> str:
    """The eight figures, four in a row: name, value, its parts and the verdict, target and past."""
    widths = scaled((1, 1, 1, 1), TEXT_WIDTH)
    cells = [GridCell("".join(_figure_card(f"k[{at}]"))) for at in range(4)]
    return table(widths, (steer("for k in figures", 4, widths), row(cells, widths), steer("endfor", 4, widths)))


def _figure_card(k: str) -> Iterator[str]:
    yield paragraph(known(f"{k}.name"), "DenseHead")
    yield paragraph(known(f"{k}.value"), "Figure")
    yield paragraph(f"{{% if {k}.parts %}}{{{{ {k}.parts }}}}　{{% endif %}}{{{{ {k}.verdict }}}}", "DenseVerdict")
    yield paragraph(known(f"{k}.target"), DENSE_CENTRED)
    yield paragraph(known(f"{k}.past"), DENSE_CENTRED)


def gap(*, keep: bool = False) -> str:
    """A thin empty line between two tables; `keep` holds it with the next one."""
    return paragraph("", "Gap", keep=keep)


def cover(title: str, line: str) -> str:
    """A cover page, where 参数 封面 asks for one."""
    return when(
        "head.cover",
        paragraph(known("head.company"), "CoverLine", extra='<w:spacing w:before="2400"/>'),
        paragraph(title, "CoverTitle"),
        paragraph(line, "CoverLine"),
        paragraph("{{ head.as_of }}", "CoverLine", extra='<w:spacing w:before="4800"/>'),
        page_break(),
    )


def page_break() -> str:
    """The next block begins a page."""
    return '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def column_break() -> str:
    """The next block begins the next column."""
    return '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr><w:r><w:br w:type="column"/></w:r></w:p>'


def field(code: str) -> str:
    """A field that Word fills in: PAGE, NUMPAGES."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def scaled(shares: Sequence[float], width: int) -> list[int]:
    """Column widths in these proportions that add up to `width` exactly."""
    total = sum(shares)
    widths = [round(width * share / total) for share in shares]
    widths[-1] += width - sum(widths)
    return widths
