"""What else somebody should know of the table before it is adopted: what doesn't count, what is hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.workbook.adopting.asked_headings import SAMPLES
from capa_xl.workbook.adopting.date_words import not_yet_words
from capa_xl.workbook.adopting.doubt import Doubt
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.adopting.list_words import REPORT, mere_reports, struck_rows
from capa_xl.workbook.adopting.notes_of_people import notes_of_people
from capa_xl.workbook.adopting.passed_over import notes_of_passed_over
from capa_xl.workbook.adopting.proposals import ENDING, TELLING
from capa_xl.workbook.adopting.table_looks import TableLooks
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.heading_names import ROW_NUMBERS, normalised
from capa_xl.workbook.reading.notes import quoted, text_of

_COLUMNS = column_by_key(Action)
_TELLING_REMARK = re.compile(r"已(完成|整改|关闭|销号|取消)|延期[至到]|取消|20\d\d\s*[年./-]\s*\d|\d{1,2}月\d{1,2}日")


def notes_of(
    table: FoundTable,
    looks: TableLooks,
    doubts: Sequence[Doubt],
    *,
    is_end_asked: bool,
    is_number_asked: bool = False,
) -> Iterator[str]:
    """Sentences for people, in Chinese.

    Args:
        table: The table with what is known of its headings.
        looks: How it looks.
        doubts: The headings in question.
        is_end_asked: A heading is asked that may tell what is done: nobody is told that none or no report does.
        is_number_asked: A heading is asked that may number the rows: none is told to have no number.
    """
    repeated = _repeated_row_numbers(table)
    if repeated:
        yield f"「序号」认得，但不唯一（{repeated}），不能当编号；编号另加一列"
    if dressed := looks.dressed.get(table.match.columns.get("number", 0)):
        written, shown = dressed
        told = f"「{table.match.heading('number')}」格里是数字 {written}，只是显示成 {shown}"
        yield f"{told}：本工具、信件和别的工作表都写 {written}；要写 {shown} 的，接管前把这一列改成文字"
    if not is_end_asked and not {*ENDING, *TELLING, "cancelled_on"} & table.match.columns.keys():
        yield "没有一列说明是否完成，所有行都按没有完成跟踪"
    if reports := () if is_end_asked else mere_reports(table):
        shown = "、".join(quoted(text) for text in list(dict.fromkeys(reports))[:SAMPLES])
        heading = table.match.heading(REPORT)
        yield f"「{heading}」有 {len(reports)} 行是说明文字（例：{shown}），不当作状态，按未完成跟踪"
    if words := not_yet_words(table):
        yield f"「{table.match.heading('completed_on')}」里的{''.join(f'「{word}」' for word in words)}按没有完成"
    struck = list(struck_rows(table, looks))
    if rows := [str(row) for row, number in struck if not (number or is_number_asked)]:
        yield f"第 {'、'.join(rows)} 行整行划了删除线，没有编号，不跟踪；仍要做的，去掉删除线并写上编号，不做的可删除"
    if rows := [str(row) for row, number in struck if number and table.numbers.count(number) != 1]:
        yield f"第 {'、'.join(rows)} 行整行划了删除线，但编号与别的行相同，仍照常跟踪；不算一项的，接管前请删除或改编号"
    if looks.coloured:
        yield f"有 {looks.coloured} 行的底色与别的行不同；颜色不参与判断，完成、取消等请写成文字"
    if remarks := _telling_remarks(table):
        heading = table.match.heading("remark")
        yield f"「{heading}」有 {remarks} 行写着日期或完成、延期、取消；备注不参与判断，请写进相应的列"
    yield from notes_of_people(table)
    yield from notes_of_passed_over(table, doubts)
    hidden = [heading.text for heading in table.match.mapped if heading.column in looks.hidden]
    if hidden:
        yield f"隐藏的列也参与识别：{'、'.join(hidden)}"
    first, moved = table.match.heading("original_due_on"), table.match.heading("due_on")
    if first and moved and normalised(moved) != _COLUMNS["due_on"].header:
        yield f"「{moved}」空白的行，按「{first}」"
    same = sorted({clash.second.text for clash in table.match.clashes if _same_text(clash.first, clash.second)})
    for text in same:
        yield (
            f"有两列都叫「{text}」，现取左边一列，check、refresh 以前要先改好（WB03） → "
            f"请在接管后的文件里给另一列改名，不必再接管；左边一列取错了的，先在原表里改名，再接管一次"
        )


def _telling_remarks(table: FoundTable) -> int:
    at = table.match.columns.get("remark")
    return sum(_TELLING_REMARK.search(text_of(row[at - 1])) is not None for row in table.rows) if at else 0


def _same_text(first: Heading, second: Heading) -> bool:
    return normalised(first.text) == normalised(second.text)


def _repeated_row_numbers(table: FoundTable) -> str:
    heading = next((h for h in table.match.headings if normalised(h.text) == ROW_NUMBERS and h.key is None), None)
    if heading is None or "number" in table.match.columns:
        return ""
    counts = Counter(text_of(row[heading.column - 1]) for row in table.rows if row[heading.column - 1] != "")
    most = max(counts.items(), key=lambda pair: pair[1], default=("", 0))
    return f"{most[0]} 出现 {most[1]} 次" if most[1] > 1 else ""
