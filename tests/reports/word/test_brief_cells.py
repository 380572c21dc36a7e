"""Texts of an overview in its narrow columns: four lines, whatever the column's width."""

import pytest

from capa_xl.reports.word.brief_cells import BRIEF, in_lines_of, lines_of, with_brief_cells_cut

SIZES = {BRIEF: 18, "DenseText": 18}
TEN_WIDE = 10 * 180
"""Ten Chinese characters of nine points, in twentieths of a point."""


def cell(text: str, style: str = BRIEF) -> str:
    """A cell of ten characters a line."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{TEN_WIDE + 170}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>'
        f'</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("长" * 10, 1),
        ("长" * 11, 2),
        ("长" * 9 + "，长", 1 + 1),
        ("长" * 10 + "，", 2),
        ("长" * 7 + "2026-07-31", 2),
        ("A" * 40, 3),
        ("", 1),
    ],
)
def test_lines_break_between_characters_and_neither_in_a_number_nor_before_a_mark(text, lines):
    assert lines_of(text, TEN_WIDE, 18) == lines


def test_four_lines_stand_whole_and_a_fifth_is_cut_with_an_ellipsis():
    assert in_lines_of("长" * 40, TEN_WIDE, 18) == "长" * 40
    shown = in_lines_of("长" * 41, TEN_WIDE, 18)
    assert shown == "长" * 39 + "…" and lines_of(shown, TEN_WIDE, 18) == 4


def test_brief_cells_alone_are_cut_and_lists_and_escaped_signs_stay_sound():
    long, names = "长" * 60, "、".join(["样例甲乙丙丁"] * 9)
    assert with_brief_cells_cut(cell(long), SIZES) == cell("长" * 39 + "…")
    assert with_brief_cells_cut(cell("A&amp;B" + long), SIZES).count("A&amp;B长") == 1
    for kept in (cell(long, "DenseText"), cell(names), cell("短"), cell(f"{long}</w:t><w:br/><w:t>长")):
        assert with_brief_cells_cut(kept, SIZES) == kept
