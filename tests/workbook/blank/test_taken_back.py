"""What the live colours say of a row that an entry of 更正记录 opens again, computed as a spreadsheet would."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.levels import level_named
from capa_xl.workbook.blank.cells_to_fill import cells_taken_back, cells_to_fill, is_ended, is_open
from capa_xl.workbook.blank.names import CORRECTION_NAMES
from capa_xl.workbook.blank.tracker_sheet import tracker_place
from tests.made_workbooks import blank
from tests.policy.registers import closed, completed, confirmed, derived, inspected
from tests.workbook.blank.sheets import parts, sheet_xml

TODAY, N = date(2026, 11, 30), "GJ-2026-007"
PLACE = tracker_place()
ARCHIVED = {
    "number": N, "description": "误关闭", "approval": "同意", "action_type": "纠正", "due_on": date(2026, 9, 18),
    "progress_note": "已改配置", "completed_on": date(2026, 9, 15), "evidence": "变更单 12",
    "inspected_on": date(2026, 9, 16), "inspection": "合格",
    "confirmed_on": date(2026, 10, 20), "effect": "有效", "needs_revision": "否", "archived_on": date(2026, 10, 22),
    "report_number": "BG-2026-007", "archive_location": "档案柜 3",
}  # fmt: skip
CANCELLED = {"number": N, "description": "误取消", "approval": "同意", "cancelled_on": date(2026, 10, 22)}
_TOKEN = re.compile(r'"[^"]*"|<=|>=|<>|[A-Z]+(?=\()|\$[A-Z]+\d+|\w+|.')
_OPERATORS = {"<>": "!=", "=": "==", "&": "+"}


class Cell(str):
    """A text of a formula, or the empty cell; what follows a comparison in a criterion is joined to it."""

    __slots__ = ()

    def __add__(self, other: object) -> Cell:
        return Cell(f"{self}{other}")

    def __ge__(self, other: object) -> bool:
        """An empty cell is less than any day."""
        return not isinstance(other, date) and str(self) >= str(other)


def entry(kind="重开", on=date(2026, 11, 16), **others):
    return {"number": N, "kind": kind, "on": on, "reason": "看错了数据", "approver": "样例质", **others}


def holds(formula: str, row, *entries) -> bool:
    """The result of a condition of ours for a row."""
    cells = {PLACE.cell(key): row.get(key, Cell()) for key in PLACE.columns}
    columns = {name: [one[key] for one in entries] for key, name in CORRECTION_NAMES.items()}
    functions = {
        "AND": lambda *tests: all(tests), "OR": lambda *tests: any(tests), "NOT": lambda test: not test,
        "IF": lambda test, one, other: one if test else other, "TODAY": lambda: TODAY, "COUNTIF": lambda *_: 0,
        "COUNTIFS": _countifs,
    }  # fmt: skip

    def said(token: str) -> str:
        if token.startswith('"'):
            return f"Cell({token})"
        if token.startswith("$"):
            return f"cells[{token!r}]"
        if token.startswith("观察期"):
            return "timedelta(30)"
        return f"columns.get({token!r}, [])" if "_" in token else _OPERATORS.get(token, token)

    known = {**functions, "Cell": Cell, "cells": cells, "columns": columns, "timedelta": timedelta}
    return bool(eval("".join(map(said, _TOKEN.findall(formula))), known))


def _countifs(*given) -> int:
    pairs = list(zip(given[::2], given[1::2], strict=True))
    return sum(all(_meets(column[at], wanted) for column, wanted in pairs) for at in range(len(pairs[0][0])))


def _meets(value, criterion) -> bool:
    operator, bound = re.fullmatch("(>=|<=|<>)?(.*)", str(criterion)).groups()
    text = str(value or "")
    if operator in (">=", "<="):
        return bool(text) and (text >= bound if operator == ">=" else text <= bound)
    return text != bound if operator else text == bound


def asked(row, *entries) -> set[str]:
    """The filled cells that are asked for anew."""
    fills = [one for one in cells_to_fill(PLACE) if one.refill and holds(one.when, row, *entries)]
    return {key for one in fills for key in one.keys if row.get(key)}


def test_an_archived_row_is_over_and_asks_for_nothing():
    assert (holds(is_ended(PLACE), ARCHIVED), holds(is_open(PLACE), ARCHIVED), asked(ARCHIVED)) == (True, False, set())


def test_a_reopened_row_is_open_and_asks_for_another_day_of_completion_and_what_stands_beside_it():
    assert not holds(is_ended(PLACE), ARCHIVED, entry())
    assert holds(is_open(PLACE), ARCHIVED, entry())
    assert asked(ARCHIVED, entry()) == {"progress_note", "completed_on", "evidence"}


def test_a_revoked_confirmation_is_asked_for_anew_and_the_work_stays_done():
    revoked = entry("撤销确认")
    assert not holds(is_ended(PLACE), ARCHIVED, revoked)
    assert not holds(is_open(PLACE), ARCHIVED, revoked)
    assert asked(ARCHIVED, revoked) == {"confirmed_on", "effect", "needs_revision"}
    again = ARCHIVED | {"confirmed_on": date(2026, 11, 18)}
    assert asked(again, revoked) == {"archived_on", "report_number", "archive_location"}
    assert not holds(is_ended(PLACE), again, revoked)
    assert holds(is_ended(PLACE), again | {"archived_on": date(2026, 11, 18)}, revoked)


def test_a_reopened_row_that_was_done_anew_is_done():
    again = ARCHIVED | {"completed_on": date(2026, 11, 20)}
    assert not holds(is_open(PLACE), again, entry())
    assert asked(again, entry()) == {"inspected_on", "inspection"}


def test_a_row_cancelled_by_mistake_is_open_again_only_where_it_is_reopened():
    assert holds(is_ended(PLACE), CANCELLED) and not holds(is_open(PLACE), CANCELLED)
    assert not holds(is_ended(PLACE), CANCELLED, entry()) and holds(is_open(PLACE), CANCELLED, entry())
    assert holds(is_ended(PLACE), CANCELLED, entry("撤销确认"))


@pytest.mark.parametrize(
    "idle",
    [
        entry("更正"), entry(number="GJ-2026-008"), entry(reason=None), entry(approver=None), entry(on=None),
        entry(on=date(2026, 12, 1)), entry(on=date(2026, 9, 14)), entry(kind=None),
    ],
)  # fmt: skip
def test_an_entry_that_takes_nothing_back_leaves_the_row_over(idle):
    assert holds(is_ended(PLACE), ARCHIVED, idle)
    assert not holds(is_open(PLACE), ARCHIVED, idle)


def test_a_fact_of_the_day_of_the_entry_is_taken_back_and_a_row_that_was_followed_up_too():
    same_day = entry(on=date(2026, 10, 22))
    assert not holds(is_ended(PLACE), ARCHIVED, same_day)
    followed = ARCHIVED | {"effect": "无效", "follow_ups": "GJ-2026-009", "archived_on": Cell()}
    assert holds(is_ended(PLACE), followed)
    assert not holds(is_ended(PLACE), followed, entry("撤销确认"))


def test_a_workbook_without_the_sheet_has_no_condition_that_looks_into_it():
    small = tracker_place(level_named("制度"))
    conditions = [is_ended(small), is_open(small), *(one.when for one in cells_to_fill(small))]
    assert not [one for one in conditions if "更正" in one]


@pytest.mark.parametrize("missing", ["archived_on", "report_number", "archive_location"])
def test_a_row_that_is_not_archived_in_full_has_not_ended(missing):
    assert holds(is_ended(PLACE), ARCHIVED)
    assert not holds(is_ended(PLACE), {key: value for key, value in ARCHIVED.items() if key != missing})


@pytest.mark.parametrize(
    ("row", "entries", "facts"),
    [
        (ARCHIVED, [], set()), (ARCHIVED, [entry()], {"完成", "检查", "确认", "归档"}),
        (ARCHIVED, [entry(on=date(2026, 9, 15))], {"完成", "检查", "确认", "归档"}),
        (ARCHIVED, [entry("撤销确认")], {"确认", "归档"}), (CANCELLED, [entry()], {"取消"}),
        (ARCHIVED | {"completed_on": date(2026, 11, 20)}, [entry()], {"检查", "确认", "归档"}),
        (ARCHIVED, [entry("更正")], set()),
    ],
)  # fmt: skip
def test_cells_of_what_was_taken_back_are_struck_through_until_its_day_is_a_later_one(row, entries, facts):
    struck = {key for keys, when in cells_taken_back(PLACE) if holds(when, row, *entries) for key in keys}
    assert struck == {col.key for col in columns_of(Action) if col.fact in facts}


def test_each_of_those_cells_is_struck_through_on_the_sheet():
    styles, xml = parts(blank())["xl/styles.xml"], sheet_xml(blank(), "改进计划跟踪表")
    dxfs = re.findall(r"<dxf>.*?</dxf>", styles)
    struck = {
        f"{area.partition(':')[0]} {unescape(when)}"
        for area, rules in re.findall(r'<conditionalFormatting sqref="([^"]+)">(.*?)</cond', xml)
        for look, when in re.findall(r'dxfId="(\d+)".*?<formula>(.*?)</formula>', rules)
        if "<strike/>" in dxfs[int(look)]
    }
    days = {f"{PLACE.letter(keys[0])}3 {when}" for keys, when in cells_taken_back(PLACE)}
    assert len(days) == 5 and days <= struck


WHO = {"inspector", "confirmer"}
"""Asked for by the next step only where nobody is named for it elsewhere."""
DONE = {"raised_by": "样例工", "progress_note": "已改配置", "evidence": "变更单 12", "completed_on": date(2026, 9, 15)}
SEEN = {**DONE, "inspected_on": date(2026, 9, 16)}
CONFIRMED = {**SEEN, "confirmed_on": date(2026, 10, 20)}
CLOSED = {**CONFIRMED, "archived_on": date(2026, 10, 22)}
REFUSED = inspected(**SEEN, inspection="不合格")
AGAIN = {"inspected_on": date(2026, 9, 10), "inspection": "不合格", "inspection_note": "现场看了三台"}
MAJOR_DONE = completed(**DONE, severity="重大", approval_route="总经理")
MEASURED = inspected(**SEEN, target=3.0)
MEASURED_CLOSED = closed(**CLOSED, target=3.0, actual=4.0)
DONE_ANEW = closed(**{**CLOSED, "completed_on": date(2026, 11, 20)})
CONFIRMED_ANEW = closed(**{**CLOSED, "confirmed_on": date(2026, 11, 18)})


@pytest.mark.parametrize(
    ("row", "entries"),
    [
        (closed(**CLOSED), [entry()]), (confirmed(**CONFIRMED), [entry()]), (inspected(**SEEN), [entry()]),
        (DONE_ANEW, [entry()]), (closed(**CLOSED), [entry("撤销确认")]), (CONFIRMED_ANEW, [entry("撤销确认")]),
        (REFUSED, []), (MAJOR_DONE, []), (MAJOR_DONE | AGAIN, []), (MEASURED, []),
        (MEASURED_CLOSED, [entry("撤销确认")]),
    ],
)  # fmt: skip
def test_the_cells_with_a_frame_are_those_that_the_next_step_names(row, entries):
    entries = [{**one, "number": row["number"]} for one in entries]
    step = derived(row, TODAY.isoformat(), corrections=entries)
    assert set(step.next_keys) - WHO == framed(row, *entries) - WHO, step.next_step


def framed(row, *entries) -> set[str]:
    """The cells that have a frame, blank or asked for anew."""
    shown = {**row, "due_on": date(2026, 12, 31), "registered_on": date(2026, 1, 5)}
    fills = [one for one in cells_to_fill(PLACE) if holds(one.when, shown, *entries)]
    return {key for one in fills for key in one.keys if one.refill or row.get(key) is None}
