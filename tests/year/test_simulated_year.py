"""The year in steps of a fortnight; `python -m tests.simulated_year` lives it day by day (see `simulation`)."""

from __future__ import annotations

from collections import Counter

import pytest

from capa_xl.effects.journal import copy_journal
from capa_xl.effects.journal_verify import verify_chain
from capa_xl.effects.journal_view import read_view
from capa_xl.model.milestones import M1
from tests.year.rows import PLAN
from tests.year.simulation import NEW_NAME, OLD_NAME, Year, working_days


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> Year:
    lived = Year(tmp_path_factory.mktemp("year"), working_days(every=10))
    lived.live()
    return lived


def test_no_row_is_lost(year):
    registered = {row.number for row in year.rows}
    assert len(registered) == len(PLAN)
    live, archived = year.numbers(year.book.path), year.numbers(year.ended.archive)
    assert registered <= live | archived
    assert {one.number for one in year.ended.year.going} == archived - live
    assert year.ended.year.going


def test_no_edit_is_lost(year):
    assert len(year.book.written) > 500
    assert year.lost_edits() == []


def test_rows_come_to_their_end_and_to_no_other(year):
    ended = {row.story.name: row.ended for row in year.rows if row.ended}
    assert len(ended) >= 8
    assert ended.items() <= {story.name: story.end for _, story in PLAN}.items()


def test_no_letter_goes_twice_and_every_month_ahead_duty_is_met(year):
    assert (year.met["同日再发"], year.met["信"] > 20) == (0, True)
    with copy_journal(year.folder / ".capa_xl") as conn:
        postings = read_view(conn, "W1").postings
        assert verify_chain(conn, "W1").faults == ()
    assert {posting.result for posting in postings} == {"filed"}
    once = Counter((p.key.number, p.key.due_version, p.key.recipient) for p in postings if p.key.milestone == M1.code)
    assert len(once) > 5
    assert set(once.values()) == {1}
    assert [number for errors in year.errors for rule, number in errors if rule == "LG01"] == []


def test_figures_of_the_old_year_are_the_same_before_and_after_year_end(year):
    before, after, _ = year.old_figures
    assert any(value is not None for _, value, _, _ in before)
    assert before == after


def test_a_month_later_the_archived_rows_still_stand_behind_the_same_figures(year):
    before, after, end_of_january = year.figures_of_archived()
    assert any(base for _, _, base in before)
    assert before == after == end_of_january


def test_year_end_raises_no_error(year):
    before, after, _ = year.errors
    assert after - before == {}


def test_slips_late_disagreeing_overtaken_and_forged(year):
    assert year.met["填报表"] > 10
    assert year.met["迟到"] > 0
    assert (year.met["冲突"] >= 3, year.met["伪造"]) == (True, 1)


def test_leavers_and_the_old_name_stand_in_no_open_row(year):
    assert (year.met["交接的格"] > 0, year.met["改名的格"] > 0) == (True, True)
    for row in year.rows:
        if not row.ended:
            assert not {"样例工", "样例网"} & set(row.row.get("owners", ()))
            assert OLD_NAME not in row.row.get("involved_departments", ())
    assert NEW_NAME in year.done
