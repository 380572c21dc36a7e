"""集团管理评审输入: companies and departments with long names are told apart in every table."""

from __future__ import annotations

from msgspec.structs import replace

from capa_xl.reports.word.context_group import group_context
from capa_xl.reports.word.examples_group import example_group
from tests.sizes import LONG_NAME


def test_companies_and_departments_that_differ_in_the_middle_do_not_read_alike():
    """3, 13 and 23 have the same beginning and the same end."""
    facts = example_group()
    first = facts.figures.companies[0]
    companies = tuple(
        replace(
            first,
            workbook=f"{at}/表.xlsx",
            company=f"样例集团股份有限公司第{at}省分公司运维中心及其数据机房",
            late=(replace(first.late[0], department=LONG_NAME.format(at)),),
        )
        for at in (3, 13, 23)
    )
    context = group_context(replace(facts, figures=replace(facts.figures, companies=companies)))
    for table, key in (("companies", "name"), ("decisions", "company"), ("late", "company"), ("late", "responsible")):
        shown = {row[key] for row in context[table]["rows"]}
        assert len(shown) == 3, (table, key)
        assert all(len(name.partition("／")[0]) <= 18 for name in shown)


def test_people_stand_whole_and_the_legend_and_the_total_say_which_lateness():
    facts = example_group()
    first = facts.figures.companies[0]
    many = "、".join(f"样例员工{at:02}" for at in range(25))
    late = replace(first.late[0], owners=many, next_actor=many)
    figures = replace(facts.figures, companies=(replace(first, late=(late,)),))
    context = group_context(replace(facts, figures=figures))
    (row,) = context["late"]["rows"]
    assert row["next_actor"] == "样例员工00 等 25 人" and row["responsible"].endswith("／样例员工00 等 25 人")
    assert context["summary"][2].endswith(f"；环节超时 {first.tally.late_waiting} 项。")
