"""Judging an opened workbook: the view on a day and the Problems in it. Shared ground of the use cases."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from capa_xl.app.shared.archived_papers import archived_papers
from capa_xl.app.shared.archived_year import archive_note
from capa_xl.app.shared.effect_tests import rule_figures
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.workbook_journal import journal_view_of
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import JournalView
from capa_xl.model.problem import Problem, naming
from capa_xl.policy.check import Checked, check
from capa_xl.policy.damage import damage_sentences
from capa_xl.policy.errors_first import with_errors_first
from capa_xl.policy.later_facts import with_completions_of_then
from capa_xl.policy.left_out import doubt_sentences, left_out_sentences
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.reach import Reach, reach_of
from capa_xl.policy.reminders.start_moved import start_sentences
from capa_xl.policy.viewing import view_register


class Judged(Struct, frozen=True, dict=True):
    """What the policy says of a workbook on a day."""

    opened: Opened
    view: RegisterView
    checked: Checked
    journal: JournalView | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of the ground it stands on, the gravest first.

        Headings and sheets that are gone, whom letters can't reach, what is not tracked, a start of the reminders that
        can't be true, years without holidays.
        """
        return (*self.damage, *self.beside)

    @property
    def beside(self) -> tuple[str, ...]:
        """Those of the notes that no Problem hangs on: a list of Problems stands before them."""
        start = start_sentences(self.view, self.journal)
        archived = (
            (archive_note(self.opened.desk, self.opened.sha256),) if self.journal and self.journal.archived else ()
        )
        shared = (self.journal.shared,) if self.journal and self.journal.shared else ()
        return (*archived, *shared, *self.reach.sentences, *self.left_out, *start, *self.view.calendar.notes)

    @property
    def damage(self) -> tuple[str, ...]:
        """What is wrong with the workbook as a whole."""
        return self._damage(is_listed=False)

    @property
    def damage_above_list(self) -> tuple[str, ...]:
        """The same above a list of the Problems, which says what to do about each."""
        return self._damage(is_listed=True)

    def _damage(self, *, is_listed: bool) -> tuple[str, ...]:
        known = self.journal.columns if self.journal is not None else frozenset()
        displaced = (self.journal.displaced,) if self.journal is not None and self.journal.displaced else ()
        register, problems = self.opened.register, self.checked.problems
        return (*displaced, *damage_sentences(register, problems, known, is_listed=is_listed))

    @property
    def left_out(self) -> tuple[str, ...]:
        """Rows and sheets that are not tracked, and rows tracked by a year that is over."""
        return left_out_sentences(self.view, self.checked.problems, str(self.opened.path))

    @property
    def doubts(self) -> tuple[str, ...]:
        """Those of `left_out` that ask somebody to decide, as status words that nobody knows."""
        return doubt_sentences(self.view, self.checked.problems, str(self.opened.path))

    @property
    def named_problems(self) -> tuple[Problem, ...]:
        """The Problems as they are kept or sent: the workbook's name in every command of their fixes."""
        return naming(self.checked.problems, self.opened.path.name)

    @cached_property
    def reach(self) -> Reach:
        """Whom letters can't reach."""
        return reach_of(self.view, self.opened.desk.settings.mail.allowed_domains)


def judge_now(opened: Opened) -> Judged:
    """The one judgement of every command that looks and writes nothing: on the desk's day, with what the journal knows.

    Raises:
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    return judge(opened, opened.desk.as_of, journal_view_of(opened))


def judge(opened: Opened, as_of: AsOf, journal: JournalView | None) -> Judged:
    """Derive and check; the journal's rules are 未启用 without one.

    A day that is over is judged by the completions that stood then, as the journal has them.
    """
    register = opened.register
    if journal is not None and as_of.on < as_of.today:
        register = with_completions_of_then(register, journal, as_of)
    view = view_register(register, as_of, journal.first_due if journal is not None else {})
    return judged_of(opened, view, journal)


def judged_of(opened: Opened, view: RegisterView, journal: JournalView | None) -> Judged:
    """A view checked, with what must be put right in front of every next step."""
    checked = check_all(opened, view, journal)
    return Judged(opened, with_errors_first(view, checked.problems), checked, journal)


def check_all(opened: Opened, view: RegisterView, journal: JournalView | None) -> Checked:
    """Check with everything rules may ask for: the journal, the analysis, the archived papers."""
    papers = archived_papers(view, opened.path.parent)
    return check(view, journal, rule_figures(view), papers)
