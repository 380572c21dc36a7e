"""What a cell asks for while somebody types says the form that a rule reads it in; docs/columns.md prints the same."""

from capa_xl.model.columns import MANY, Kind, columns_of
from capa_xl.model.records import Analysis
from capa_xl.model.schema import SHEETS
from tests.pages.columns_page import columns_markdown

ASKED = [
    (spec.name, column)
    for spec in SHEETS
    if spec.record is not None and not spec.owned
    for column in columns_of(spec.record)
    if column.offered and not column.ours
]
FORMS = {Kind.NUMBER: "数字", **dict.fromkeys(MANY, "“、”")}
"""Kind → what a prompt says of its form: figures without a unit, several with a mark between."""


def test_every_column_of_people_says_how_to_fill_it_and_in_which_form():
    lacking = [(sheet, one.header) for sheet, one in ASKED if FORMS.get(one.kind, "。") not in one.prompt]
    assert lacking == []


def test_the_columns_by_which_an_analysis_answers_a_signal_say_how():
    prompts = {column.header: column.prompt for column in columns_of(Analysis)}
    for heading in ("数据范围", "信号", "结论"):
        assert "写出" in prompts[heading] and "项目或指标名称" in prompts[heading]
    assert "与《质量数据》写的相同" in prompts["部门"] and "不早于出现异常的那个月" in prompts["日期"]


def test_the_page_of_columns_prints_what_a_cell_asks_for():
    page = columns_markdown()
    assert all(f"| {column.prompt.replace('|', chr(92) + '|')} |" in page for _, column in ASKED)
