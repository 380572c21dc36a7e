"""A span that begins and ends on one day is that day."""

from datetime import date

from capa_xl.model.span_text import span_text


def test_one_day_or_month_is_named_once():
    assert span_text("2026-03", "2026-10") == "2026-03 至 2026-10"
    assert span_text(date(2026, 11, 30), date(2026, 11, 30)) == "2026-11-30"
