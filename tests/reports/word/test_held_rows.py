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


def test_every_paragraph_of_the_last_row_but_one_is_held_and_no_other_row():
    assert with_rows_held(table(plain("甲", "乙"), plain("丙", "丁"))) == table(held("甲", "乙"), plain("丙", "丁"))
    before = PLAIN.format("前") + table(plain("甲"), plain("乙"), plain("丙")) + PLAIN.format("后")
    after = PLAIN.format("前") + table(plain("甲"), held("乙"), plain("丙")) + PLAIN.format("后")
    assert with_rows_held(before) == after


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
    made = table(plain("一"), held("二"), plain("三"))
    assert with_rows_held(table(plain("甲"), row(inner))) == table(held("甲"), row(made))
    assert with_rows_held(table(row(inner), plain("甲"))).count("<w:keepNext/>") == 3  # the whole inner table
    assert with_rows_held(inner + inner) == made + made


def test_rows_that_are_held_together_at_the_end_are_not_alone_either():
    signed = (held("角色"), held("编制"), plain("批准"))
    assert with_rows_held(table(plain("甲"), plain("乙"), *signed)) == table(plain("甲"), held("乙"), *signed)
    assert with_rows_held(table(*signed)) == table(*signed)


def test_a_note_below_a_table_takes_its_last_rows_along_and_other_text_does_not():
    note = '<w:p><w:pPr><w:pStyle w:val="SmallNote"/></w:pPr><w:r><w:t>另有 3 项未列出</w:t></w:r></w:p>'
    three = table(plain("甲"), plain("乙"), plain("丙")), table(plain("甲"), held("乙"), held("丙"))
    assert with_rows_held(three[0] + note) == three[1] + note
    assert with_rows_held(table(plain("甲")) + note) == table(held("甲")) + note
    assert with_rows_held(table() + note) == table() + note
    body = PLAIN.format("后")
    assert with_rows_held(three[0] + body) == table(plain("甲"), held("乙"), plain("丙")) + body
