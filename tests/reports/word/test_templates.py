"""The committed templates: usable, set as the house wants them, in the order the schema wants."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

import docx
import pytest
from docx.shared import Cm
from lxml import etree

from capa_xl.reports.word.brief_cells import lines_of
from capa_xl.reports.word.building.template_package import templates
from capa_xl.reports.word.context_plan import MOST_OF_A_DEPARTMENT
from capa_xl.reports.word.line_widths import CELL_EDGES, line_width
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.template_fields import template_fields
from capa_xl.reports.word.templates_check import check_template
from tests.reports.word.papers import PAPERS, PROPERTIES, TEMPLATE_FILES, engine, every_leaf, members, template, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind jc outlineLvl rPr "
    "sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs lang",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg docGrid",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr trPr tcPr "
    "tblStylePr",
    "tbl": "tblPr tblGrid tr",
}


@pytest.mark.parametrize("paper", PAPERS)
def test_our_own_templates_have_no_fault(paper):
    assert check_template(paper, TEMPLATE_FILES[paper], template(paper)) == ()


def test_a_built_template_is_the_same_every_time():
    assert templates() == templates()
    assert set(templates()) == set(TEMPLATE_FILES.values())


@pytest.mark.parametrize("paper", PAPERS)
def test_the_template_we_deliver_is_the_one_the_building_makes(paper):
    assert template(paper) == templates()[TEMPLATE_FILES[paper]]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_name_a_template_may_use_has_a_chinese_meaning(paper):
    for name, meaning in template_fields(paper):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in meaning), name


@pytest.mark.parametrize("paper", PAPERS)
def test_pages_are_a4_or_a3_with_the_houses_margins(paper):
    for section in docx.Document(io.BytesIO(template(paper))).sections:
        sides = [29.7, 42.0] if paper == "a3" else [21.0, 29.7]
        assert sorted((round(section.page_width.cm, 1), round(section.page_height.cm, 1))) == sides
        assert abs(section.top_margin - Cm(2.5)) < 1000 and abs(section.left_margin - Cm(2.2)) < 1000


@pytest.mark.parametrize("paper", PAPERS)
def test_chinese_fonts_are_set_as_such(paper):
    styles = etree.fromstring(members(template(paper))["word/styles.xml"])
    defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert defaults.find(f"{W}rFonts").get(f"{W}eastAsia") == "宋体"
    assert defaults.find(f"{W}lang").get(f"{W}eastAsia") == "zh-CN"
    assert not [fonts for fonts in styles.iter(f"{W}rFonts") if fonts.get(f"{W}eastAsiaTheme")]


@pytest.mark.parametrize("paper", PAPERS)
def test_head_rows_repeat_and_no_row_splits(paper):
    body = etree.fromstring(members(template(paper))["word/document.xml"])
    for row in body.iter(f"{W}tr"):
        assert row.find(f"{W}trPr/{W}cantSplit") is not None
    if paper != "request":
        assert body.findall(f".//{W}tblHeader")


@pytest.mark.parametrize("paper", ["report", "plan", "revision", "review", "handover", "exceptions", "reply", "group"])
def test_a_signature_block_stays_in_one_piece(paper):
    body = etree.fromstring(members(template(paper))["word/document.xml"])
    blocks = [
        rows[at:-1] for rows in _rows_of_tables(body) for at, row in enumerate(rows) if _words(row).startswith("角色")
    ]
    assert blocks
    for rows in blocks:
        for row in rows:
            assert all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p"))


@pytest.mark.parametrize(("paper", "listed"), [("handover", "内容"), ("exceptions", "说明"), ("revision", "修订结果")])
def test_signatures_are_rows_of_the_table_that_is_signed(paper, listed):
    """LibreOffice holds rows of one table together, not a table with the next one."""
    body = etree.fromstring(members(template(paper))["word/document.xml"])
    tables = map(_words, body.iter(f"{W}tbl"))
    assert any(listed in words and "角色姓名（系统记录）签字日期" in words for words in tables)


def test_what_is_left_to_decide_stands_in_a_table_without_the_list_s_heading():
    """It once stood in the list: the page of the signatures began with 序号 编号 内容 and no row below."""
    body = etree.fromstring(members(template("handover"))["word/document.xml"])
    (left,) = [table for table in body.iter(f"{W}tbl") if "需要另行决定：" in _words(table)]
    assert left.find(f".//{W}tblHeader") is None and "角色姓名（系统记录）签字日期" in _words(left)


def test_a_step_of_sixty_characters_takes_no_more_than_five_lines_of_the_report():
    body = etree.fromstring(members(template("report"))["word/document.xml"])
    (cell,) = [one for one in body.iter(f"{W}tc") if _words(one) == "{{ s.brief }}"]
    width = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) - CELL_EDGES
    assert cell.find(f".//{W}pStyle").get(f"{W}val") == "DenseText" and lines_of("长" * 60, width, 18) <= 5


def test_whom_the_group_waits_for_breaks_between_names_and_not_before_the_number_of_one():
    body = etree.fromstring(members(template("group"))["word/document.xml"])
    cells = [one for one in body.iter(f"{W}tc") if _words(one) == "{{ x.next_actor }}"]
    rooms = [int(one.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) - CELL_EDGES for one in cells]
    assert len(rooms) == 2 and min(rooms) >= line_width("样例经理22、", 18)


@pytest.mark.parametrize("head", ["序号措施 / 步骤责任人完成期限", "④ 批准"])
def test_a_heading_inside_a_form_stands_on_the_page_of_its_first_row(head):
    body = etree.fromstring(members(template("request"))["word/document.xml"])
    (row,) = [row for row in body.iter(f"{W}tr") if _words(row) == head]
    assert all(one.find(f"{W}pPr/{W}keepNext") is not None for one in row.iter(f"{W}p"))


@pytest.mark.parametrize(("paper", "last"), [
    ("report", "同类问题复发情况：{{ r.recurrence }}"), ("report", "{{ r.missing }}"),
    ("report", "{{ r.edition_note }}"),
    ("reply", "{{ m.progress }}"), ("reply", "如有疑问，请与我们联系：{{ contact }}"),
])  # fmt: skip
def test_the_last_sentence_stays_with_the_signatures(paper, last):
    body = etree.fromstring(members(template(paper))["word/document.xml"])
    found = [one for one in body.iter(f"{W}p") if _words(one) == last]
    assert found and all(one.find(f"{W}pPr/{W}keepNext") is not None for one in found)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_sentence_over_a_table_stays_with_it(paper):
    """What people typed (`line`) may fill pages and isn't held."""
    body = etree.fromstring(members(template(paper))["word/document.xml"])[0]
    shown = [block for block in body if _style(block) != "TemplateTag"]
    for heading, sentence, table in zip(shown, shown[1:], shown[2:], strict=False):
        words = _words(sentence)
        is_over = _style(heading).startswith("Heading") and sentence.tag == f"{W}p" and table.tag == f"{W}tbl"
        if is_over and words not in ("{{ line }}", "") and not _style(sentence).startswith("Heading"):
            assert sentence.find(f"{W}pPr/{W}keepNext") is not None, words


def _rows_of_tables(body: etree._Element) -> Iterator[list[etree._Element]]:
    """Those that a paper has: rows that steer the template aside."""
    tables = (table.findall(f"{W}tr") for table in body.iter(f"{W}tbl"))
    return ([row for row in rows if not _words(row).startswith("{%")] for rows in tables)


def _words(block: etree._Element) -> str:
    return "".join(text.text or "" for text in block.iter(f"{W}t"))


def _style(block: etree._Element) -> str:
    found = block.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


@pytest.mark.parametrize("paper", PAPERS)
def test_header_and_footer_carry_company_number_and_pages(paper):
    """The first pages of a letter are sent out: test_context_reply.py says what their foot holds."""
    parts = members(template(paper))
    kind = 2 if paper == "reply" else 1
    header, footer = parts[f"word/header{kind}.xml"].decode(), parts[f"word/footer{kind}.xml"].decode()
    assert "{{ head.company }}" in header and "编号：{{ head.number }}" in header and "C00000" in header
    assert " PAGE " in footer and " NUMPAGES " in footer and "数据截至" in footer


@pytest.mark.parametrize("paper", PAPERS)
def test_children_stand_in_the_order_of_the_schema(paper):
    blob = engine(paper).render(paper, CONTENTS[paper].example_context(), PROPERTIES)
    for name, content in members(blob).items():
        if not name.startswith("word/") or not name.endswith(".xml") or "chart" in name or "theme" in name:
            continue
        for element in etree.fromstring(content).iter(*(W + tag for tag in ORDER)):
            order = ORDER[element.tag.removeprefix(W)].split()
            places = [order.index(child.tag.removeprefix(W)) for child in element]
            assert places == sorted(places), f"{name} {etree.tostring(element)[:300]}"


def test_the_plan_sets_its_list_on_landscape_pages_with_tabs_of_their_own():
    sections = docx.Document(io.BytesIO(template("plan"))).sections
    assert [section.page_width > section.page_height for section in sections] == [False, True]


@pytest.mark.parametrize("paper", PAPERS)
def test_no_text_is_justified(paper):
    """LibreOffice leaves out the comma at the end of a justified line before a number, and stretches the line."""
    assert b'w:val="both"' not in members(template(paper))["word/styles.xml"]


WIDEST = {"DenseText": 9.0, "CellText": 10.5, "FormText": 10.5}
"""Points of the letters in a table."""
EMS = {"iso": 5.1, "number": 5.7}
"""Widths of 2026-10-08 and GJ-2026-036 in the widest serif that stands in for Times New Roman, Noto Serif CJK."""


@pytest.mark.parametrize("paper", PAPERS)
def test_a_column_of_dates_or_numbers_is_as_wide_as_one(paper):
    wanted = re.compile(r"\{\{ [\w.]*?\b\w*(iso|number) \}\}")
    for cell in docx.Document(io.BytesIO(template(paper))).element.body.iter(f"{W}tc"):
        for paragraph in cell.iter(f"{W}p"):
            token = wanted.fullmatch("".join(text.text for text in paragraph.iter(f"{W}t")))
            size = WIDEST.get(paragraph.find(f".//{W}pStyle").get(f"{W}val"))
            if token and size:
                room = (int(cell.find(f".//{W}tcW").get(f"{W}w")) - 2 * 85) / 20
                assert room >= EMS[token[1]] * size, token[0]


def test_a_shortened_department_takes_one_line_beside_its_whole_name():
    """Two once, so that the fifteen rows of thirty departments filled a third of a page more."""
    document = docx.Document(io.BytesIO(template("plan")))
    rooms = {}
    for cell in document.element.body.iter(f"{W}tc"):
        if named := re.search(r"\bn\.\w*?(short|whole|second)\b", _words(cell)):
            style = next(one for one in document.styles if one.style_id == cell.find(f".//{W}pStyle").get(f"{W}val"))
            rooms[named[1]] = (int(cell.find(f".//{W}tcW").get(f"{W}w")) / 20 - 6) / style.font.size.pt
    assert rooms["short"] >= MOST_OF_A_DEPARTMENT and min(rooms["whole"], rooms["second"]) >= 17, rooms


@pytest.mark.parametrize(("paper", "known"), [("report", 4), ("revision", 2), ("plan", 2)])
def test_a_day_in_a_signature_block_is_in_words_and_takes_one_line(paper, known):
    """2026年11月22日 with what LibreOffice leaves between its words and numbers: 8.7 ems of 10.5 points."""
    tables = docx.Document(io.BytesIO(template(paper))).element.body.iter(f"{W}tbl")
    signed = [table for table in tables if "姓名（系统记录）签字日期" in _words(table)]
    rows = [list(row.iter(f"{W}tc")) for row in signed[0].iter(f"{W}tr")]
    head = next(at for at, row in enumerate(rows) if [_words(cell) for cell in row][-2:] == ["签字", "日期"])
    days = [row[-1] for row in rows[head + 1 :] if _words(row[-1])]
    assert [bool(re.search(r"\{\{ [\w.\[\]]*on \}\}", _words(day))) for day in days] == [True] * known
    assert all((int(day.find(f".//{W}tcW").get(f"{W}w")) - 2 * 85) / 20 >= 8.7 * 10.5 for day in days)


@pytest.mark.parametrize(("paper", "after"), [("review", "附录 A　KPI 计算口径"), ("group", "附表　没有计入的工作簿")])
def test_the_signatures_of_a_review_are_followed_by_its_annex_and_fill_no_page_alone(paper, after):
    body = etree.fromstring(members(template(paper))["word/document.xml"])[0]
    headings = [_words(block) for block in body if _style(block) == "Heading1"]
    assert headings[headings.index("签字") + 1] == after


@pytest.mark.parametrize("paper", ["request", "revision"])
def test_what_people_write_by_hand_is_eight_millimetres_high(paper):
    """Every row with a blank cell, of a form in which nothing is filled in."""
    context = every_leaf(CONTENTS[paper].example_context(), lambda _: None)
    body = docx.Document(io.BytesIO(engine(paper).render(paper, context, PROPERTIES)))
    rows = [row for table in body.tables for row in table.rows]
    low = [
        (row.cells[0].text, row.height.mm if row.height else 0)
        for row in rows
        if any(not cell.text.strip() for cell in row.cells) and (row.height is None or row.height.mm < 8)
    ]
    assert low == [] and len(rows) > 15


_NOTHING_SAID: Final = re.compile(r"[^\n]*(?:：[；。，]|；；|（）|（—|：—[；。，]|。—|(?<![^\n])—[一-龥])[^\n]*")


@pytest.mark.parametrize("paper", PAPERS)
def test_no_label_in_a_sentence_is_followed_by_nothing(paper):
    """Of blank values; cells and lines to write on are blank or —."""
    context = CONTENTS[paper].example_context()
    always = {key: context[key] for key in ("head", "period") if key in context}
    blank = every_leaf(context, lambda _: None) | always
    assert _NOTHING_SAID.findall(words(engine(paper).render(paper, blank, PROPERTIES))) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_running_number_is_called_so(paper):
    body = etree.fromstring(members(template(paper))["word/document.xml"])
    assert "序" not in map(_words, body.iter(f"{W}tc"))
