"""Whatever 制度执行自查表 counts, somebody was asked for: by check, or by what waits for them."""

import pytest

from capa_xl.model.conformity import BROKEN
from capa_xl.policy.check import check
from capa_xl.policy.conformity.matrix import conformity_of
from capa_xl.policy.rules.rule_inputs import RuleInputs
from tests.policy.conformity.cases import BREACHES
from tests.policy.conformity.judged import view_of_case

BY_LETTER = {"R52", "R60", "R65"}
"""Reminders that were not sent: daily sends them, nobody fills a cell."""
BY_RULE = {"R21": "XR07", "R40": "ST04"}
"""Said in other words, for the rule counts by period and the statement by plan or department."""
BY_TODO = {"R70"}
"""A stage whose limit has passed: 下一步 and its lateness ask for it (tests/policy/test_walk.py)."""


@pytest.mark.parametrize("id_", sorted(set(BREACHES) - BY_LETTER))
def test_each_breach_is_a_problem_of_check_or_waits_for_somebody(id_):
    case = BREACHES[id_]
    view, inputs = view_of_case(case)
    checked = check(view, *inputs)
    line = next(line for line in conformity_of(RuleInputs(view, *inputs), checked) if line.id == id_)
    (name,), (reason,) = line.rows, line.reasons
    waiting = id_ in BY_TODO and view.derived[name].next_step and view.derived[name].overdue
    said = [
        p.message for p in checked.problems if p.rule == BY_RULE.get(id_) or p.message in reason or reason in p.message
    ]
    assert line.verdict == BROKEN
    assert waiting or said, reason
