"""A paper of tables of one row and more than a page holds, each begun at the same line of a page of its own."""

from __future__ import annotations

import io
from collections.abc import Iterable
from zipfile import ZipFile

from capa_xl.reports.word.building.pieces import DENSE, TEXT_WIDTH, label, paragraph, row, table, value
from capa_xl.reports.word.held_rows import with_rows_held

ROW = "表内一行"
_NEW_PAGE = '<w:p><w:pPr><w:pStyle w:val="DenseText"/><w:pageBreakBefore/></w:pPr></w:p>'


def paper_of_tables(looks: bytes, tables: Iterable[tuple[int, int]]) -> bytes:
    """A .docx.

    Args:
        looks: A paper whose styles and page it has.
        tables: Lines before a table on its page, and its rows.
    """
    with ZipFile(io.BytesIO(looks)) as made:
        members = {name: made.read(name) for name in made.namelist()}
    document = members["word/document.xml"].decode()
    start, end = document.index("<w:body>") + len("<w:body>"), document.rindex("<w:sectPr")
    body = "".join(f"{_NEW_PAGE}{paragraph('文', DENSE) * lines}{_table(rows)}" for lines, rows in tables)
    members["word/document.xml"] = with_rows_held(document[:start] + body + document[end:]).encode()
    out = io.BytesIO()
    with ZipFile(out, "w") as paper:
        for name, content in members.items():
            paper.writestr(name, content)
    return out.getvalue()


def _table(rows: int) -> str:
    widths = (TEXT_WIDTH,)
    return table(widths, (row([label("表头")], widths, head=True), *[row([value(ROW, style=DENSE)], widths)] * rows))
