"""集团管理评审输入: companies and departments with long names are told apart in every table."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from capa_xl.model.kpi import Reopened
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.review import Flow
from capa_xl.reports.word.context_group import group_context
from capa_xl.reports.word.decision_words import decision_card
from capa_xl.reports.word.examples_group import example_group
from tests.reports.word.papers import PROPERTIES, engine, words
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
        shown = {row[key] for row in context[table]["rows"] if row.get("name") != "合计（3 家）"}
        assert len(shown) == 3, (table, key)
        assert all(len(name.partition(" / ")[0]) <= 18 for name in shown)


def test_a_flow_that_ends_without_days_says_how_many_so_that_it_adds_up():
    """2 + 12 - 1 - 0 - 0 is 13, and 12 are open: one has ended on no day. A company's own sum speaks for it alone."""
    facts = example_group()
    first, second = facts.figures.companies
    short = replace(first, flow=Flow(2, 12, 2, 1, 0, 0, 12))
    even = replace(second, flow=Flow(1, 1, 0, 0, 0, 0, 2))
    given = replace(facts, figures=replace(facts.figures, companies=(short, even), flow=Flow(3, 13, 2, 1, 0, 0, 14)))
    short_of_one, whole = (
        words(engine("group").render("group", group_context(one), PROPERTIES)) for one in (given, facts)
    )
    assert "另有 1 项已经结束但没有结束日期" in short_of_one
    assert "没有结束日期" not in whole


def test_below_several_companies_stand_the_sums_that_the_first_page_gives():
    """Each of the two has the same row; a company alone is its own sum. All are counted, though 16 are shown."""
    facts = example_group()
    first = facts.figures.companies[0]
    *rows, sums = group_context(facts)["companies"]["rows"]
    assert [row["name"] for row in (*rows, sums)] == ["样例乙公司", "样例甲公司", "合计（2 家）"]
    for key in ("open", "late_doing", "waiting", "errors"):
        assert sums[key] == 2 * rows[0][key], key
    many = tuple(replace(first, workbook=f"{at}.xlsx", company=f"样例{at}公司") for at in range(20))
    table = group_context(replace(facts, figures=replace(facts.figures, companies=many)))["companies"]
    assert (len(table["rows"]), table["rows"][-1]["open"]) == (17, 20 * rows[0]["open"])
    alone = replace(facts, figures=replace(facts.figures, companies=(first,)))
    assert len(group_context(alone)["companies"]["rows"]) == 1


def test_people_stand_whole_and_the_legend_and_the_total_say_which_lateness():
    facts = example_group()
    first = facts.figures.companies[0]
    many = "、".join(f"样例员工{at:02}" for at in range(25))
    late = replace(first.late[0], owners=many, next_actor=many)
    figures = replace(facts.figures, companies=(replace(first, late=(late,)),))
    context = group_context(replace(facts, figures=figures))
    (row,) = context["late"]["rows"]
    assert row["next_actor"] == "样例员工00 等 25 人" and row["responsible"].endswith(" / 样例员工00 等 25 人")
    assert context["summary"][2].endswith(f"；环节超时 {first.tally.late_waiting} 项。")
    after = replace(facts, head=replace(facts.head, as_of=date(2027, 1, 1)))
    assert group_context(after)["summary"][2] == f"截至 2027年1月1日，{group_context(facts)['summary'][2]}"


def test_a_decision_is_a_card_with_all_the_review_says_of_it_and_its_company_before():
    """Two companies of eight decisions each: sixteen cards."""
    context = group_context(example_group())
    card, review = context["decisions"]["cards"][0], decision_card(1, example_group().figures.companies[0].agenda[1:2])
    assert card["where"] == f"样例甲公司，{review['where']}" == "样例甲公司，网络部，现期限 2027年1月29日"
    assert {key: card[key] for key in ("proposal", "alternative", "resources", "matter")} == {
        "proposal": "扩容 200M", "alternative": "限速非关键业务", "resources": "9.6 万元/年",
        "matter": "出口带宽年底可能拥塞",
    }  # fmt: skip
    assert len(context["decisions"]["cards"]) == 16
    text = words(engine("group").render("group", context, PROPERTIES))
    assert text.count("☐ 同意建议　☐ 备选方案　☐ 其他：") == text.count("责任部门：") == text.count("期限：") == 16


def test_the_longest_late_decision_comes_first_whichever_company_asks():
    """Once by category and workbook: 223 days stood behind 45."""
    facts = example_group()
    asked = facts.figures.companies[0].agenda[0]
    companies = tuple(
        replace(one, agenda=(replace(asked, number=f"GJ-{days}", days_late=days),))
        for one, days in zip(facts.figures.companies, (45, 223), strict=True)
    )
    cards = group_context(replace(facts, figures=replace(facts.figures, companies=companies)))["decisions"]["cards"]
    assert [(card["index"], card["number"]) for card in cards] == [(1, "GJ-223"), (2, "GJ-45")]
    assert cards[0]["where"].endswith("，实施逾期 223 天")


def test_what_waits_too_long_is_listed_with_its_step_beside_what_is_late():
    """Each company of the example has one of both."""
    context = group_context(example_group())
    assert [(row["number"], row["days"]) for row in context["late"]["rows"]] == [("GJ-2026-036", 45)] * 2
    assert [(row["number"], row["kind"], row["days"]) for row in context["waits"]["rows"]] == [
        ("GJ-2026-040", "审批超时", 3)
    ] * 2


def test_a_workbook_without_a_company_is_said_to_have_none():
    unnamed = replace(example_group().figures.companies[0], company="", workbook="乙公司.xlsx")
    assert unnamed.name == "未填公司名称（乙公司.xlsx）"


def test_what_was_reopened_is_told_once_for_all_companies_and_three_of_them_are_named():
    figures = example_group().figures
    kept, first = figures.companies[0], Reopened(("GJ-2026-003", "GJ-2026-007"))

    def summary(*found):
        companies = tuple(replace(kept, company=f"样例{at}", reopened=one) for at, one in enumerate(found, start=1))
        return group_context(replace(example_group(), figures=replace(figures, companies=companies)))["summary"]

    told = "后来按《更正记录》重开或撤销确认："
    assert summary(first, Reopened())[-1].startswith(f"样例1 GJ-2026-003、GJ-2026-007 {told}")
    many = summary(Reopened(), *[Reopened(("GJ-1",))] * 4)
    assert many[-1].startswith(f"样例2 GJ-1，样例3 GJ-1，样例4 GJ-1 等 4 家 {told}")
    assert len(many) == len(summary(Reopened())) + 1


def test_what_no_figure_of_a_company_counts_is_told_of_that_company():
    figures = example_group().figures
    kept = figures.companies[0]
    left = replace(kept, company="样例1", uncounted=LeftToHistory(date(2026, 6, 1), ("GJ-8",)))
    told = group_context(replace(example_group(), figures=replace(figures, companies=(left, kept))))["summary"]
    (said,) = (one for one in told if "接管基线日" in one)
    assert said.startswith("样例1：接管基线日（2026年6月1日）以前已结束或不知何时结束的 1 项：GJ-8，不计入指标")
