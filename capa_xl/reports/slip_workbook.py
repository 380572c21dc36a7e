"""A slip as a small workbook: one line a cell to fill, drop-downs, everything else locked.

The address of every answer lies in a very hidden sheet, as JSON, one line a question in the order of the lines; so a
line that is sorted, deleted or written over is noticed by its number and heading. The words of the drop-downs stand
beside them: a list inside a validation may hold no more than 255 characters, and no comma in a word.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from msgspec.structs import asdict, replace

from capa_xl.model import palette, words
from capa_xl.model.columns import asked_between
from capa_xl.model.cut_text import cut_line
from capa_xl.model.list_titles import MADE_BESIDE
from capa_xl.model.row_heights import LINE, fitted_height
from capa_xl.model.slip import (
    ADDRESSES,
    ANSWER,
    BEFORE,
    ELSEWHERE,
    HEADER_ROW,
    HEADINGS,
    MINUTES,
    MOST_OF_BEFORE,
    NOTE_GAP,
    NOTHING_WAITS,
    SHEET,
    Question,
    Slip,
)
from capa_xl.model.zip_system import as_made_on_unix
from capa_xl.reports.printed_rows import A4, ABOVE, BELOW, SIDE, page_ends, rows_height
from capa_xl.reports.sheets import LEAST_SCALE, header_text, print_scale
from capa_xl.reports.table_cells import INDENT, ColumnHead
from capa_xl.reports.whole_tokens import folded
from capa_xl.reports.xml_text import clean

VERSION: Final = 1
_HOW: Final = {
    SHEET: "只填蓝框内的格子，没有进展的留空；其余已锁定，不要增删行列。填好后把整个文件发回质量部。",
    MINUTES: "只填蓝框内的格子，没有意见的留空；其余已锁定，不要增删行列。填好后把整个文件交质量部收回。",
}
DropDowns = tuple[tuple[str, ...], ...]
"""The drop-downs of a slip, each once."""
_NONE: Final = "—"
_PRESSING: Final = 3
"""0-based column of what presses."""
_FIRST_LIST: Final = 1
"""0-based column of the hidden sheet that holds the first drop-down."""
_WIDTHS = (14, 22, 13, 16, 25, 13, 16, 34, 30)
"""Of every column; together what an A4 on its side takes at `LEAST_SCALE` in the widest typeface (`WIDER`)."""
_ALL_ASKED_ALIKE: Final = {1: 30, 4: 40, ANSWER - 1: 48}
"""Widths by 0-based column where the columns that say what is asked stand above the table."""
_WHAT, _ASKED, _BEFORE, _HOW_TO = 4, 5, BEFORE - 1, 8
"""0-based columns of what is to be done, of what is asked, of what stands there now, and of how it is filled."""
_ROOM_FOR_A_PEN: Final = 40
"""Least height of a row in points; the page is printed at 65 % and more, so 9 mm and more are left to write on."""
_FRAME: dict[str, Any] = {
    **palette.NORMAL,
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": palette.BORDER,
    "indent": 1,
}
_MOST_OF_A_PROBLEM, _MOST_OF_A_STEP, _MOST_OF_A_NOTE = 60, 200, 90
"""Characters of what a question is about, of what is to be done, and of a note below the questions, which takes one
line: the tracker has them whole.
"""
_MOST_IN_MINUTES: Final = 56
"""Characters of the first two there, so that they take three lines or four."""


def slip_workbook(slip: Slip) -> bytes:
    """The workbook's bytes; the same slip gives the same bytes."""
    import xlsxwriter

    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": dict(palette.NORMAL),
    }
    book = xlsxwriter.Workbook(stream, options)
    day = slip.as_of
    book.set_properties(
        {"title": _title(slip), "category": MADE_BESIDE, "created": datetime(day.year, day.month, day.day)}
    )
    lists = tuple(dict.fromkeys(question.choices for question in slip.questions if question.choices))
    _write_lines(book, slip, lists)
    _write_addresses(book, slip, lists)
    book.close()
    return as_made_on_unix(stream.getvalue())


def _title(slip: Slip) -> str:
    return f"{slip.department} {slip.form}（{slip.as_of}）"


def _write_lines(book: Any, slip: Slip, lists: DropDowns) -> None:
    sheet = book.add_worksheet(SHEET)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=SIDE, right=SIDE, top=ABOVE, bottom=BELOW)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.freeze_panes(HEADER_ROW, 1)
    sheet.set_header(f"&L{header_text(slip.company)}&R{header_text(_title(slip))}")
    sheet.set_footer("&C第 &P 页 共 &N 页")
    hidden = _silent_columns(slip)
    for column, width in enumerate(_widths(hidden)):
        sheet.set_column(column, column, width, None, {"hidden": column in hidden})
    sheet.write_string(0, 0, clean(_title(slip)), book.add_format(_TITLE))
    sheet.set_row(0, 28)
    sheet.write_string(1, 0, clean(f"{slip.company}　{_HOW[slip.form]}"), book.add_format(_NOTE))
    if _HOW_TO in hidden:
        sheet.write_string(2, 0, clean(slip.questions[0].prompt), book.add_format(_NOTE))
    header = book.add_format(_FRAME | _HEADER)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(HEADER_ROW - 1, column, heading, header)
    heights = _write_questions(book, sheet, slip, lists)
    shown = [width for column, width in enumerate(_widths(hidden)) if column not in hidden]
    rest = [LINE] * (len(slip.without_cell) + 2 if slip.without_cell else 0)
    _leave_no_left_overs(sheet, shown, [*heights, *rest])
    _write_rest(book, sheet, HEADER_ROW + len(slip.questions) + 1, slip)
    sheet.protect("", {"select_locked_cells": True, "format_columns": True, "format_rows": True})


def _silent_columns(slip: Slip) -> frozenset[int]:
    """0-based columns that say nothing of their own: nothing stands there now, or every line asks the same.

    They are hidden, not left out: what comes back is recognized by them.
    """
    if not slip.questions:
        return frozenset()
    empty = frozenset() if any(question.before for question in slip.questions) else frozenset({_BEFORE})
    asked = {(question.header, question.prompt) for question in slip.questions}
    return empty | {_ASKED, _HOW_TO} if slip.form == MINUTES and len(asked) == 1 else empty


def _widths(hidden: frozenset[int]) -> tuple[int, ...]:
    if _HOW_TO in hidden:
        return tuple(_ALL_ASKED_ALIKE.get(column, width) for column, width in enumerate(_WIDTHS))
    answer = _WIDTHS[ANSWER - 1] + (_WIDTHS[_BEFORE] if _BEFORE in hidden else 0)
    return (*_WIDTHS[: ANSWER - 1], answer, *_WIDTHS[ANSWER:])


def _write_questions(book: Any, sheet: Any, slip: Slip, lists: DropDowns) -> list[float]:
    """Write a line a question; gives their heights in points."""
    hidden = _silent_columns(slip)
    widths = [width - INDENT for width in _widths(hidden)]
    shown = [column not in hidden for column in range(len(widths))]
    context_of = _short_context if _HOW_TO in hidden else _context
    looks = {name: book.add_format(_FRAME | look) for name, look in _LOOKS.items()}
    heights = []
    above = ("", "", "")
    for row, question in enumerate(slip.questions, HEADER_ROW):
        same_row = above == (question.table, question.number, question.mark)
        above = (question.table, question.number, question.mark)
        context = ("", "", "", "", "") if same_row else context_of(question, widths)
        for column, text in enumerate((question.number, *context[1:])):
            look = _pressing(text) if column == _PRESSING else "faint" if same_row and not column else "plain"
            sheet.write_string(row, column, clean(text), looks[look])
        sheet.write_string(row, _ASKED, question.header, looks["asked"])
        before = cut_line(clean(question.before), MOST_OF_BEFORE)
        sheet.write_string(row, _BEFORE, before, looks["plain"])
        sheet.write_blank(row, ANSWER - 1, None, looks["date" if question.is_date else "answer"])
        # without its last 。, which would stand on a line of its own where the text just fits
        prompt = folded(clean(question.prompt).removesuffix("。"), _WIDTHS[-1] - INDENT)
        sheet.write_string(row, _HOW_TO, prompt, looks["faint"])
        if check := _check(question, lists):
            sheet.data_validation(row, ANSWER - 1, row, ANSWER - 1, check)
        texts = (*context, question.header, before, "", prompt)
        seen = [(text, width) for text, width, there in zip(texts, widths, shown, strict=True) if there]
        heights.append(fitted_height(seen, _ROOM_FOR_A_PEN))
        sheet.set_row(row, heights[-1])
    return heights


def _leave_no_left_overs(sheet: Any, widths: Sequence[float], heights: Sequence[float]) -> None:
    """Take a page less where that leaves its rows legible, and high enough for a pen."""
    scales = print_scale([ColumnHead("", width) for width in widths], A4), LEAST_SCALE
    plain, closer = (len([*page_ends(heights, rows_height(scale, A4, LINE))]) for scale in scales)
    if 0 < closer < plain:
        sheet.fit_to_pages(1, closer)


def _pressing(text: str) -> str:
    """The look of what presses: what is late stands out more than what will be due."""
    return "plain" if text in ("", _NONE) else "soon" if text.startswith(words.OVERDUE_WORDS["Y0"]) else "late"


def _context(question: Question, widths: Sequence[float]) -> tuple[str, ...]:
    due = f"{question.due_name}\n{question.due_on}" if question.due_on else _NONE
    about, what = cut_line(question.about, _MOST_OF_A_PROBLEM), cut_line(question.what, _MOST_OF_A_STEP)
    pressing = folded(question.overdue or _NONE, widths[_PRESSING])
    return question.number, about, due, pressing, folded(what, widths[_WHAT])


def _short_context(question: Question, widths: Sequence[float]) -> tuple[str, ...]:
    """Of what is to be done its first part: a meeting has the tracker before it, and thirty rows on its table."""
    first, more, _ = question.what.partition("；")
    what = cut_line(first, _MOST_IN_MINUTES)
    about = cut_line(question.about, _MOST_IN_MINUTES)
    return _context(replace(question, about=about, what=f"{what}；…" if more and what == first else what), widths)


def _check(question: Question, lists: DropDowns) -> dict[str, Any]:
    if question.choices:
        from xlsxwriter.utility import xl_range_abs

        column = _FIRST_LIST + lists.index(question.choices)
        said = f"请从列表选择：{'、'.join(question.choices)}。"[:255]
        return {
            "validate": "list",
            "source": f"={ADDRESSES}!{xl_range_abs(0, column, len(question.choices) - 1, column)}",
            "show_error": not question.is_open,
            "error_title": "请核对",
            "error_message": said,
        }
    if question.is_date:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": date(2100, 12, 31),
            "error_title": "请核对",
            "error_message": "请填写真实日期，写成 2026-03-31 的样子。",
        }
    if question.bounds:
        least, most = question.bounds
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": least,
            "maximum": most,
            "error_title": "请核对",
            "error_message": asked_between(question.bounds),
        }
    return {}


def _write_rest(book: Any, sheet: Any, row: int, slip: Slip) -> None:
    """What waits but can't be answered here: it is said, so that nobody takes the slip for all there is."""
    note = book.add_format(_NOTE)
    if not slip.questions:
        sheet.write_string(HEADER_ROW, 0, NOTHING_WAITS, note)
    if not slip.without_cell:
        return
    sheet.write_string(row, 0, ELSEWHERE, note)
    for at, (number, what) in enumerate(slip.without_cell, row + 1):
        sheet.write_string(at, 0, f"{clean(number)}{NOTE_GAP}{cut_line(clean(what), _MOST_OF_A_NOTE)}", note)


def _write_addresses(book: Any, slip: Slip, lists: DropDowns) -> None:
    sheet = book.add_worksheet(ADDRESSES)
    for row, line in enumerate(address_lines(slip)):
        sheet.write_string(row, 0, line)
    for column, choices in enumerate(lists, _FIRST_LIST):
        for row, word in enumerate(choices):
            sheet.write_string(row, column, clean(word))
    sheet.protect("")
    sheet.very_hidden()


def address_lines(slip: Slip) -> tuple[str, ...]:
    """The lines of the hidden sheet: the slip itself, then one a question."""
    head = {
        "capa_xl_slip": VERSION,
        "workbook_id": slip.workbook_id,
        "department": slip.department,
        "as_of": slip.as_of.isoformat(),
        "token": slip.token,
    }
    return (_json(head), *(_json(_address(question)) for question in slip.questions))


def _address(question: Question) -> dict[str, Any]:
    cells = asdict(question)
    address = {key: cells[key] for key in ("table", "number", "mark", "key", "header", "before")}
    return address | ({"row": dict(question.row)} if question.row else {})


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_TITLE = {"font_name": palette.FONT, "font_size": 16, "bold": True, "font_color": palette.NAVY}
_NOTE = {"font_name": palette.FONT, "font_size": 10, "font_color": palette.NAVY}
_HEADER = {"bold": True, "bg_color": palette.PALE_BLUE, "font_color": palette.NAVY, "align": "center", "indent": 0}
_ANSWER = {
    "locked": False,
    "border": 2,
    "border_color": palette.ACCENT,
    "bg_color": palette.NEEDED_FILL,
}
_LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "faint": {"font_color": palette.SILENT},
    "late": {"font_color": palette.OVERDUE, "bg_color": palette.OVERDUE_FILL},
    "soon": {"font_color": palette.DUE_SOON, "bg_color": palette.DUE_SOON_FILL},
    "asked": {"bold": True},
    "answer": _ANSWER,
    "date": _ANSWER | {"num_format": "yyyy-mm-dd"},
}
