"""Check: every rule over the view, its hits stamped, excused where the quality department said so, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from capa_xl.a1 import parse_cell
from capa_xl.model import words
from capa_xl.model.absent_sheets import with_absent_sheets
from capa_xl.model.checked import Checked
from capa_xl.model.figures import ArchivedPapers, RuleFigures
from capa_xl.model.journal import JournalView
from capa_xl.model.pages import line_of
from capa_xl.model.problem import Hit, Problem, Severity
from capa_xl.model.register import Register
from capa_xl.policy.excuses import AcceptedExceptions, accepted_exceptions
from capa_xl.policy.future_facts import as_though_come
from capa_xl.policy.past_years import ONCE_ARCHIVED, in_archive, rows_by_year
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.root_causes import RootCauses, gone_once_come, root_causes
from capa_xl.policy.rules.catalogue import CATALOGUE
from capa_xl.policy.rules.rule import Rule, fill
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.viewing import view_register

__all__ = ["Checked", "check"]

_EXCUSABLE_ONCE_ENDED = frozenset({"PL01", "PL02"})
"""Nobody knows the owner or the date of a legacy row any more."""
_ASK_WHAT_CAME = tuple(rule for rule in CATALOGUE if rule.id in ("EF05", "EF07", "EF16"))
"""What they find in a row hangs on other rows, registered and cancelled after it went to an archive too."""
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}
_STAGES = {
    "approval": "审批",
    "inspection": "检查",
    "confirmation": "效果确认",
    "archiving": "归档",
    "revision": "文件修订",
}

_SETTLED = "例外说明已签字，不用再处理"
_WAITING_IN = {"inspection": words.TO_INSPECT, "confirmation": words.TO_CONFIRM}


def check(
    view: RegisterView,
    journal: JournalView | None = None,
    figures: RuleFigures | None = None,
    papers: ArchivedPapers | None = None,
    whole: RegisterView | None = None,
) -> Checked:
    """Judge a view by every rule of the catalogue that is in force.

    Args:
        journal: What the journal knows; None: its rules are 未启用.
        figures: What the analysis found; likewise.
        papers: What became of archived reports; likewise.
        whole: Of an archived year the workbook in use with all that was archived, as `RuleInputs` has it.
    """
    lowered = {rule.id: rule.excusable or rule.id in _EXCUSABLE_ONCE_ENDED for rule in CATALOGUE}
    given = _with_filled_view(RuleInputs(view, journal, figures, papers, lowered=lowered, whole=whole))
    causes = root_causes(given)
    in_force = {rule.id: causes.allow(rule) and rule.is_in_force(given) for rule in CATALOGUE}
    found = [(rule, hit) for rule in CATALOGUE if in_force[rule.id] for hit in _hits(given, rule)]
    stamped = sorted(_stamped(given, found, causes), key=lambda one: one[0])
    told = (problem for _, problem, follows in stamped if not follows)
    return Checked(
        problems=(*told, *(_since_archived(given) if causes.has_table else ())),
        disabled=tuple(rule for rule, is_on in in_force.items() if not is_on),
        stages=_stages_sentence(view) if causes.has_table else "",
        unjudged=sum(not causes.allow(rule) for rule in CATALOGUE),
        consequences=tuple(problem for _, problem, follows in stamped if follows),
        lost_sheets=given.lost_sheets,
        lost_columns=given.lost_columns if causes.has_table else (),
    )


def _with_filled_view(given: RuleInputs) -> RuleInputs:
    view, ahead = given.view, given.future_facts
    if not ahead:
        return given
    register = as_though_come(view.register, ahead, view.on)
    return replace(given, filled_view=view_register(register, view.as_of, view.inputs.first_due))


def _since_archived(given: RuleInputs) -> Iterator[Problem]:
    """What rows in use make true of archived ones, by the rules that ask what came of a row, at the archive's cells.

    Hints are left out: nobody waits for an archived row.
    """
    register, lost = given.view.register, given.lost_sheets
    for year, past, numbers in rows_by_year(given.view):
        theirs = RuleInputs(past, given.journal, whole=given.known)
        excuses = accepted_exceptions(theirs)
        for rule in _ASK_WHAT_CAME:
            for hit in _hits(theirs, rule) if rule.is_in_force(theirs) else ():
                if hit.number in numbers and hit.row not in theirs.history and hit.severity is not Severity.INFO:
                    one = _problem(rule, hit, excuses, register, lost, is_history=False, may_be_excused=False)
                    fix = one.fix if one.excused else with_absent_sheets(ONCE_ARCHIVED, register, lost)
                    yield replace(in_archive(one, year), row=None, fix=fix)


_Key = tuple[float, int, int, str, int, int, int]


def _hits(given: RuleInputs, rule: Rule) -> Iterator[Hit]:
    """Where a rule strikes; nothing is called missing in a cell that reading could make nothing of."""
    unread = given.unread if not rule.is_of_reading else frozenset()
    return (hit for hit in rule.find(given) if (hit.sheet, hit.at) not in unread)


def _stamped(
    given: RuleInputs, hits: Sequence[tuple[Rule, Hit]], causes: RootCauses
) -> Iterator[tuple[_Key, Problem, bool]]:
    """Every hit as a Problem with the key of its place, and whether it follows from a cause that is told."""
    excuses = accepted_exceptions(given)
    struck = frozenset((rule.id, hit.row) for rule, hit in hits)
    register, lost = given.view.register, given.lost_sheets
    passing = _passing(given, hits)
    place = {rule.id: at for at, rule in enumerate(CATALOGUE)}
    for serial, (rule, hit) in enumerate(hits):
        is_history = hit.row in given.history and not (rule.is_of_table or rule.curable)
        ended = rule.id in _EXCUSABLE_ONCE_ENDED and hit.row in given.ended
        problem = _problem(rule, hit, excuses, register, lost, is_history=is_history, may_be_excused=ended)
        row = float("inf") if problem.row is None else problem.row
        at = parse_cell(problem.cell or "") or (0, 0)
        key = (row, _WEIGHT[problem.severity], place[rule.id], problem.sheet, *at, serial)
        told_elsewhere = (hit.because, hit.row) in struck or (rule.id, hit.sheet, hit.at) in passing
        yield key, problem, told_elsewhere or causes.lead_to(rule, hit)


def _passing(given: RuleInputs, found: Sequence[tuple[Rule, Hit]]) -> frozenset[tuple[str, str, str | None]]:
    """(rule, sheet, cell) of what nobody would say once the days of all facts had come."""
    if given.filled is given:
        return frozenset()
    hits: dict[str, list[Hit]] = {}
    for rule, hit in found:
        hits.setdefault(rule.id, []).append(hit)
    rules = (rule for rule in CATALOGUE if rule.id in hits)
    return frozenset((rule.id, *at) for rule in rules for at in gone_once_come(given, rule, hits[rule.id]))


def _problem(
    rule: Rule,
    hit: Hit,
    excuses: AcceptedExceptions,
    register: Register,
    lost: tuple[str, ...],
    *,
    is_history: bool,
    may_be_excused: bool,
) -> Problem:
    facts = {"id": hit.number, "cell": hit.at or "", "r": str(line_of(hit.row) if hit.row else ""), **hit.facts}
    asked = (rule.id, hit.number, hit.on, hit.done_on) if rule.excusable or may_be_excused else None
    excuse = excuses.of(*asked) if asked else None
    said = excuse.words if excuse else excuses.why_none(*asked) if asked else ""
    weight = Severity.INFO if is_history else hit.severity or rule.severity
    return Problem(
        rule=rule.id,
        clause=rule.clause,
        severity=Severity.INFO if excuse else weight,
        sheet=hit.sheet,
        cell=hit.at,
        number=hit.number,
        row=hit.row,
        message=fill(rule.message, facts) + said,
        fix=with_absent_sheets(_left_to_do(rule, facts) if excuse else fill(rule.fix, facts), register, lost),
        excused=excuse is not None,
        weight=weight,
        in_grace=hit.in_grace,
        on=hit.on,
    )


def _left_to_do(rule: Rule, facts: Mapping[str, str]) -> str:
    """What is still to do where 例外说明 is written and signed: nothing of what the rule asks for a second time."""
    return fill(rule.once_excused, facts) or _SETTLED


def _stages_sentence(view: RegisterView) -> str:
    on = [word for key, word in _STAGES.items() if getattr(view.stages, key)]
    told = _told_by_words(view)
    off = [word for key, word in _STAGES.items() if not getattr(view.stages, key) and word not in told]
    said = f"已启用的环节：{'、'.join(on) or '无'}"
    if told:
        said += f"；没有{'、'.join(told)}列，按状态列里的词计：{'、'.join(told)}"
    return f"{said}；未启用：{'、'.join(off)}（表中没有这些列；不判断，不等于通过）" if off else f"{said}（全部）"


def _told_by_words(view: RegisterView) -> list[str]:
    """The stages without columns in which rows wait, because the table's own word says so (待验收)."""
    waiting = {one.status for one in view.derived.values()}
    return [_STAGES[key] for key, status in _WAITING_IN.items() if status in waiting and not getattr(view.stages, key)]
