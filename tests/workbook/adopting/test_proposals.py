"""The likeliest answer to a heading in question, and none where nothing says what it is."""

import pytest

from capa_xl.model.adoption import AskedHeading
from capa_xl.workbook.adopting.proposals import proposed

DAYS = ("完成期限", "实际完成日期", "登记日期", "调查日期", "批准日期")


@pytest.mark.parametrize(
    ("header", "candidates", "likely", "expected"),
    [
        ("日期", DAYS, "", None),
        ("日期", DAYS, "调查日期", "调查日期"),
        ("整改日期", ("完成期限", "实际完成日期"), "完成期限", "完成期限"),
    ],
)
def test_a_heading_that_may_be_any_date_and_says_nothing_is_left_to_somebody(header, candidates, likely, expected):
    """The line to paste held the fourth candidate of a bare 日期."""
    asked = AskedHeading(header, "D4", candidates, "内容是日期", ("完成期限",), likely=likely)
    assert proposed([asked])[0].proposal == expected
