"""What 管理评审输入报告 says of measures that were confirmed more than once."""

from datetime import date

from capa_xl.model.review import ConfirmedRound, RoundsLine
from capa_xl.reports.word.round_words import rounds_words

FIRST = ConfirmedRound(1, date(2027, 1, 28), "部分有效")
SECOND = ConfirmedRound(2, date(2027, 3, 1), "有效")


def test_the_last_confirmation_is_named_with_those_before_it():
    in_period = RoundsLine("GJ-2026-005", SECOND, True, (FIRST,))
    assert rounds_words([in_period]) == "不止一次确认的按最后一次计：GJ-2026-005 第 2 轮（第 1 轮 2027-01-28 部分有效）"
    later = RoundsLine("GJ-2026-006", SECOND, False, (FIRST,))
    told = (
        "另有 1 项本期确认、以后又确认的，计在最后一次的那一期，不在表内："
        "GJ-2026-006 第 1 轮 2027-01-28 部分有效（第 2 轮 2027-03-01 有效）"
    )
    assert rounds_words([later]) == told
    assert rounds_words([in_period, later]).endswith(f"；{told}")
    assert rounds_words([]) == ""


def test_what_stands_in_the_trackers_own_row_has_no_round():
    own = ConfirmedRound(None, date(2027, 3, 1), "有效")
    words = rounds_words([RoundsLine("GJ-1", own, True, (FIRST,)), RoundsLine("GJ-2", SECOND, True, (own,))])
    assert words.endswith("GJ-1 2027-03-01 的结论（第 1 轮 2027-01-28 部分有效）、GJ-2 第 2 轮（2027-03-01 有效）")
