"""What the procedure says of each change on record."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.action import Action
from capa_xl.model.history import ChangeKind
from capa_xl.model.records import Extension
from capa_xl.model.snapshot import FieldChange
from capa_xl.policy.row_history import history_lines

APPROVED = date(2026, 5, 10)


def kind_of(field, before, after, seen_on, extensions=(), **cells):
    action = Action(row=2, number="GJ-01", **{"approval": "同意", "approved_on": APPROVED, **cells})
    change = FieldChange("GJ-01", field, before, after, seen_on)
    (line,) = history_lines([change], [], {"GJ-01": action}, {"GJ-01": tuple(extensions)})
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
