"""06 制度执行自查表.xlsx: the policy statement by statement, with population, breaches and the rows behind both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from capa_xl.model.conformity import BROKEN, KEPT, NOT_APPLICABLE, NOT_JUDGED, SYSTEM, VERDICTS, Conformity
from capa_xl.model.cut_text import cut_list
from capa_xl.model.left_to_history import NOTHING_LEFT_OUT, LeftToHistory
from capa_xl.reports.conformity_text import reasons_said
from capa_xl.reports.kpi_words import outside_words
from capa_xl.reports.sheets import Book
from capa_xl.reports.table_cells import ColumnHead, Mark, pixels_of
from capa_xl.reports.word.table_words import chunks

TITLE = "制度执行自查表"
_HEADINGS = (
    ColumnHead("编号", 8, "mark"),
    ColumnHead("制度条款", 16),
    ColumnHead("要求", 52, "wrap"),
    ColumnHead("结论", 10, "mark"),
    ColumnHead("对象数", 8, "count"),
    ColumnHead("待整改", 8, "count"),
    ColumnHead("有情况说明", 10, "count"),
    ColumnHead("待整改的行", 62, "wrap"),
    ColumnHead("说明", 66, "wrap"),
)
LISTS = "对象清单"
_BASE = (
    ColumnHead("编号", 8, "mark"),
    ColumnHead("制度条款", 16),
    ColumnHead("类别", 12, "mark"),
    ColumnHead("编号、登记编号、评审编号或单元格", 116, "wrap"),
)
_TO_MEND, _OBJECTS, _OUTSIDE = "待整改", "对象（分母）", "不在对象内"
MOST_SHOWN, SHOWN_OF_MORE, MOST_IN_A_ROW = 24, 12, 100
"""Places that break a requirement on the first sheet, all or the first of more, which stand in the lists; those in one
row of the lists, which no page splits.
"""
_ON_PAPER = 3
"""Pages of the lists: what is to be mended stands on them; the populations are there to look numbers up in."""
_TONES = {KEPT: "good", BROKEN: "bad", NOT_APPLICABLE: "silent", NOT_JUDGED: "silent", SYSTEM: "silent"}
_CELL = re.compile(r"(.+![A-Z]+)(\d+)")
_FEWEST_OF_A_SPAN = 3
_LEGEND = (
    "满足：对象中没有一个违反；待整改：有违反的；不适用：没有适用的对象；未判定：缺少判定所需的工作表、列或邮件；"
    "系统功能：由本工具计算或生成，不是对公司的评价"
)


def conformity_workbook(
    company: str,
    policy: str,
    as_of: date,
    lines: tuple[Conformity, ...],
    not_counted: str = "",
    outside: LeftToHistory = NOTHING_LEFT_OUT,
) -> bytes:
    """The workbook's bytes: every statement with its figures, then the populations.

    Args:
        not_counted: What its figures lack, as a sentence without its end; "" where they lack nothing.
        outside: The actions that no requirement has among its objects.
    """
    book = Book(TITLE, as_of, company)
    count = Counter(line.verdict for line in lines)
    counts = "、".join(f"{word} {count[word]} 项" for word in VERDICTS)
    lacking = f"{not_counted}　" if not_counted else ""
    note = f"{company}　数据截至 {as_of}　{lacking}{counts}　{_LEGEND}"
    sheet = book.sheet(TITLE, f"{policy} 执行自查表（内部）", note)
    below = book.table(sheet, _HEADINGS, [_row(line) for line in lines])
    if told := outside_words(outside):
        book.write_folded(sheet, below, len(_HEADINGS) - 1, sum(map(pixels_of, _HEADINGS)), f"{told}。")
    base = book.sheet(
        LISTS,
        "各项要求的待整改项和对象（分母）",
        f"全部列出，待整改的在前，每行最多 {MOST_IN_A_ROW} 个；与前面相同的对象只列一次",
    )
    book.table(base, _BASE, [*_left_out(outside), *_listed(lines)], pages=_ON_PAPER)
    return book.close()


def _left_out(outside: LeftToHistory) -> Iterator[tuple[str, str, str, str]]:
    for why, numbers in outside.kinds:
        for some in chunks(numbers, MOST_IN_A_ROW):
            yield "—", "", _OUTSIDE, f"{why}：{'、'.join(some)}"


def _listed(lines: Sequence[Conformity]) -> Iterator[tuple[str, str, str, str]]:
    """All that break a requirement, of every one, then the populations: what is to be mended is on the first pages."""
    for line in lines:
        if line.verdict == BROKEN:
            yield from _in_rows(line, _TO_MEND, line.rows)
    first: dict[tuple[str, ...], str] = {}
    for line in lines:
        owner = first.setdefault(line.base, line.id)
        if owner != line.id and len(line.base) > MOST_SHOWN:
            yield line.id, line.clause, _OBJECTS, f"{len(line.base)} 项，与 {owner} 的对象相同"
        else:
            yield from _in_rows(line, _OBJECTS, line.base)


def _in_rows(line: Conformity, kind: str, places: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    for some in chunks(_in_spans(places), MOST_IN_A_ROW):
        yield line.id, line.clause, kind, "、".join(some)


def _some(places: Sequence[str]) -> str:
    """The first of them, and where all stand."""
    found = tuple(_in_spans(places))
    if len(found) <= MOST_SHOWN:
        return "、".join(found)
    return f"{cut_list(found, SHOWN_OF_MORE, '项', total=len(places))}，全部见“{LISTS}”"


def _in_spans(places: Sequence[str]) -> Iterator[str]:
    """Numbers as they are; cells below each other as one span: 过程指标!A2:A155（154 格）."""
    for place, run in groupby(enumerate(places), key=lambda pair: _column_of(*pair)):
        found = [name for _, name in run]
        if place is None or len(found) < _FEWEST_OF_A_SPAN:
            yield from found
        else:
            yield f"{found[0]}:{found[-1].rpartition('!')[2]}（{len(found)} 格）"


def _column_of(at: int, place: str) -> tuple[str, int] | None:
    """Sheet and column of a cell, and how far its row is from its place in the list: equal for cells in a row."""
    cell = _CELL.fullmatch(place)
    return (cell[1], int(cell[2]) - at) if cell else None


def _row(line: Conformity) -> tuple[str | int | Mark | None, ...]:
    judged = line.verdict in (KEPT, BROKEN)
    return (
        line.id,
        line.clause,
        line.text,
        Mark(line.verdict, _TONES[line.verdict]),
        line.of if judged else None,
        line.hit if judged else None,
        line.excused or None,
        _some(line.rows),
        "\n".join(
            filter(None, (f"缺少{line.missing}" if line.missing else "", line.note, *reasons_said(line.by_reason)))
        ),
    )
