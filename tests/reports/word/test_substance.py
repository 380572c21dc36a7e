"""What a paper says of the workbook: its head doesn't count, and a line that only moves has not changed."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from capa_xl.model.edition import told_changes
from capa_xl.model.paper_kinds import PLAN, REPLY
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.substance import substance


def test_another_day_and_another_state_of_the_workbook_say_the_same():
    facts = CONTENTS[REPLY.key].example()
    later = replace(facts, head=replace(facts.head, as_of=date(2027, 1, 5), fingerprint="0" * 64, edition=2))
    assert substance(REPLY, facts) == substance(REPLY, later) != {}


def test_a_line_of_the_plan_that_goes_is_told_by_its_number_and_the_others_are_not():
    plan = CONTENTS[PLAN.key].example()
    (first,) = plan.corrective
    second = replace(first, action=replace(first.action, number="GJ-2026-099"))
    both = replace(plan, corrective=(first, second))
    told = told_changes(substance(PLAN, both), substance(PLAN, replace(plan, corrective=(second,))))
    assert f"纠正方面项目 {first.action.number}" in told
    assert "纠正方面项目 GJ-2026-099" not in told


def test_a_changed_due_date_is_one_change():
    plan = CONTENTS[PLAN.key].example()
    moved = replace(plan.corrective[0], action=replace(plan.corrective[0].action, due_on=date(2027, 3, 31)))
    after = replace(plan, corrective=(moved, *plan.corrective[1:]))
    changed = told_changes(substance(PLAN, plan), substance(PLAN, after))
    assert f"纠正方面项目 {moved.action.number} 期限" in changed
