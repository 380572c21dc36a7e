from __future__ import annotations

import re

from capa_xl.reports.word.whole_elements import characters, rest_of

CELL = re.compile("<w:tc>" + rest_of("w:tc"))


def test_an_element_ends_at_the_first_end_of_its_tag_whatever_stands_in_it():
    first, second = "<w:tc><w:tcPr/>\n甲 > 乙</w:tc>", "<w:tc></w:tc>"
    assert CELL.findall(f"<w:tr>{first}{second}</w:tr>") == [first, second]


def test_ends_of_other_tags_are_none_and_what_has_no_end_is_no_element():
    assert CELL.findall("<w:tc></w:tcPr></w:t>") == []


def test_the_characters_of_an_element_are_those_that_stand_in_no_tag():
    assert characters('<w:p w:id="1"><w:t>甲乙</w:t><w:t/><w:t>a &gt; b>c</w:t></w:p>') == 12
