"""What the procedure says of each change on record."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.history import TO_ANSWER, ChangeKind, HistoryLine
from capa_xl.model.intent import HANDOVER, REORGANISE
from capa_xl.model.register import PastYear, Quarantined
from capa_xl.model.snapshot import Applied, AppliedEdit, FieldChange, RowEvent, RowEventKind
from capa_xl.policy.row_history import actions_on_record, history_of, of_person, seen_between
from capa_xl.policy.viewing import view_register
from tests.policy.registers import closed, planned, register, view

APPROVED = date(2026, 5, 10)
T = "2026-12-31"
EMPTY = view(on=T)


def kind_in(seen, field, before, after, seen_on):
    (line,) = history_of(seen, [FieldChange("GJ-01", field, before, after, seen_on)], [])
    return line.kind


def signed(**cells):
    return {"number": "GJ-01", "approver": "样例甲", "approval": "同意", "approved_on": APPROVED, **cells}


def kind_of(field, before, after, seen_on, extensions=(), **cells):
    return kind_in(view(signed(**cells), on=T, extensions=extensions), field, before, after, seen_on)


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
    signed = {"approver": "样例甲", "approved_on": APPROVED}
    record = {"number": "GJ-01", "new_due_on": new_due_on, "approval": approval, **signed}
    assert kind_of("完成期限", "2026-07-01", "2026-08-01", date(2026, 6, 1), [record]) is kind


BY_REVIEW = {
    "number": "GJ-01", "severity": "重大", "approval_route": "管理评审", "review_number": "GLPS-2026-01",
}  # fmt: skip
DECISION = {"number": "GLPS-2026-01", "on": "2026-05-10", "conclusion": "同意", "tracker_numbers": ("GJ-01",)}
BY_PLAN = {"number": "GJ-01", "action_type": "改进", "plan_number": "JH-2026"}
PLAN = {"number": "JH-2026", "version": "V1.0", "approver": "样例总", "approved_on": "2026-05-10", "approval": "同意"}


@pytest.mark.parametrize("field", ["措施内容", "完成期限"])
@pytest.mark.parametrize(
    ("cells", "sheets"), [(BY_REVIEW, {"decisions": [DECISION]}), (BY_PLAN, {"plans": [PLAN]})], ids=["评审", "计划"]
)
def test_an_approval_by_a_review_or_a_plan_holds_the_content_and_the_deadline_too(cells, sheets, field):
    seen = view(planned(**cells), on=T, **sheets)
    kind = ChangeKind.AFTER_APPROVAL if field == "措施内容" else ChangeKind.MOVED_WITHOUT
    found = [kind_in(seen, field, "2026-07-01", "2026-08-01", date(2026, 5, day)) for day in (9, 10, 11)]
    assert found == [ChangeKind.EDITED, ChangeKind.EDITED, kind]


def test_a_deadline_moved_while_nobody_had_approved_the_action_is_a_plain_edit():
    moved = ("完成期限", "2026-07-01", "2026-08-01", date(2026, 6, 1))
    assert kind_in(view(planned(number="GJ-01"), on=T), *moved) is ChangeKind.EDITED
    assert kind_in(EMPTY, *moved) is ChangeKind.MOVED_WITHOUT  # its row is gone: nobody can say


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
    actions = Action(row=3, number="GJ-02", owners=("样例丁",)), Action(row=4, number="GJ-03")
    assert {one.number for one in of_person(LINES, actions, name)} == numbers


def test_a_persons_rows_are_also_those_that_went_to_an_archive_or_are_set_aside():
    past = register(closed(number="GJ-01", owners=("样例丁",)))
    aside = Quarantined(7, "GJ-02", ("D7",), Action(row=7, number="GJ-02", owners=("样例丁",)))
    now = replace(register(planned(number="GJ-03")), past=(PastYear("归档.xlsx", past),), quarantined=(aside,))
    seen = view_register(now, AsOf(date(2027, 1, 5), date(2027, 1, 5)))
    assert {one.number for one in of_person(LINES, actions_on_record(seen), "样例丁")} == {"GJ-01", "GJ-02"}


def test_a_row_of_an_archived_year_is_told_as_it_was_before_it_went_there():
    told = {"number": "GJ-01", "approver": "样例总", "reason": "登记有误", "before": "2026-05-20"}
    past = register(
        closed(number="GJ-01"),
        extensions=[
            {
                "number": "GJ-01",
                "approver": "样例总",
                "approved_on": date(2026, 6, 10),
                "approval": "同意",
                "new_due_on": date(2026, 8, 1),
            }
        ],
        corrections=[{**told, "before": "2026-01-20", "kind": "撤销确认", "on": "2026-02-01"}],
    )
    now = replace(register(planned(number="GJ-03")), past=(PastYear("归档.xlsx", past),))
    changes = [
        FieldChange("GJ-01", "完成期限", "2026-06-30", "2026-08-01", date(2026, 6, 20)),
        FieldChange("GJ-01", "措施内容", "旧", "新", date(2026, 5, 12)),
    ]
    events = [RowEvent(RowEventKind.REOPENED, "GJ-01", "", "已关闭", "实施中", date(2026, 2, 1))]
    gone = history_of(view_register(now, AsOf(date(2027, 1, 5), date(2027, 1, 5))), changes, events)
    before = history_of(view_register(past, AsOf(date(2027, 1, 5), date(2027, 1, 5))), changes, events)
    assert gone == before
    assert [line.kind for line in gone] == [
        ChangeKind.REOPENED_WITH_ENTRY,
        ChangeKind.AFTER_APPROVAL,
        ChangeKind.MOVED_WITH_APPROVAL,
    ]


def test_lines_are_told_whole_in_the_order_of_their_days():
    changes = [FieldChange("GJ-02", "措施内容", "旧", "新", date(2026, 5, 3))]
    events = [RowEvent(RowEventKind.VANISHED, "GJ-01", "编号", "GJ-01", "", date(2026, 5, 2))]
    assert history_of(EMPTY, changes, events) == (
        HistoryLine(ChangeKind.VANISHED, "GJ-01", "编号", "GJ-01", "", date(2026, 5, 2)),
        HistoryLine(ChangeKind.EDITED, "GJ-02", "措施内容", "旧", "新", date(2026, 5, 3)),
    )


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (None, ChangeKind.REOPENED),
        (("重开", "2026-06-02"), ChangeKind.REOPENED),
        (("重开", "2026-06-01"), ChangeKind.REOPENED_WITH_ENTRY),
        (("撤销确认", "2026-05-31"), ChangeKind.REOPENED_WITH_ENTRY),
        (("更正", "2026-05-31"), ChangeKind.REOPENED),
    ],
)
def test_a_row_opened_again_by_an_entry_of_its_day_or_before_has_its_answer(entry, kind):
    event = RowEvent(RowEventKind.REOPENED, "GJ-01", "", "已关闭", "实施中", date(2026, 6, 1))
    told = {"number": "GJ-01", "approver": "样例总", "reason": "登记有误", "before": "2026-05-20"}
    entries = [{**told, "kind": entry[0], "on": entry[1]}] if entry else []
    (line,) = history_of(view(signed(), on=T, corrections=entries), [], [event])
    assert (line.kind, line.kind in TO_ANSWER) == (kind, kind is ChangeKind.REOPENED)


def kinds_after(what, changes, on="2026-06-01"):
    edits = (AppliedEdit("改进计划跟踪表", "AJ2", "甲，乙", "丙，乙"),)
    applied = [Applied(1, f"{on}T09:00:00+08:00", what, "f", edits)]
    lines = history_of(view(signed(), on=T), changes, [], applied)
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
    lines = history_of(EMPTY, edits, events)
    assert [(line.number, line.kind.value) for line in lines] == [
        ("GJ-1", "新增"), ("GJ-1", "修改"), ("GJ-1", "定稿"), ("GJ-2", "删除"), ("GJ-2", "新增"),
    ]  # fmt: skip
