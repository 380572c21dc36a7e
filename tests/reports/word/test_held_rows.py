import pytest

from capa_xl.reports.word.held_rows import with_rows_held
from capa_xl.reports.word.long_rows import MOST_OF_A_WHOLE_ROW

PLAIN, HELD = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"


def row(*paragraphs: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(f'<w:tc>{one}</w:tc>' for one in paragraphs)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblGrid/>{''.join(rows)}</w:tbl>"


def plain(*words: str) -> str:
    return row(*map(PLAIN.format, words))


def held(*words: str) -> str:
    return row(*map(HELD.format, words))


@pytest.mark.parametrize("paper", ["", PLAIN.format("甲"), table(), table(plain("甲", "乙"))])
def test_a_paper_without_a_last_row_but_one_stays_as_it_is(paper):
    assert with_rows_held(paper) == paper


def test_every_paragraph_of_the_rows_before_the_last_is_held_until_three_stand_together():
    assert with_rows_held(table(plain("甲", "乙"), plain("丙", "丁"))) == table(held("甲", "乙"), plain("丙", "丁"))
    before = PLAIN.format("前") + table(plain("甲"), plain("乙"), plain("丙"), plain("丁")) + PLAIN.format("后")
    after = PLAIN.format("前") + table(plain("甲"), held("乙"), held("丙"), plain("丁")) + PLAIN.format("后")
    assert with_rows_held(before) == after


def wide(lines: int, width: int = 2170) -> tuple[str, str]:
    """A row of a cell of so many lines of eleven signs each, and the same held; 170 of its width are edges."""
    made = (row(one.format("<w:br/>".join(["十一个字宽的一格里的字"] * lines))) for one in (PLAIN, HELD))
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    return tuple(one.replace("<w:tc>", cell) for one in made)


@pytest.mark.parametrize(("lines", "together"), [(1, 3), (2, 3), (3, 2), (5, 2)])
def test_of_high_rows_fewer_stand_together_as_six_lines_are_enough(lines, together):
    one, kept = wide(lines)
    assert with_rows_held(table(*[one] * 5)) == table(*[one] * (5 - together), *[kept] * (together - 1), one)


@pytest.mark.parametrize(("width", "together"), [(3570, 2), (4130, 3)])
def test_a_text_takes_the_lines_that_its_cell_makes_of_it(width, together):
    """44 signs of nine points are 396 points: three lines of a cell that is 170 points wide, two of one of 198."""
    one, kept = (text.replace("十一个字宽的一格里的字", "长" * 44) for text in wide(1, width))
    assert with_rows_held(table(*[one] * 5)) == table(*[one] * (5 - together), *[kept] * (together - 1), one)


HEADED = (row(PLAIN.format("表头")).replace("<w:cantSplit/>", "<w:cantSplit/><w:tblHeader/>"),)
HEAD_HELD = (HEADED[0].replace("<w:r>", "<w:pPr><w:keepNext/></w:pPr><w:r>"),)


def test_below_its_head_a_table_begins_with_three_rows():
    seven = [plain(sign) for sign in "一二三四五六七"]
    made = [held(sign) if sign in "一二五六" else plain(sign) for sign in "一二三四五六七"]
    assert with_rows_held(table(*HEADED, *seven)) == table(*HEAD_HELD, *made)
    high, kept = wide(6)
    assert with_rows_held(table(*HEADED, *[high] * 4)) == table(*HEAD_HELD, high, high, kept, high)
    assert with_rows_held(table(*HEADED, plain("一"))) == table(*HEAD_HELD, plain("一"))


SECTION_ENDS = '<w:p><w:pPr><w:pStyle w:val="Gap"/><w:sectPr/></w:pPr></w:p>'
PAPER_ENDS = "<w:sectPr/></w:body>"


@pytest.mark.parametrize("end", [SECTION_ENDS, PAPER_ENDS, "</w:body>"])
def test_where_a_page_ends_with_a_table_six_rows_of_it_stand_there(end):
    seven = [plain(sign) for sign in "一二三四五六七"]
    made = [plain(sign) if sign in "一七" else held(sign) for sign in "一二三四五六七"]
    assert with_rows_held(table(*seven) + end) == table(*made) + end
    high, kept = wide(6)
    assert with_rows_held(table(*[high] * 4) + end) == table(high, high, kept, high) + end
    assert with_rows_held(table(*seven) + PLAIN.format("后") + end).count("<w:keepNext/>") == 2


@pytest.mark.parametrize(("written", "made"), [
    ("<w:p/>", "<w:p><w:pPr><w:keepNext/></w:pPr></w:p>"),
    ('<w:p w:rsidR="00A1"/>', '<w:p w:rsidR="00A1"><w:pPr><w:keepNext/></w:pPr></w:p>'),
    ('<w:p w:rsidR="00A1"><w:r/></w:p>', '<w:p w:rsidR="00A1"><w:pPr><w:keepNext/></w:pPr><w:r/></w:p>'),
    ('<w:p><w:pPr><w:jc w:val="left"/></w:pPr></w:p>', '<w:p><w:pPr><w:keepNext/><w:jc w:val="left"/></w:pPr></w:p>'),
    ('<w:p><w:pPr><w:pStyle w:val="CellText"/><w:jc w:val="left"/></w:pPr></w:p>',
     '<w:p><w:pPr><w:pStyle w:val="CellText"/><w:keepNext/><w:jc w:val="left"/></w:pPr></w:p>'),
    ('<w:p><w:pPr><w:pStyle w:val="CellText"/><w:keepNext/></w:pPr></w:p>',
     '<w:p><w:pPr><w:pStyle w:val="CellText"/><w:keepNext/></w:pPr></w:p>'),
    ('<w:p><w:pPr><w:keepNext w:val="0"/></w:pPr></w:p>', '<w:p><w:pPr><w:keepNext w:val="0"/></w:pPr></w:p>'),
    ("<w:p><w:pPr/></w:p>", "<w:p><w:pPr><w:keepNext/></w:pPr></w:p>"),
])  # fmt: skip
def test_a_paragraph_is_held_behind_its_style_and_before_all_else(written, made):
    assert with_rows_held(table(row(written), plain("乙"))) == table(row(made), plain("乙"))


def test_a_row_that_may_be_higher_than_a_page_is_not_held():
    fits, long = "长" * MOST_OF_A_WHOLE_ROW, "长" * (MOST_OF_A_WHOLE_ROW + 1)
    assert with_rows_held(table(plain(fits), plain("乙"))) == table(held(fits), plain("乙"))
    assert with_rows_held(table(plain(long), plain("乙"))) == table(plain(long), plain("乙"))


def test_a_table_in_a_cell_is_a_table_of_its_own():
    inner = table(plain("一"), plain("二"), plain("三"))
    made = table(held("一"), held("二"), plain("三"))
    assert with_rows_held(table(plain("甲"), row(inner))) == table(held("甲"), row(made))
    assert with_rows_held(table(row(inner), plain("甲"))).count("<w:keepNext/>") == 3  # the whole inner table
    assert with_rows_held(inner + inner) == made + made


def test_rows_that_are_held_together_at_the_end_are_not_alone_either():
    signed = (held("角色"), held("编制"), plain("批准"))
    assert with_rows_held(table(plain("甲"), plain("乙"), *signed)) == table(plain("甲"), held("乙"), *signed)
    assert with_rows_held(table(*signed)) == table(*signed)


def test_notes_below_a_table_take_its_last_rows_along_and_other_text_does_not():
    note = '<w:p><w:pPr><w:pStyle w:val="SmallNote"/></w:pPr><w:r><w:t>另有 3 项未列出</w:t></w:r></w:p>'
    four = [plain("甲"), plain("乙"), plain("丙"), plain("丁")]
    noted = table(plain("甲"), held("乙"), held("丙"), held("丁"))
    assert with_rows_held(table(*four) + note) == noted + note
    assert (
        with_rows_held(table(*four) + note + note) == noted + note.replace("</w:pPr>", "<w:keepNext/></w:pPr>") + note
    )
    assert with_rows_held(table(plain("甲")) + note) == table(held("甲")) + note
    assert with_rows_held(table() + note) == table() + note
    body = PLAIN.format("后")
    assert with_rows_held(table(*four) + body) == table(plain("甲"), held("乙"), held("丙"), plain("丁")) + body
