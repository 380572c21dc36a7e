"""Columns that came later ask for nothing: a workbook without them reads, judges and waits as before."""

import pytest

from capa_xl.policy.check import check
from tests.policy.registers import ALL, closed, completed, planned, running, view

ADDED = ("breached_requirement", "like_problems", "approval_evidence", "confirmation_evidence")
WITHOUT = tuple(key for key in ALL if key not in ADDED)


@pytest.mark.parametrize("action", [planned(), running(), completed(), closed(), closed(severity="重大")])
def test_a_workbook_without_them_has_the_same_problems_and_statuses(action):
    with_them, without = (view(action, on="2026-06-01", columns=columns) for columns in (ALL, WITHOUT))
    told = [[(p.rule, p.number, p.message) for p in check(one).problems] for one in (with_them, without)]
    assert told[0] == told[1]
    assert with_them.derived == without.derived
