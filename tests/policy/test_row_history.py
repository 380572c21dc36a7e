"""What the procedure says of each change on record."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.action import Action
from capa_xl.model.history import TO_ANSWER, ChangeKind, HistoryLine
from capa_xl.model.intent import HANDOVER, REORGANISE
from capa_xl.model.records import Correction, Extension
from capa_xl.model.snapshot import Applied, AppliedEdit, FieldChange, RowEvent, RowEventKind
from capa_xl.policy.row_history import history_lines, of_person, seen_between

APPROVED = date(2026, 5, 10)


def kind_of(field, before, after, seen_on, extensions=(), **cells):
    action = Action(row=2, number="GJ-01", **{"approval": "同意", "approved_on": APPROVED, **cells})
    change = FieldChange("GJ-01", field, before, after, seen_on)
    (line,) = history_lines([change], [], {"GJ-01": action}, {"GJ-01": tuple(extensions)}, {})
    return line.kind


@pytest.mark.parametrize(
    ("seen_on", "kind"),
    [
        (date(2026, 5, 9), ChangeKind.EDITED),
        (date(2026, 5, 10), ChangeKind.EDITED),  # the day itself: nobody knows which came first
        (date(2026, 5, 11), ChangeKind.AFTER_APPROVAL),
    ],
)
def test_content_edited_after_its_approval_is_told_apart_from_the_day_after_on(seen_on, kind):
    assert kind_of("措施内容", "旧", "新", seen_on) is kind


def test_filling_a_blank_and_fields_outside_the_approval_are_plain_edits():
    assert kind_of("措施内容", "", "新", date(2026, 6, 1)) is ChangeKind.EDITED
    assert kind_of("实施情况", "旧", "新", date(2026, 6, 1)) is ChangeKind.EDITED
    assert kind_of("措施内容", "旧", "新", date(2026, 6, 1), approval="不同意") is ChangeKind.EDITED


@pytest.mark.parametrize(
    ("approval", "new_due_on", "kind"),
    [
        ("同意", date(2026, 8, 1), ChangeKind.MOVED_WITH_APPROVAL),
        ("同意", date(2026, 8, 2), ChangeKind.MOVED_WITHOUT),
        ("不同意", date(2026, 8, 1), ChangeKind.MOVED_WITHOUT),
        (None, date(2026, 8, 1), ChangeKind.MOVED_WITHOUT),
    ],
)
def test_a_due_date_moves_with_approval_only_where_an_agreed_extension_leads_there(approval, new_due_on, kind):
    record = Extension(row=2, number="GJ-01", new_due_on=new_due_on, approval=approval)
    assert kind_of("完成期限", "2026-07-01", "2026-08-01", date(2026, 6, 1), [record]) is kind


def test_the_first_due_date_is_a_plain_edit():
    assert kind_of("完成期限", "", "2026-08-01", date(2026, 6, 1)) is ChangeKind.EDITED


def line(number, field, before, after, on):
    return HistoryLine(ChangeKind.EDITED, number, field, before, after, date.fromisoformat(on))


LINES = (
    line("GJ-01", "责任人", "样例甲、样例乙", "样例丙", "2026-05-01"),
    line("GJ-02", "措施内容", "旧", "新", "2026-05-02"),
    line("GJ-01", "措施内容", "旧", "新", "2026-05-03"),
    line("GJ-03", "审批人", "样例甲", "样例乙", "2026-05-04"),
)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (None, None, [1, 2, 3, 4]), ("2026-05-02", None, [2, 3, 4]), (None, "2026-05-03", [1, 2, 3]),
        ("2026-05-02", "2026-05-02", [2]), ("2026-05-05", None, []),
    ],
)  # fmt: skip
def test_lines_of_a_span_are_those_seen_on_its_days(start, end, days):
    limits = [date.fromisoformat(each) if each else None for each in (start, end)]
    assert [one.seen_on.day for one in seen_between(LINES, *limits)] == days


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("样例甲", {"GJ-01"}), ("样例乙", {"GJ-01"}), ("样例丙", {"GJ-01"}), ("样例丁", {"GJ-02"}), ("样例", set())],
)
def test_a_persons_lines_are_those_of_rows_owned_now_or_before_or_after_a_change(name, numbers):
    actions = {"GJ-02": Action(row=3, number="GJ-02", owners=("样例丁",)), "GJ-03": Action(row=4, number="GJ-03")}
    assert {one.number for one in of_person(LINES, actions, name)} == numbers


def test_lines_are_told_whole_in_the_order_of_their_days():
    changes = [FieldChange("GJ-02", "措施内容", "旧", "新", date(2026, 5, 3))]
    events = [RowEvent(RowEventKind.VANISHED, "GJ-01", "编号", "GJ-01", "", date(2026, 5, 2))]
    assert history_lines(changes, events, {}, {}, {}) == (
        HistoryLine(ChangeKind.VANISHED, "GJ-01", "编号", "GJ-01", "", date(2026, 5, 2)),
        HistoryLine(ChangeKind.EDITED, "GJ-02", "措施内容", "旧", "新", date(2026, 5, 3)),
    )


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ((), ChangeKind.REOPENED),
        ((Correction(2, "GJ-01", "重开", on=date(2026, 6, 2)),), ChangeKind.REOPENED),
        ((Correction(2, "GJ-01", "重开", on=date(2026, 6, 1)),), ChangeKind.REOPENED_WITH_ENTRY),
        ((Correction(2, "GJ-01", "撤销确认", on=date(2026, 5, 31)),), ChangeKind.REOPENED_WITH_ENTRY),
        ((Correction(2, "GJ-01", "更正", on=date(2026, 5, 31)),), ChangeKind.REOPENED),
    ],
)
def test_a_row_opened_again_by_an_entry_of_its_day_or_before_has_its_answer(entries, kind):
    event = RowEvent(RowEventKind.REOPENED, "GJ-01", "", "已关闭", "实施中", date(2026, 6, 1))
    (line,) = history_lines([], [event], {}, {}, {"GJ-01": entries})
    assert (line.kind, line.kind in TO_ANSWER) == (kind, kind is ChangeKind.REOPENED)


def kinds_after(what, changes, on="2026-06-01"):
    edits = (AppliedEdit("改进计划跟踪表", "AJ2", "甲，乙", "丙，乙"),)
    applied = [Applied(1, f"{on}T09:00:00+08:00", what, "f", edits)]
    action = Action(row=2, number="GJ-01", approval="同意", approved_on=APPROVED)
    lines = history_lines(changes, [], {"GJ-01": action}, {}, {}, applied)
    return [line.kind for line in lines]


def test_an_owner_whom_a_handover_replaced_is_no_change_after_approval():
    change = FieldChange("GJ-01", "责任人", "甲、乙", "丙、乙", date(2026, 6, 1))
    assert kinds_after(HANDOVER, [change]) == [ChangeKind.HANDED_OVER]
    assert kinds_after(REORGANISE, [change]) == [ChangeKind.REORGANISED]
    assert kinds_after("collect", [change]) == [ChangeKind.AFTER_APPROVAL]
    assert kinds_after(HANDOVER, [change], on="2026-06-02") == [ChangeKind.AFTER_APPROVAL]
    assert ChangeKind.HANDED_OVER not in TO_ANSWER


def test_one_cell_of_a_handover_accounts_for_one_change():
    change = FieldChange("GJ-01", "责任人", "甲、乙", "丙、乙", date(2026, 6, 1))
    assert kinds_after(HANDOVER, [change, change]) == [ChangeKind.HANDED_OVER, ChangeKind.AFTER_APPROVAL]


def test_of_a_day_a_new_row_stands_before_what_befell_it_unless_it_came_back():
    on, edits = date(2026, 6, 1), [FieldChange("GJ-1", "备注", "", "x", date(2026, 6, 1))]
    events = [RowEvent(kind, number, "", "", "", on) for kind, number in (
        (RowEventKind.FROZEN, "GJ-1"), (RowEventKind.ADDED, "GJ-1"),
        (RowEventKind.VANISHED, "GJ-2"), (RowEventKind.ADDED, "GJ-2"),
    )]  # fmt: skip
    lines = history_lines(edits, events, {}, {}, {})
    assert [(line.number, line.kind.value) for line in lines] == [
        ("GJ-1", "新增"), ("GJ-1", "修改"), ("GJ-1", "定稿"), ("GJ-2", "删除"), ("GJ-2", "新增"),
    ]  # fmt: skip
