"""Judging an opened workbook: the situation on a day and the Problems in it. Shared ground of the use cases."""

from __future__ import annotations

from dataclasses import dataclass

from capa_xl.app.shared.archived_papers import archived_papers
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.rule_figures import rule_figures
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import JournalView
from capa_xl.policy.check import Checked, check
from capa_xl.policy.situation import Situation, see


@dataclass(frozen=True, slots=True)
class Judged:
    """What the policy says of a workbook on a day."""

    opened: Opened
    situation: Situation
    checked: Checked

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of the ground everything stands on: years without a calendar of holidays."""
        return self.situation.calendar.notes


def judge(opened: Opened, as_of: AsOf, journal: JournalView | None = None) -> Judged:
    """Derive and check; the journal's rules are 未启用 without one."""
    situation = see(opened.register, as_of, journal.first_due if journal is not None else {})
    return Judged(opened, situation, check_all(opened, situation, journal))


def check_all(opened: Opened, situation: Situation, journal: JournalView | None) -> Checked:
    """Check with everything rules may ask for: the journal, the analysis, the archived papers."""
    papers = archived_papers(situation, opened.path.parent)
    return check(situation, journal, rule_figures(situation), papers)
