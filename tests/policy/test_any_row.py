"""Whatever people write, a row has one status, and what follows from it holds together."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Kind, columns_of
from capa_xl.policy.reminders.rehearse import as_if_sent
from capa_xl.policy.status import STAGES
from tests.policy.registers import PEOPLE, view
from tests.policy.reminders.plans import EMPTY, plan

T = date(2026, 3, 18)
DATES = st.none() | st.integers(-120, 40).map(lambda n: T + timedelta(days=n))
NAMES = st.sampled_from([p["name"] for p in PEOPLE] + ["样例外"])
DEPARTMENTS = st.sampled_from(["服务台", "网络部", "质量部", "无此部门"])
VALUES = {
    Kind.DATE: DATES,
    Kind.PERSON: st.none() | NAMES,
    Kind.PEOPLE: st.lists(NAMES, max_size=2, unique=True).map(tuple),
    Kind.DEPARTMENT: st.none() | DEPARTMENTS,
    Kind.YES_NO: st.sampled_from([None, True, False]),
    Kind.NUMBER: st.sampled_from([None, 0.0, 50.0, 100.0]),
    Kind.COUNT: st.sampled_from([None, 0, 30]),
    Kind.REFS: st.sampled_from([(), ("GJ-2026-009",)]),
    Kind.REF: st.sampled_from([None, "GLPS-2026-01"]),
}


def value_of(column):
    """What people may write in a column of the tracker."""
    if column.kind is Kind.CHOICE:
        return st.sampled_from([None, *column.choices])
    return VALUES.get(column.kind, st.sampled_from([None, "文字"]))


COLUMNS = [c for c in columns_of(Action) if c.offered and c.kind not in (Kind.KEY, Kind.DEPARTMENTS, Kind.CHOICES)]
ROWS = st.fixed_dictionaries({c.key: value_of(c) for c in COLUMNS}).map(lambda row: {"number": "GJ-2026-001", **row})


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_any_row_has_a_status_and_consistent_deadlines(row):
    found = view(row, on=T).derived["GJ-2026-001"]
    assert found.status in words.STATUSES and found.stage == STAGES[found.status]
    assert list(found.overdue) == sorted(found.overdue, key=words.OVERDUE_ORDER.index)
    if found.is_ended:
        is_cancelled = found.status == words.CANCELLED
        half = is_cancelled and None in (row["cancel_reason"], row["cancel_approver"])
        too_late = is_cancelled and row["archived_on"] is not None and "的项不能取消" in found.next_step  # CX03
        asked = half or too_late
        assert set(found.overdue) <= {"Y2"} and bool(found.next_step) is asked and (asked or found.next_actor == "")
    assert not {"Y0", "Y1"} & set(found.overdue) or found.days_left is not None
    assert not {"Y0", "Y2"} >= set(found.overdue) or found.days_overdue >= 0
    assert found.days_overdue > 0 or not set(found.overdue) - {"Y0"}
    assert found.overdue_phrase or not found.overdue


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_any_row_is_reminded_of_once(row):
    first = plan(row, on=T)
    again = plan(row, on=T, journal=as_if_sent(EMPTY, first.duties, T))
    assert again.duties == () and again.already_filed == len(first.duties)
    assert len({d.key for d in first.duties}) == len(first.duties)
    assert all(d.planned_on <= T and d.address for d in first.duties)


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_a_past_day_never_sees_a_later_fact(row):
    early = T - timedelta(days=60)
    later = {key: value for key, value in row.items() if isinstance(value, date) and value > early}
    seen = view(row, on=early).by_number.get("GJ-2026-001")
    for column in columns_of(Action):
        if seen is not None and column.dates_fact and column.key in later:
            assert getattr(seen, column.key) is None
