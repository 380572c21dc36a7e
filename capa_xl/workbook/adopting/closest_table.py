"""Why no table was found: the sheet that came closest, what it has and lacks, the answers to paste (decisions C7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.action import Action
from capa_xl.model.adoption import UNDECIDED
from capa_xl.model.columns import column_by_key
from capa_xl.model.command_line import in_quotes
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.workbook.adopting.likely_headings import likely_keys
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.header_row import match_headers
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.tables_by_values import TableByValues, table_by_values

_COLUMNS = column_by_key(Action)
_TRIED = (("measure", "description"), ("responsible_department", "owners"), ("due_on",))
"""Groups of columns that a table must have of its own; a number can be given."""
_COLUMNS_TRIED = (4, 2)
"""Headings that a table is taken for one by; where no sheet has so many, of narrower ones: they can be answered too."""
_PLAIN = "没有找到像跟踪表的表格：需要问题描述（或措施内容）、责任人（或责任部门）和完成期限这几列"


class NoTableFound(UnreadableWorkbook):
    """No table looks like a tracker.

    Attributes:
        answers: `--map …` for what is lacking, to put behind the command: 待定 where nothing says which column it is.
        strangers: What was answered of, and is no heading: to be left out of the command.
    """

    def __init__(self, message: str, answers: Sequence[str] = (), strangers: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.answers, self.strangers = tuple(answers), tuple(strangers)


def no_table(sheets: Iterable[SheetValues], answers: Mapping[str, str]) -> NoTableFound:
    """The refusal of a workbook in which no table looks like a tracker: none of these sheets."""
    every = tuple(sheets)
    pages = next(filter(None, (_tables(every, columns) for columns in _COLUMNS_TRIED)), None)
    if pages is None:
        return NoTableFound(f"{_PLAIN}，前 30 行中没有一行像表头 → 请核对工作簿和工作表")
    values, table = max(pages, key=lambda one: (one[1].is_like_a_tracker, len(one[1].rows)))
    keys = {heading.text: heading.key for heading in _known(values, table, answers)}
    lacking = [group for group in _TRIED if not any(key in keys.values() for key in group)]
    headings = "、".join(f"「{text}」" for text in table.headings.values())
    lines = [_PLAIN, f"最像的是工作表《{values.name}》第 {table.header_row} 行：{headings}"]
    known = (f"「{text}」（{_COLUMNS[key].header}）" for text, key in keys.items() if key)
    lines += [f"其中认得：{told}"] if (told := "、".join(known)) else []
    if lacking:
        lines.append("还缺：" + "、".join("或".join(_COLUMNS[key].header for key in group) for group in lacking))
    likely = [_likely(table, group, keys) for group in lacking]
    lines += [f"像{_COLUMNS[ones[0][1]].header}的有：{'、'.join(f'「{text}」' for text, _ in ones)}"
              for ones in likely if len(ones) > 1]  # fmt: skip
    strangers = _strangers(table, answers)
    named = "、".join(f"「{one}」" for one in strangers)
    lines += [f"--map 等号左边要写表头里的列名，表头中没有{named}"] if named else []
    guessed = [_guess(group, ones) for group, ones in zip(lacking, likely, strict=True)]
    return NoTableFound("\n".join(lines), [f"--map {in_quotes(one)}" for one in guessed], strangers)


def _tables(sheets: Iterable[SheetValues], columns: int) -> list[tuple[SheetValues, TableByValues]]:
    return [(values, table) for values in sheets if (table := table_by_values(values, 1, columns))]


def _known(values: SheetValues, table: TableByValues, answers: Mapping[str, str]) -> tuple[Heading, ...]:
    """The headings of that row that are known."""
    match = match_headers(values.rows, merged=values.merged, least=1, answers=answers)
    return match.mapped if match and match.header_row == table.header_row else ()


def _strangers(table: TableByValues, answers: Mapping[str, str]) -> list[str]:
    """What was answered of that isn't among the headings, 待定 left as it was pasted too."""
    there = {normalised(text) for text in table.headings.values()}
    return [said for said, header in answers.items() if header and normalised(said) not in there]


def _likely(table: TableByValues, group: Sequence[str], known: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """The headings whose names and values speak for a column of the group, each with its key."""
    return [
        (text, key)
        for column, text in table.headings.items()
        for key in likely_keys(text, table.values(column))
        if key in group and text not in known
    ]


def _guess(group: Sequence[str], likely: Sequence[tuple[str, str]]) -> str:
    """The one heading that is likely a column of the group, as `--map` takes it."""
    text, key = likely[0] if len(likely) == 1 else (UNDECIDED, group[-1])
    return f"{text}={_COLUMNS[key].header}"
