"""The self-check of small tables, as a test reads it."""

from __future__ import annotations

from datetime import date

from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import FILED, OUTBOX, SENT, SMTP, JournalView, Posting
from capa_xl.model.letter import JournalKey
from capa_xl.policy.check import check
from capa_xl.policy.conformity.matrix import conformity_of
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.viewing import view_register
from tests.policy.rules.struck import register_of


def self_check(tracker, *, on="2026-06-01", journal=None, figures=None, papers=None, **sheets):
    """Every line of 制度执行自查表 by its id."""
    view = _view(tracker, on, journal, sheets)
    checked = check(view, journal, figures, papers)
    return {line.id: line for line in conformity_of(RuleInputs(view, journal, figures, papers), checked)}


def view_of_case(case):
    """The view of a case of `cases`, and what the rules look at besides: journal, figures, papers."""
    given = {key: value for key, value in case.items() if key not in ("rows", "of")}
    journal, figures, papers = (given.pop(key, None) for key in ("journal", "figures", "papers"))
    return _view(given.pop("tracker"), given.pop("on", "2026-06-01"), journal, given), (journal, figures, papers)


def _view(tracker, on, journal, sheets):
    as_of = AsOf(date.fromisoformat(on), date.fromisoformat(on))
    return view_register(register_of(tracker, **sheets), as_of, journal.first_due if journal else {})


def letter(number, milestone, due, on, result=SENT, transport=SMTP):
    """One posting of the journal, sent on its planned day."""
    day = date.fromisoformat(on)
    key = JournalKey("W", number, milestone, due, "0", "样例工")
    return Posting(key, result, day, day, f"{on}T08:30:00+08:00", transport, "m1", counts=True)


def outbox(number, milestone, due, on):
    """A letter that only lay in the outbox."""
    return letter(number, milestone, due, on, FILED, OUTBOX)


def journal_of(*postings, **more):
    return JournalView(workbook_id="W", postings=postings, **more)
