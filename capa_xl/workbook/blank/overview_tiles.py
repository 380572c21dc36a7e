"""The six tiles of 总览: a number, and a note that says what it is made of and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capa_xl.model import words
from capa_xl.model.derived import waiting_late_word
from capa_xl.model.overview import Overview
from capa_xl.workbook.blank.overview_layout import (
    BASE,
    FIGURES_ROW,
    HEAT_TOTAL,
    HORIZON,
    SUM_ROW,
    TILE_NOTE_ROW,
    TILE_NUMBER_ROW,
    TILES,
    OverviewCell,
    in_status,
    literal,
)
from capa_xl.workbook.blank.place import Place

TITLES = ("在办", "实施逾期", "环节超时", "一个月内到期", "待审批、检查、确认", "数据错误")
WORDS = {1: "过了完成期限没有完成的，卡在环节的也计在这里", 3: "尚未完成的"}
"""Notes that never change, by tile."""
UNCHECKED = "未校验"
_ERRORS = f'IFERROR(COUNTIF(校验结果!$A$2:$A$5001,"错误"),"{UNCHECKED}")'
"""A sheet that somebody deleted has no 0 errors."""
SEE_FINDINGS = "详见“校验结果”"
"""Not in the marks of sheets: a condition in the workbooks of before compares a cell with these very words."""
_DECIDED = (words.TO_APPROVE, words.TO_INSPECT, words.TO_CONFIRM)


def tile_cells() -> Iterator[OverviewCell]:
    """The numbers, and the notes that are computed."""
    numbers = [f"{letter}{TILE_NUMBER_ROW}" for letter in TILES]
    yield OverviewCell(numbers[0], literal(f"{HEAT_TOTAL}{SUM_ROW}"), lambda overview: overview.tally.open)
    yield OverviewCell(numbers[1], _late_doing, lambda overview: overview.tally.late_doing)
    yield OverviewCell(numbers[2], _late_waiting, lambda overview: overview.tally.late_waiting)
    yield OverviewCell(numbers[3], _due_soon, lambda overview: overview.tally.due_soon)
    yield OverviewCell(numbers[4], _to_decide, lambda overview: sum(map(overview.tally.in_status, _DECIDED)))
    yield OverviewCell(numbers[5], literal(_ERRORS), lambda overview: overview.data_errors)
    notes = [f"{letter}{TILE_NOTE_ROW}" for letter in TILES]
    yield OverviewCell(notes[0], _open_note, _open_words)
    yield OverviewCell(notes[2], _waiting_note, _waiting_words)
    yield OverviewCell(notes[4], _decided_note, _decided_words)
    yield OverviewCell(notes[5], _aside_note, _aside_words)


def _open_note(place: Place) -> str:
    return f'"其中观察期 "&{in_status(place, words.OBSERVING)}&" 项"'


def _open_words(overview: Overview) -> str:
    return f"其中观察期 {overview.tally.in_status(words.OBSERVING)} 项"


def _late_waiting(place: Place) -> str:
    return "+".join(_late(place, code) for code in words.WAITING_LATE)


def _late(place: Place, code: str) -> str:
    return f'COUNTIF({place.range("overdue")},"{waiting_late_word(code)}*")' if place.has("overdue") else "0"


def _waiting_note(place: Place) -> str:
    return _listed((words.OVERDUE_WORDS[code], _late(place, code)) for code in words.WAITING_LATE)


def _waiting_words(overview: Overview) -> str:
    late = dict(overview.tally.late)
    return _list((words.OVERDUE_WORDS[code], late.get(code, 0)) for code in words.WAITING_LATE)


def _to_decide(place: Place) -> str:
    return "+".join(in_status(place, status) for status in _DECIDED)


def _decided_note(place: Place) -> str:
    return _listed((status[1:], in_status(place, status)) for status in _DECIDED)


def _decided_words(overview: Overview) -> str:
    return _list((status[1:], overview.tally.in_status(status)) for status in _DECIDED)


def _listed(counts: Iterable[tuple[str, str]]) -> str:
    """The formula of `审批 4、检查 2`: what isn't there isn't named. TRIM and 、 take the place of a TEXTJOIN."""
    parts = "&".join(f'IF({count}=0,"","{word}_"&{count}&" ")' for word, count in counts)
    return f'SUBSTITUTE(SUBSTITUTE(TRIM({parts})," ","、"),"_"," ")'


def _list(counts: Iterable[tuple[str, int]]) -> str:
    return "、".join(f"{word} {count}" for word, count in counts if count)


def _aside_note(place: Place) -> str:
    count = in_status(place, words.TO_CORRECT)
    return f'"{SEE_FINDINGS}"&IF({count}=0,"","；{words.TO_CORRECT} "&{count}&" 行未计入")'


def _aside_words(overview: Overview) -> str:
    return "；".join(filter(None, (SEE_FINDINGS, overview.tally.aside)))


def _late_doing(place: Place) -> str:
    return f'COUNTIF({place.range("days_left")},"<0")' + _not_yet_seen(place, f'"<"&{BASE}')


def _due_soon(place: Place) -> str:
    days = place.range("days_left")
    soon = f'COUNTIFS({days},">=0",{days},"<="&${HORIZON}${FIGURES_ROW}-{BASE})'
    return soon + _not_yet_seen(place, f'">="&{BASE}', f'"<="&${HORIZON}${FIGURES_ROW}')


def _not_yet_seen(place: Place, *due: str) -> str:
    """Rows with a number but no 〔自动〕状态 yet, open and due as asked; rows registered later don't count."""
    if not place.has("number", "due_on"):
        return ""
    tests = [f'{place.range("number")},"<>"', f'{place.range("status")},"="']
    tests += [f"{place.range('due_on')},{test}" for test in due]
    tests += [f'{place.range(key)},"="' for key in ("completed_on", "cancelled_on") if place.has(key)]
    term = f"+COUNTIFS({','.join(tests)})"
    if place.has("registered_on"):
        later = f'{place.range("registered_on")},">"&{BASE}'
        term += f"-COUNTIFS({','.join([*tests, later])})"
    return term
