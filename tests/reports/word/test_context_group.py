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
