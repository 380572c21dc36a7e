"""Why no table was found: the row that came closest, what it has and lacks, and a guess to paste (decisions C7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.header_row import HeaderMatch, Heading, match_headers
from capa_xl.workbook.reading.kinds_of_values import are_people

_COLUMNS = column_by_key(Action)
_TRIED = (("measure", "description"), ("responsible_department", "owners"), ("due_on",))
"""Groups of columns that a table must have of its own; a number can be given."""


def no_table(book: WorkbookValues, names: Sequence[str], answers: Mapping[str, str]) -> UnreadableWorkbook:
    """The refusal of a workbook in which no table looks like a tracker."""
    near = [(values, match) for name in names if (match := _match(values := book.read(name), answers))]
    plain = "没有找到像跟踪表的表格：需要问题描述（或措施内容）、责任人（或责任部门）和完成期限这几列"
    if not near:
        return UnreadableWorkbook(f"{plain}，前 30 行中没有一行认得出列名。请核对工作簿和工作表")
    values, match = max(near, key=lambda one: len(one[1].columns))
    known = "、".join(f"「{heading.text}」" for heading in match.mapped)
    lacking = [group for group in _TRIED if not any(key in match.columns for key in group)]
    lacked = "、".join("或".join(_COLUMNS[key].header for key in group) for group in lacking)
    lines = [plain, f"最接近的是工作表《{values.name}》第 {match.header_row} 行：认得 {known}"]
    if lacked:
        lines.append(f"还缺：{lacked}")
    pieces = list(_guesses(values, match, lacking))
    if pieces:
        lines.append("若列名与下面的猜测相符，请加上（不符则改掉等号右边）：" + " ".join(pieces))
    return UnreadableWorkbook("\n".join(lines))


def _match(values: SheetValues, answers: Mapping[str, str]) -> HeaderMatch | None:
    return match_headers(values.rows, merged=values.merged, least=1, answers=answers)


def _guesses(values: SheetValues, match: HeaderMatch, lacking: Sequence[Sequence[str]]) -> Iterator[str]:
    free = [heading for heading in match.unmapped if heading.text]
    for group in lacking:
        heading = _likely(values, match, free, group[-1])
        if heading is not None:
            free.remove(heading)
            yield f'--map "{heading.text}={_COLUMNS[group[-1]].header}"'


def _likely(values: SheetValues, match: HeaderMatch, free: Sequence[Heading], key: str) -> Heading | None:
    """The unknown heading whose cells look most like that column: dates, long texts, short ones."""
    below = values.rows[match.header_row :]
    for heading in sorted(free, key=lambda h: not any(c.key == key for c in h.candidates)):
        cells = [row[heading.column - 1] for row in below if row[heading.column - 1] != ""]
        texts = [cell for cell in cells if isinstance(cell, str)]
        length = sum(map(len, texts)) / len(texts) if texts else 0
        dated = sum(isinstance(cell, date) for cell in cells) * 2 > len(cells)
        fits = dated if key == "due_on" else (length >= 6 if key == "description" else are_people(cells))
        if fits or any(candidate.key == key for candidate in heading.candidates):
            return heading
    return None
