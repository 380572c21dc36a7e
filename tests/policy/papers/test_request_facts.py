"""纠正预防措施要求单 (3.3.3): what makes it a draft."""

from __future__ import annotations

import pytest

from capa_xl.policy.papers.request_facts import request_facts
from tests.policy.papers.given import given
from tests.policy.registers import planned

CANCELLED = {"cancelled_on": "2026-02-01", "cancel_reason": "重复", "cancel_approver": "样例总"}


@pytest.mark.parametrize("ended", [{}, CANCELLED], ids=["open", "cancelled"])
@pytest.mark.parametrize(("raised", "missing"), [("服务台", ()), (None, ("提出部门",))])
def test_who_raised_it_is_asked_for_whether_or_not_it_was_cancelled_since(raised, missing, ended):
    """The form of a cancelled row looked complete where the same gap made a draft of any other."""
    found = request_facts(given(planned(raised_department=raised, **ended), on="2026-03-01"), "GJ-2026-001")
    assert (found.head.missing, found.head.is_draft) == (missing, bool(missing))
