"""A plan that lists no item has no landscape page; one that lists any has it as ever."""

import re

import pytest
from msgspec.structs import replace

from capa_xl.model.paper_kinds import PLAN
from capa_xl.reports.word.empty_sections import without_empty_end
from capa_xl.reports.word.examples_plan import example_plan
from capa_xl.reports.word.paper_catalogue import paper_blob
from tests.reports.word.papers import engine, members, words

UPRIGHT, ACROSS = '<w:sectPr><w:pgSz w:w="1"/></w:sectPr>', '<w:sectPr><w:pgSz w:w="2"/></w:sectPr>'
BREAK = f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{UPRIGHT}</w:pPr></w:p>'
GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f"<w:p/>{BREAK}\n{ACROSS}", f"<w:p/>{GAP}{UPRIGHT}"),
        (f"<w:p/>{BREAK}<w:p/>{ACROSS}", f"<w:p/>{BREAK}<w:p/>{ACROSS}"),
        (f"<w:p/>{ACROSS}", f"<w:p/>{ACROSS}"),
    ],
)
def test_a_last_section_of_no_paragraph_is_gone(body, left):
    assert without_empty_end(f"<w:body>{body}</w:body>") == f"<w:body>{left}</w:body>"


def test_a_plan_without_items_ends_on_its_upright_pages_and_says_what_it_has_not():
    facts = example_plan()
    plain = replace(facts, corrective=(), preventive=(), unclassified=())
    some, none = (paper_blob(engine("plan"), PLAN, one) for one in (facts, plain))
    sheets = [
        re.findall('<w:pgSz w:w="([0-9]*)"', members(blob)["word/document.xml"].decode()) for blob in (some, none)
    ]
    assert sheets == [["11906", "16838"], ["11906"]]
    said = words(none)
    for line in (
        "4.1 纠正方面：本期无",
        "4.2 预防方面（含改进机会）：本期无",
        "六、资源需求汇总：本期无",
        "本期无到期项目。",
    ):
        assert said.count(line) == 1
    assert "以…结尾" in words(some) and "以…结尾" not in said
