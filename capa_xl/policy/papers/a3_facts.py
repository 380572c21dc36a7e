"""What 重大改进一页报告 says: the facts of the action's report, under a head and a number of its own."""

from __future__ import annotations

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.paper_facts import ReportFacts
from capa_xl.model.paper_kinds import A3
from capa_xl.policy.papers.paper_inputs import NumberedPaper, PaperInputs
from capa_xl.policy.papers.report_facts import report_facts
from capa_xl.policy.past_years import archived
from capa_xl.policy.unknown_numbers import refuse_unknown

_PREFIX = "GJA3"
"""Of its own: two papers of one number can't be told apart in a register of records."""


def a3_number(given: PaperInputs, number: str) -> str:
    """The number of the one-page report of an action: GJA3-2026-031."""
    return given.numbers.of_every_action(_PREFIX, number)


def a3_facts(given: PaperInputs, number: str) -> ReportFacts:
    """The one-page report of an action of the workbook; a draft while its report would be one."""
    facts = report_facts(given, number)
    missing, no_final = facts.head.missing, facts.head.no_final
    head = given.head(a3_number(given, number), A3, draft=not facts.is_final, missing=missing, no_final=no_final)
    return replace(facts, head=head)


def _major(given: PaperInputs) -> list[str]:
    view = given.view
    major = (action.number for action in view.actions if action.severity == words.MAJOR)
    return [number for number in major if view.derived[number].status != words.CANCELLED]


def _archived(given: PaperInputs) -> dict[str, str]:
    """编号 of the major archived actions that weren't cancelled → the archive."""
    alive = (one for one in archived(given.view) if one.derived.status != words.CANCELLED)
    return {one.action.number: one.year for one in alive if one.action.severity == words.MAJOR}


def _papers(given: PaperInputs, number: str) -> list[tuple[str, ReportFacts]]:
    if number not in given.view.by_number:
        refuse_unknown(given.view, number)
    return [(f"{number} {A3.title}", a3_facts(given, number))]


PAPER = NumberedPaper(A3, _major, _papers, archived=_archived)
