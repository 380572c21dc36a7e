"""Entries of 更正记录 that say the row holds what it doesn't: such an entry counts for nothing and is in no paper.

Judged is what can be compared without a doubt: dates, words of lists, 是/否 and numbers. Texts, people, departments and
完成期限 are not: people write their gist, and they have ways of their own to change later.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Column, Kind, columns_of
from capa_xl.model.cut_text import cut_line, cut_list
from capa_xl.model.derived import AUTO_COLUMNS, AUTO_PREFIX
from capa_xl.model.records import Correction
from capa_xl.model.register import Register
from capa_xl.model.schema import spec_of
from capa_xl.policy.entry_fault import EntryFault
from capa_xl.policy.nameless_corrections import nameless_entries
from capa_xl.policy.rowless_corrections import BESIDE, rowless_entries

_JUDGED = frozenset({Kind.DATE, Kind.CHOICE, Kind.OPEN_CHOICE, Kind.YES_NO, Kind.NUMBER, Kind.COUNT})
_MOVES_ON = frozenset({"due_on", "progress"})
"""An extension moves the one, work the other."""
_NOTHING = frozenset({"", "空白", "空", "无", "—", "-", "/"})
_SHOWN = 20
_MOST_CELLS = 5
_LEAST_OF_A_NAME = 3
_NOT_OURS = "改算出它的那一格，项目写那一列"
_OTHERWISE = "原内容写改以前的；没有改过的删除这一行"
_AS_IT_IS = "更正后写格里现在的内容；格里还是错的先改格里"
_NUMBER = re.compile(r"([-+]?\d+(?:\.\d+)?)\D*", re.ASCII)
_OF_PEOPLE = frozenset(column.key for column in columns_of(Action))
_OURS = frozenset("".join(column.header.removeprefix(AUTO_PREFIX).split()) for column in AUTO_COLUMNS)
_TRACKER = "tracker"
_Rows = Mapping[tuple[str, str], Sequence[object]]
"""(key of the sheet, 编号) → its rows."""


def untrue_entries(register: Register, on: date) -> Mapping[int, EntryFault]:
    """Row of 更正记录 → why it isn't true; of several about one cell the last is looked at.

    One whose 项目 names nothing here is no more true, whatever was written after it (`nameless_entries`), nor one of a
    cell that no row holds (`rowless_entries`).

    Args:
        on: T; later entries are not there yet. An entry that the same row was opened again after is history.
    """
    entries = register.corrections.records if register.corrections else ()
    known = [entry for entry in entries if entry.number and (entry.on or on) <= on]
    last: dict[tuple[str, str], Correction] = {}
    for entry in sorted(known, key=lambda one: one.on or on):
        if entry.kind == words.CORRECTED:
            last[entry.number or "", _name(entry.field)] = entry
        else:
            last = {place: one for place, one in last.items() if place[0] != entry.number}
    rows = _rows_of(register, frozenset(number for number, _ in last))
    peoples = [entry for entry in known if not _is_ours(register, entry)]
    found = ((entry.row, _fault(register, rows, entry)) for entry in last.values())
    untrue = {row: fault for row, fault in found if fault}
    return {**rowless_entries(register, rows, last.values()), **untrue, **nameless_entries(register, peoples)}


def _rows_of(register: Register, numbers: frozenset[str]) -> _Rows:
    """The rows of those numbers, on the tracker and on the sheets whose rows belong to its."""
    found: defaultdict[tuple[str, str], list[object]] = defaultdict(list)
    for key in (_TRACKER, *BESIDE) if numbers else ():
        table = getattr(register, key)
        for row in table.records if table is not None else ():
            if row.number in numbers:
                found[key, row.number].append(row)
    return found


def _fault(register: Register, rows: _Rows, entry: Correction) -> EntryFault | None:
    before, after = _name(entry.before), _name(entry.after)
    if _is_ours(register, entry):
        return EntryFault(f"“{entry.field}”由工具计算，不是人填的", _NOT_OURS, "field")
    if after and before == after:
        return EntryFault(f"原内容与更正后都是「{cut_line(entry.after or '', _SHOWN)}」", _OTHERWISE, "before")
    cells = list(_cells(register, rows, entry)) if after else []
    if not cells or any(_says(value, after) for value in cells):
        return None
    now = cut_list(tuple(dict.fromkeys(_shown(value) for value in cells)), _MOST_CELLS, "个")
    said = cut_line(entry.after or "", _SHOWN)
    return EntryFault(f"更正后写「{said}」，而“{entry.field}”现在是「{now}」", _AS_IT_IS, "after")


def _is_ours(register: Register, entry: Correction) -> bool:
    """It names an 〔自动〕 column, and none that people fill has that heading here."""
    name, headings = _name(entry.field), register.tracker.headings
    peoples = {_name(heading) for key, heading in headings.items() if key in _OF_PEOPLE}
    return name.startswith(AUTO_PREFIX) or (name in _OURS and name not in peoples)


def _cells(register: Register, rows: _Rows, entry: Correction) -> Iterator[object]:
    """What the row and the rows that belong to it hold under that heading; none where it can't be judged."""
    number = entry.number or ""
    meant = {column.key for column in columns_of(Action) if _is_meant(column, entry, register.tracker.headings)}
    for action in rows.get((_TRACKER, number), ()):
        yield from (getattr(action, key) for key in meant & register.tracker.columns.keys())
    for sheet in BESIDE:
        if found := rows.get((sheet, number), ()):
            own = getattr(register, sheet).headings
            about = (c for c in spec_of(sheet).columns if c.key in meant or _is_meant(c, entry, own))
            for child in about:
                yield from (getattr(row, child.key) for row in found)


def _is_meant(column: Column, entry: Correction, own: Mapping[str, str]) -> bool:
    """The heading whole, or as much of its beginning as people write of it: 确认日 for 确认日期."""
    name, names = _name(entry.field), {_name(name) for name in (column.header, *column.aliases, own.get(column.key))}
    is_named = name in names or (len(name) >= _LEAST_OF_A_NAME and any(one.startswith(name) for one in names))
    return column.kind in _JUDGED and column.key not in _MOVES_ON and is_named


def _says(value: object, text: str) -> bool:
    if value is None:
        return text in _NOTHING
    if isinstance(value, bool):
        return text.startswith("是" if value else "否")
    if isinstance(value, date):
        return tuple(map(int, re.findall(r"\d+", text)))[:3] == (value.year, value.month, value.day)
    if isinstance(value, int | float):
        return any(abs(number - value) < 1e-9 for number in _numbers(text))
    return _name(str(value)) in text


def _numbers(text: str) -> Iterator[float]:
    """The number of a text, whatever unit stands behind it, and of a percentage the share too."""
    if found := _NUMBER.fullmatch(text.replace(",", "")):
        number = float(found[1])
        yield number
        if text.endswith(("%", "％")):
            yield number / 100


def _shown(value: object) -> str:
    plain = {None: "空白", True: "是", False: "否"}
    if isinstance(value, float):
        return f"{value:.12g}"
    return plain[value] if value is None or isinstance(value, bool) else cut_line(str(value), _SHOWN)


def _name(text: str | None) -> str:
    return "".join((text or "").split())
