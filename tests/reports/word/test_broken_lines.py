"""No table of a paper breaks a heading, a name, a number or a day by its widths, which add up to those of its page."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from msgspec.structs import replace

from capa_xl.reports.word.building.pieces import A3_COLUMN, TEXT_WIDTH, WIDE
from capa_xl.reports.word.examples_review import example_review
from capa_xl.reports.word.folded_cells import with_lists_folded
from capa_xl.reports.word.line_widths import line_width
from capa_xl.reports.word.paper_catalogue import CONTENTS
from tests.reports.word.broken_lines import W, broken_words, tables
from tests.reports.word.papers import PAPERS, PROPERTIES, engine, every_leaf, template

NAMES = re.compile(r"欧阳样例|样例[^公及]|[一-鿿]{2,4}部(?![一-鿿])|服务台")
CROWD = "、".join(("样例甲", "欧阳样例", "样例丙"))


def longer(value: Any) -> Any:
    """People of four characters, departments of five."""
    if isinstance(value, tuple):
        return tuple(map(longer, value))
    if type(value) is not str:  # a date keeps its other way of being written
        return value
    people = re.sub(r"样例[^、，（）公司](?!司)", "欧阳样例", value)
    return re.sub(r"服务台|(?<![一-鿿])[一-鿿]{2,3}部(?![一-鿿])", "数据中心部", people)


def crowded(value: Any) -> Any:
    """Three people wherever one stands alone."""
    if isinstance(value, tuple):
        return tuple(map(crowded, value))
    return CROWD if type(value) is str and re.fullmatch("样例[^公]", value) else value


@pytest.mark.parametrize("paper", PAPERS)
def test_no_width_breaks_a_heading_a_name_a_number_or_a_day(paper):
    made, context = engine(paper), CONTENTS[paper].example_context()
    for change in (lambda value: value, longer, crowded):
        blob = made.render(paper, every_leaf(context, change), PROPERTIES)
        assert not list(broken_words(blob, NAMES))


@pytest.mark.parametrize("paper", PAPERS)
def test_the_columns_of_every_table_are_as_wide_as_the_text_of_its_page(paper):
    blob = template(paper)
    sections = docx.Document(io.BytesIO(blob)).sections
    wide = (
        {A3_COLUMN} if paper == "a3" else {WIDE if one.page_width > one.page_height else TEXT_WIDTH for one in sections}
    )
    for table in tables(blob):
        columns = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(columns) in wide and int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) == sum(columns)
        for row in table.iter(f"{W}tr"):
            assert sum(int(cell.get(f"{W}w")) for cell in row.iter(f"{W}tcW")) == sum(columns)


def test_a_name_that_the_edge_would_cut_is_found():
    """The test above can fail: a review whose people are written without a place to break."""
    line = replace(example_review().overdue[0], owner="样例甲样例乙样例丙")
    context = CONTENTS["review"].context(replace(example_review(), overdue=(line,)))
    found = list(broken_words(engine("review").render("review", context, PROPERTIES), NAMES))
    assert [one.partition("'")[2][:3] for one in found] == ["样例甲", "样例丙"]  # 商务部 / 样|例甲样例乙样|例丙


def cell(text: str, width: int) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="DenseText"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("样例甲、欧阳样例", ["样例甲、", "欧阳样例"]),
        ("商务部 / 样例商", ["商务部 /", "样例商"]),
        ("样例分公…数据库维护中心 / 样例员28", ["样例分公…数据库维护中心", "样例员28"]),
        ("样例分公司维护中心 / 样例员01 等 25 人", ["样例分公司维护中心", "样例员01", "等 25 人"]),
        ("样例甲、样例乙 等 25 人", ["样例甲、", "样例乙", "等 25 人"]),
        ("同意（样例总）", ["同意", "（样例总）"]),
        ("总经理 2026-11-09", ["总经理", "2026-11-09"]),
        ("总经理 2026-11-09 批准", ["总经理", "2026-11-09", "批准"]),
        ("样例甲去现场，样例乙写报告", ["样例甲去现场，样例乙写报告"]),
        ("样例甲、一个比这一栏宽的名字", ["样例甲、一个比这一栏宽的名字"]),
        ("样例甲", ["样例甲"]),
    ],
)
def test_a_list_in_a_narrow_cell_breaks_between_its_names_and_prose_where_it_will(text, lines):
    """1,170 less the margins are five characters of nine points and a half."""
    folded = with_lists_folded(cell(text, 1170), {"DenseText": 18})
    assert re.sub(r"<(?!w:br)[^>]*>", "", folded).split("<w:br/>") == lines


def test_a_paragraph_whose_type_nobody_knows_stays_as_it_is():
    plain = cell("样例甲、欧阳样例", 1170)
    assert with_lists_folded(plain, {}) == plain


def test_a_line_is_as_long_as_its_signs():
    assert line_width("样例", 21) == 420  # two of 10.5 points
    assert line_width("2026-11-22", 20) == pytest.approx(8 * 111 + 2 * 69)  # 0.555 and 0.345 of a square


def test_the_list_of_a_plan_has_room_for_departments_and_for_who_approved():
    """They make its rows high: ten letters of 9 points a line, and nine, beside 0.15 cm of margin on both sides."""
    ten, nine = (round((letters * 9 * 2.54 / 72 + 0.3) * 567) for letters in (10, 9))
    (widths,) = {
        tuple(int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol"))
        for table in tables(template("plan"))
        if len(list(table.iter(f"{W}gridCol"))) == 9
    }
    assert widths[5] >= ten and widths[7] >= nine, widths
