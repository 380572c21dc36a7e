import re

from capa_xl.reports.word.long_texts import MOST_OF_AN_AIRY_CELL, MOST_OF_AN_AIRY_TEXT, with_long_texts_close

BODY = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
LONG = "长" * (MOST_OF_AN_AIRY_TEXT + 1)


def test_a_paragraph_of_up_to_four_hundred_characters_stays_as_it_is():
    fits = BODY.format("Indented", LONG[1:])
    assert with_long_texts_close(fits) == fits


def test_a_longer_one_is_set_closer_and_says_the_same():
    made = with_long_texts_close(BODY.format("Indented", LONG))
    assert '<w:spacing w:line="300" w:lineRule="exact"/>' in made and made.count('<w:sz w:val="21"/>') == 1
    assert re.sub("<[^>]*>", "", made) == LONG


def test_a_cell_of_more_than_a_hundred_is_set_smaller_too():
    fits, more = (BODY.format("CellText", "长" * (MOST_OF_AN_AIRY_CELL + over)) for over in (0, 1))
    made = with_long_texts_close(fits + more)
    assert made.startswith(fits) and made.count('<w:spacing w:line="240" w:lineRule="exact"/>') == 1
    assert made.count('<w:sz w:val="18"/>') == 1 and re.sub("<[^>]*>", "", made) == re.sub("<[^>]*>", "", fits + more)


def test_one_that_is_held_with_the_next_is_set_like_the_others():
    held = BODY.format("CellText", "长" * (MOST_OF_AN_AIRY_CELL + 1)).replace("</w:pPr>", "<w:keepNext/></w:pPr>")
    assert '<w:keepNext/><w:spacing w:line="240" w:lineRule="exact"/></w:pPr>' in with_long_texts_close(held)


def test_only_body_text_is_and_each_paragraph_by_itself():
    short, cell = BODY.format("Indented", "短"), BODY.format("DenseText", LONG)
    made = with_long_texts_close(short + cell + BODY.format("Indented", LONG) + short)
    assert made.startswith(short + cell) and made.endswith(short) and made.count("<w:spacing") == 1
