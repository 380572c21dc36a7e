"""05 提醒与催办: a letter that only lies in the outbox has no 发送日期 (A4)."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from msgspec.structs import replace

from capa_xl.effects.journal_postings import as_not_received, as_received
from capa_xl.model.journal import FAILED, FILED, OUTBOX, SENT, SMTP, TRANSPORT_WORDS, UNKNOWN
from capa_xl.model.occurrence_words import occurrence_code
from capa_xl.model.period import parse_period
from capa_xl.model.row_heights import text_width
from capa_xl.reports.reminders_workbook import LEDGER, RESULT_WORDS, occurrence_words, reminders_workbook
from tests.policy.postings import posting

PERIOD, ON = parse_period("2026Q3"), date(2026, 8, 20)


@pytest.mark.parametrize(
    ("result", "transport", "sent_on", "words", "note"),
    [
        (SENT, SMTP, date(2026, 7, 1), "已发送", None),
        (FILED, OUTBOX, None, "已生成，未发送", "2026-07-01 存入发件箱"),
        (FAILED, SMTP, None, "失败", None),
        (UNKNOWN, SMTP, None, "结果不明", None),
    ],
)
def test_only_a_letter_a_server_took_has_a_day_of_sending(result, transport, sent_on, words, note):
    one = posting("O1", "2026-07-01", result=result, transport=transport)
    blob = reminders_workbook("样例公司", PERIOD, ON, [one], ())
    rows = openpyxl.load_workbook(io.BytesIO(blob))["台账"].iter_rows(values_only=True)
    head, line = [row for row in rows if row[0] in ("编号", "GJ-2026-001")]
    told = dict(zip(head, line, strict=True))
    assert told["里程碑"] == "逾期提醒（O1）"
    assert (told["发送日期"] and told["发送日期"].date(), told["结果"], told["说明"]) == (sent_on, words, note)


def test_while_nobody_can_tell_the_head_does_not_say_that_nothing_was_owed():
    for duties, words in ((None, "未判定：没有经邮件服务器发出的提醒"), ((), "按时 0 / 应提醒 0")):
        blob = reminders_workbook("样例公司", PERIOD, ON, [], duties)
        assert words in openpyxl.load_workbook(io.BytesIO(blob))["提前一个月提醒"]["A2"].value


def ledger(*postings, on=ON):
    """第几次, 尝试日期, 发送日期 and 结果 of every line."""
    blob = reminders_workbook("样例公司", PERIOD, on, postings, ())
    head, *lines = openpyxl.load_workbook(io.BytesIO(blob))["台账"].iter_rows(min_row=4, values_only=True)
    places = [head.index(name) for name in ("第几次", "尝试日期", "发送日期", "结果")]
    days = [[line[at] for at in places] for line in lines if line[0]]
    return [tuple(str(v.date()) if hasattr(v, "date") else v for v in row) for row in days]


FIRST = replace(posting("O1", "2026-07-01", result=FAILED), sent_on=None, tried_on=date(2026, 7, 1), error="450 busy")
SECOND = replace(FIRST, result=UNKNOWN, tried_on=date(2026, 7, 2), error="连接中断")
THIRD = replace(FIRST, result=SENT, sent_on=date(2026, 7, 3), tried_on=date(2026, 7, 3), error="")


def test_every_attempt_of_a_letter_stands_in_the_ledger():
    other = replace(posting("O2", "2026-07-02"), tried_on=date(2026, 7, 2))
    assert ledger(FIRST, SECOND, other, THIRD) == [
        ("1/1", "2026-07-02", "2026-07-02", "已发送"),
        ("1/3", "2026-07-01", None, "失败"),
        ("2/3", "2026-07-02", None, "结果不明"),
        ("3/3", "2026-07-03", "2026-07-03", "已发送"),
    ]


ASKED = replace(SECOND, tried_on=date(2026, 7, 1))
SENT_AGAIN = replace(as_received(ASKED), sent_at="2026-07-01T09:10:11+08:00")


@pytest.mark.parametrize(
    ("later", "lines"),
    [
        (as_not_received(ASKED), [("1/1", "2026-07-01", None, "失败")]),
        (as_received(ASKED), [("1/1", "2026-07-01", "2026-07-01", "已发送")]),
        (SENT_AGAIN, [("1/2", "2026-07-01", None, "结果不明"), ("2/2", "2026-07-01", "2026-07-01", "已发送")]),
    ],
)
def test_what_the_recipient_answered_of_a_letter_of_unknown_fate_is_no_other_attempt(later, lines):
    assert ledger(ASKED, later) == lines


def test_a_past_day_knows_the_attempts_made_by_then():
    assert [line[0] for line in ledger(FIRST, SECOND, THIRD, on=date(2026, 7, 2))] == ["1/2", "2/2"]
    assert [line[0] for line in ledger(FIRST, SECOND, THIRD, on=date(2026, 7, 3))] == ["1/3", "2/3", "3/3"]


@pytest.mark.parametrize(
    ("occurrence", "words"),
    [
        ("0", "首次"),
        ("2026-W08", "2026年第 8 周"),
        ("2026-11", "2026年11月"),
        ("2026-11-12", "2026-11-12 重开后首次"),
        ("welcome", "首次启用"),
        ("答复日期", "答复日期"),
    ],
)
def test_when_a_reminder_came_again_is_said_in_words(occurrence, words):
    assert occurrence_words(occurrence) == words
    assert occurrence_code(words) == occurrence


def test_every_word_of_the_ledger_has_room_in_its_column():
    """已生成，未发送 is seven signs of two columns of width: 13.65."""
    widths = {heading.name: heading.width for heading in LEDGER}
    assert max(map(text_width, RESULT_WORDS.values())) < widths["结果"]
    assert max(map(text_width, TRANSPORT_WORDS.values())) < widths["方式"]
