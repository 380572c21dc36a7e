from datetime import date

from capa_xl.model.journal import DueChange, JournalView, Posting
from capa_xl.model.letter import JournalKey
from capa_xl.model.procedure import Procedure
from tests.policy.rules.struck import problem, struck

ROWS = """
    编号  | 登记日期   | 完成期限   | 实际完成日期
    GJ-01 | 2026-03-02 | 2026-06-15 |
    GJ-02 | 2026-03-02 | 2026-06-15 | 2026-05-14
    GJ-03 | 2026-05-20 | 2026-06-15 |
    GJ-04 | 2026-03-02 | 2026-08-31 |
"""


def posting(number, sent_on, result="sent", error=""):
    key = JournalKey("W", number, "M1", "2026-06-15", "0", "样例工")
    sent = date.fromisoformat(sent_on)
    return Posting(key, result, date(2026, 5, 15), sent, "", "smtp", "", error)


def test_a_month_ahead_reminder_that_never_went_out_stands_recorded():
    assert struck("LG01", ROWS, journal=JournalView()) == ["W C2"]
    assert "应在 2026-05-15 发出，没有发出" in problem("LG01", ROWS, journal=JournalView()).message
    assert struck("LG01", ROWS) == "未启用"


def test_sent_on_the_planned_day_is_in_time_and_a_day_later_is_not():
    assert struck("LG01", ROWS, journal=JournalView(postings=(posting("GJ-01", "2026-05-15"),))) == []
    late = JournalView(postings=(posting("GJ-01", "2026-05-18"),))
    assert "2026-05-18 才补发" in problem("LG01", ROWS, journal=late).message


def test_duties_before_the_first_day_of_reminders_are_no_miss():
    begins = Procedure(reminders_from=date(2026, 5, 16))
    assert struck("LG01", ROWS, journal=JournalView(), procedure=begins) == []


def test_a_date_moved_nearer_is_no_miss_and_one_seen_late_by_the_job_is():
    moved = DueChange(date(2026, 7, 31), date(2026, 6, 15), date(2026, 5, 16))
    assert struck("LG01", ROWS, journal=JournalView(due_changes={"GJ-01": (moved,)})) == []
    seen_late = JournalView(first_seen={("GJ-01", date(2026, 6, 15)): date(2026, 5, 16)})
    assert struck("LG01", ROWS, journal=seen_late) == ["W C2"]


def test_a_failed_reminder_is_told_until_it_succeeds():
    failed = posting("GJ-01", "2026-05-15", "failed", "550 no such user")
    assert struck("LG02", ROWS, journal=JournalView(postings=(failed,))) == ["W C2"]
    assert "550 no such user" in problem("LG02", ROWS, journal=JournalView(postings=(failed,))).message
    again = (failed, posting("GJ-01", "2026-05-18"))
    assert struck("LG02", ROWS, journal=JournalView(postings=again)) == []
