"""What is one text in two languages, and what only has letters in it."""

from __future__ import annotations

import pytest

from capa_xl.model.two_languages import in_two_languages


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("责任人 Owner", ("责任人", "Owner")),
        ("责任人\nOwner", ("责任人", "Owner")),
        ("Owner/责任人", ("责任人", "Owner")),
        ("关闭Closed", ("关闭", "Closed")),
        ("计划完成日期 / Target Date", ("计划完成日期", "Target Date")),
    ],
)
def test_one_after_the_other(text, parts):
    assert in_two_languages(text) == parts


@pytest.mark.parametrize("text", ["责任人", "Owner", "8D编号", "问题No.描述", "A 责任人 B", ""])
def test_one_language_or_a_mixture_is_none(text):
    assert in_two_languages(text) is None


def test_a_text_of_thousands_of_characters_is_answered_at_once():
    """It was cubic: a workbook of overfull cells was never read to its end."""
    assert in_two_languages("现场" * 5000) is None
    assert in_two_languages("现场" * 5000 + "Owner") == ("现场" * 5000, "Owner")
    assert in_two_languages("Owner" + "现场" * 5000 + "x") is None
