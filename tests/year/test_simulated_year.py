"""The year in steps of a fortnight; `python -m tests.simulated_year` lives it day by day (see `simulation`)."""

from __future__ import annotations

from collections import Counter

import pytest

from capa_xl.app.use_cases.signed import file_scans
from capa_xl.effects.journal import copy_journal
from capa_xl.effects.journal_verify import verify_chain
from capa_xl.effects.journal_view import read_view
from capa_xl.model.letter import FIRST
from capa_xl.model.milestones import M1, S7
from capa_xl.policy.reminders.complaint_letters import LATE
from tests.app.desks import desk_at
from tests.year.rows import PLAN
from tests.year.simulation import ANSWERED_IN_TIME, ANSWERED_LATE, NEW_NAME, OLD_NAME, Year, working_days

COMPLAINTS = (ANSWERED_IN_TIME, ANSWERED_LATE)


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


def test_a_complaint_answered_in_time_gets_one_letter_and_a_missed_one_another(year):
    with copy_journal(year.folder / ".capa_xl") as conn:
        postings = read_view(conn, "W1").postings
    keys = [p.key for p in postings if p.key.milestone == S7.code and p.key.due_version.endswith("18:00")]
    assert set(Counter(keys).values()) == {1}
    told = {number: {key.occurrence for key in keys if key.number == number} for number in COMPLAINTS}
    assert told == {ANSWERED_IN_TIME: {FIRST}, ANSWERED_LATE: {FIRST, LATE}}
    assert year.met["客户回复函"] == 2


def test_what_was_signed_stays_byte_for_byte_and_a_correction_is_the_next_edition(year):
    assert (year.met["签字件"], year.met["更正"], year.met["一项一档"]) == (2, 1, 2)
    assert len(year.kept.frozen) == 3
    for path, blob in year.kept.frozen.items():
        assert path.read_bytes() == blob
    standing = file_scans(desk_at(year.book.path, year.days[-1]), []).standing
    assert [one.edition.at for one in standing] == [1, 2, 1]
    assert all(one.is_whole and not one.damaged for one in standing)


def test_the_meetings_words_are_rows_of_the_log(year):
    assert year.met["会议意见"] > 3
    log = [value for (sheet, _), value in year.book.written.items() if sheet == "进展反馈"]
    assert sum("按计划推进" in str(value) for value in log) == year.met["会议意见"]


def test_the_ledger_of_a_branch_grew_twice_and_lost_nothing(year):
    assert year.branch.grown == ["制度", "评审"]
    assert len(year.branch.written) > 100
    assert year.branch.lost() == {}
