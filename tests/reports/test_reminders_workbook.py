"""05 提醒与催办: a letter that only lies in the outbox has no 发送日期 (A4)."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from capa_xl.model.journal import FAILED, FILED, OUTBOX, SENT, SMTP, UNKNOWN
from capa_xl.model.period import parse_period
from capa_xl.reports.reminders_workbook import reminders_workbook
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
    assert (told["发送日期"] and told["发送日期"].date(), told["结果"], told["说明"]) == (sent_on, words, note)


def test_while_nobody_can_tell_the_head_does_not_say_that_nothing_was_owed():
    for duties, words in ((None, "未判定：没有经邮件服务器发出的提醒"), ((), "按时 0 / 应提醒 0")):
        blob = reminders_workbook("样例公司", PERIOD, ON, [], duties)
        assert words in openpyxl.load_workbook(io.BytesIO(blob))["提前一个月提醒"]["A2"].value
