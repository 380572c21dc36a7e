import pytest

from capa_xl.reports.word.long_rows import MOST_LINES_OF_A_WHOLE_ROW, MOST_OF_A_WHOLE_ROW, with_long_rows_split

ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"


def test_a_row_stays_whole_until_its_text_may_not_fit_on_a_page():
    fits, long = ROW.format("长" * MOST_OF_A_WHOLE_ROW), ROW.format("长" * (MOST_OF_A_WHOLE_ROW + 1))
    assert with_long_rows_split(fits) == fits
    assert with_long_rows_split(long) == long.replace("<w:cantSplit/>", "")


def test_a_long_row_is_not_held_with_what_follows_either():
    held = ROW.replace("<w:p><w:r>", "<w:p><w:pPr><w:keepNext/></w:pPr><w:r>")
    assert "<w:keepNext/>" in with_long_rows_split(held.format("短"))
    assert "<w:keepNext/>" not in with_long_rows_split(held.format("长" * 2000))


def test_each_row_is_judged_by_itself():
    short, long = ROW.format("短"), ROW.format("长" * 2000)
    assert with_long_rows_split(short + long + short) == short + long.replace("<w:cantSplit/>", "") + short


@pytest.mark.parametrize(
    ("lines", "is_whole"), [(MOST_LINES_OF_A_WHOLE_ROW, True), (MOST_LINES_OF_A_WHOLE_ROW + 1, False)]
)
def test_a_long_text_in_a_wide_cell_is_whole_and_held_with_nothing(lines, is_whole):
    """A line of a cell of 12,000 holds 65 characters of nine points, less its edges."""
    cell = '<w:tc><w:tcPr><w:tcW w:w="11870" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:keepNext/></w:pPr>'
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}<w:r><w:t>{'长' * 65 * lines}</w:t></w:r></w:p></w:tc></w:tr>"
    made = with_long_rows_split(row)
    assert ("<w:cantSplit/>" in made) == is_whole and "<w:keepNext/>" not in made
