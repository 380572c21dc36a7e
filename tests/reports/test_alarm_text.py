"""The alarm looks as letters do: the one thing to do first, and no word of a command is broken."""

from __future__ import annotations

from datetime import date

from capa_xl.reports.alarm_text import DISPLACED, MISSING, Alarm, alarm_letters

DAY = date(2026, 11, 30)


def alarm(state: str = MISSING):
    said = Alarm("W-1", "跟踪<表>.xlsx", "rows", "上次有 33 行，现在只有 16 行", "2026-W49", DAY, state)
    (letter,) = alarm_letters(said, (("样例质", "zhi@corp.example"),))
    return letter


def test_an_alarm_begins_with_what_to_do_and_every_line_ends():
    lines = alarm().text.splitlines()
    assert lines[0] == "请核对「跟踪<表>.xlsx」：与上次运行相比内容缺失，今天没有发出任何提醒。"
    assert lines[1].startswith("2026年11月30日：上次有 33 行，现在只有 16 行。为避免误发，")
    assert all(line[-1] == "。" for line in lines)
    assert len(alarm(DISPLACED).text.splitlines()) == 3


def test_an_alarm_is_a_card_for_light_and_dark_whose_commands_stay_whole():
    html = alarm().html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "请核对「跟踪&lt;表&gt;.xlsx」" in html
    assert '<span style="white-space:nowrap;">--apply</span>' in html
    assert "<表>" not in html


def test_no_number_of_a_row_that_is_gone_breaks_at_its_hyphens():
    said = Alarm("W-1", "表.xlsx", "rows", "不见的：GJ-2026-012、GJ-2026-013", "2026-W49", DAY)
    (letter,) = alarm_letters(said, (("样例质", "zhi@corp.example"),))
    assert letter.html.count('<span style="white-space:nowrap;">GJ-2026-01') == 2
