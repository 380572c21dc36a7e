"""A 提醒启用日 set so late that it takes missed reminders away is told."""

import pytest

from capa_xl.model.journal import JournalView
from capa_xl.model.procedure import Procedure
from capa_xl.policy.reminders.start_moved import start_sentences
from tests.policy.postings import posting
from tests.policy.registers import day, running, view

LETTER = JournalView("W", postings=(posting("M2", "2026-06-20"),))
"""The action is due on 2026-06-30: nobody was told on 2026-05-29."""


@pytest.mark.parametrize(
    ("start", "journal", "said"),
    [
        ("2026-05-01", LETTER, ""),
        ("2026-06-20", LETTER, ""),
        (
            "2026-06-21",
            LETTER,
            "《参数》“提醒启用日”是 2026-06-21，而 2026-06-20 已经发过提醒：那天以前没有按时提醒的 1 项",
        ),
        (
            "2026-12-31",
            LETTER,
            "《参数》“提醒启用日”是 2026-12-31，而 2026-06-20 已经发过提醒：那天以前没有按时提醒的 1 项",
        ),
        ("2026-06-25", None, ""),
        ("2026-12-31", None, "《参数》“提醒启用日”2026-12-31 还没有到"),
    ],
)
def test_a_start_after_the_first_letter_or_in_the_future_is_told(start, journal, said):
    shown = view(running(), on="2026-06-25", procedure=Procedure(reminders_from=day(start)))
    found = start_sentences(shown, journal)
    assert len(found) == bool(said)
    assert "".join(found).startswith(said)


def test_without_a_start_nothing_is_said():
    assert start_sentences(view(running(), on="2026-06-25"), LETTER) == ()
