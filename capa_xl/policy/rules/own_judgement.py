"""AP07, CK04, EF09: nobody judges what they did themselves, where anybody else could.

In a small department nobody else may have been there: then it is only mentioned, with the way out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.problem import Hit, Severity
from capa_xl.policy.rules.message_words import header
from capa_xl.policy.rules.rule import I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs


def _approves_himself(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        owners = _owners_on(given, action, action.approved_on)
        if action.approver is not None and action.approver in owners:
            severity, remedy = _alone(given, _may_approve(given, action, derived, action.approved_on), owners, "批准")
            yield given.hit(action, "approver", severity, v=action.approver, remedy=remedy)
        yield from _postpones_himself(given, action, derived)


def _owners_on(given: RuleInputs, action: Action, on: date | None) -> tuple[str, ...]:
    """The owners of that day, as far as the journal saw them change since: who takes over later approved another's."""
    changes = given.journal.handed_over.get(action.number, ()) if given.journal is not None and on is not None else ()
    since = (one for one in changes if on is not None and on < one.seen_on and one.field == header("owners"))
    first = next(since, None)
    return tuple(first.before.split("、")) if first is not None and first.before else action.owners


def _postpones_himself(given: RuleInputs, action: Action, derived: Derived) -> Iterator[Hit]:
    """A new deadline is approved by the authority of the row's route, so not by the owner either."""
    for ext in given.view.extensions.get(action.number, ()):
        owners = _owners_on(given, action, ext.approved_on)
        if ext.approver is not None and ext.approver in owners:
            able = _may_approve(given, action, derived, ext.approved_on)
            severity, remedy = _alone(given, able, owners, "批准")
            yield given.hit_on(
                "extensions", ext, "approver", action.number, severity, v=ext.approver, remedy=remedy, what="延期"
            )


def _may_approve(given: RuleInputs, action: Action, derived: Derived, on: date | None) -> set[str] | None:
    """Who could have signed on that day: the heads of the departments concerned, or whoever is 总经理."""
    roster, on = given.view.roster, on or given.on
    if derived.route not in ("", words.BY_MANAGER):
        return set(roster.holders(words.GENERAL_MANAGER, on))
    departments = roster.asked(derived.owning_department, *action.departments)
    return {name for department in departments for name in roster.heads_of(department, on)} if departments else None


def _inspects_himself(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        doers = _doers(given, action)
        if action.inspector is not None and action.inspector in doers:
            department, on = derived.inspector_department, action.inspected_on or given.on
            severity, remedy = _alone(given, _may_inspect(given, department, on), doers, "检查")
            whom = _whose(action, action.inspector)
            yield given.hit(action, "inspector", severity, v=action.inspector, whom=whom, remedy=remedy)


def _may_inspect(given: RuleInputs, department: str, on: date) -> tuple[str, ...] | None:
    """Who could have: 质量部 is whoever holds its roles, be it called 品质部; None where no department is known."""
    roster = given.view.roster
    if department == words.QUALITY_DEPARTMENT:
        return roster.quality_members(on)
    return roster.members(department, on) if department else None


def _confirms_himself(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        doers = _doers(given, it.action)
        if it.confirmer is not None and it.confirmer in doers:
            roster, on = given.view.roster, it.confirmed_on or given.on
            departments = roster.asked(it.derived.owning_department, it.action.responsible_department)
            heads = roster.heads_of(departments[0], on) if departments else None
            severity, remedy = _alone(given, heads, doers, "确认")
            whom = _whose(it.action, it.confirmer)
            yield given.hit_conclusion(it, "confirmer", severity, v=it.confirmer, whom=whom, remedy=remedy)


def _doers(given: RuleInputs, action: Action) -> tuple[str, ...]:
    """The owners, and those of the steps."""
    steps = given.view.steps.get(action.number)
    return (*action.owners, *(name for step in steps for name in step.owners)) if steps else action.owners


def _whose(action: Action, name: str) -> str:
    """As what somebody of `_doers` did the work: an owner of steps alone stands in 措施分解, not in the row."""
    return "责任人" if name in action.owners else "《措施分解》的步骤责任人"


def _alone(
    given: RuleInputs, able: Iterable[str] | None, doers: Iterable[str], act: str
) -> tuple[Severity | None, str]:
    """I and the way out where the roster knows nobody else who could have done it; else the rule's own weight.

    Args:
        able: Who could have done it; None where the department isn't known.
    """
    if able is None or not given.view.roster.departments or set(able) - set(doers):
        return None, ""
    return I, f"本部门没有别人可{act}：请上一级或代理人{act}，或由质量部负责人在《例外说明》中签认"


AP07 = Rule(
    "AP07", "", W, "批准人（含延期的批准人）就是责任人（部门里没有别人可批准：提示）",
    "⟦{what}⟧批准人与责任人相同：{v}⟦；{remedy}⟧",
    "换批准人，或写《例外说明》",
    _approves_himself, ("approver|extensions:approver", "owners"), also=(I,),
)  # fmt: skip
CK04 = Rule(
    "CK04", "", W, "检查人就是责任人或步骤责任人（部门里没有别人可检查：提示）",
    "检查人与{whom}相同：{v}⟦；{remedy}⟧",
    "换检查人，或写《例外说明》",
    _inspects_himself, ("inspector", "owners"), also=(I,),
)  # fmt: skip
EF09 = Rule(
    "EF09", "4.5.1", W, "确认人就是责任人或步骤责任人（部门里没有别人可确认：提示）",
    "确认人与{whom}相同：{v}⟦；{remedy}⟧",
    "换确认人，或写《例外说明》",
    _confirms_himself, ("confirmer|confirmations:confirmer", "owners"), also=(I,),
)  # fmt: skip
