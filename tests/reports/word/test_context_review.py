from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from capa_xl.model.absent_sheets import OwnSheets
from capa_xl.model.kpi import Reopened
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.paper_kinds import REVIEW
from capa_xl.model.review import (
    AgendaItem,
    BlankCells,
    BrokenRequirement,
    CountLine,
    CutLine,
    OverdueLine,
    Undecided,
    Unregistered,
)
from capa_xl.model.tally import Tally
from capa_xl.reports.word.context_review import review_context
from capa_xl.reports.word.decision_words import MOST_CARDS
from capa_xl.reports.word.examples_review import example_review
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.printable import PrintedDay
from capa_xl.reports.word.table_words import MOST_CHARACTERS
from tests.reports.word.papers import PROPERTIES, engine, template, words
from tests.sizes import LONG_NAME

ITEM = AgendaItem(
    "重大预防、改进", "GJ-2026-047", "出口带宽将拥塞", "同意", "修改后再报", (), "网络部", date(2027, 1, 29)
)


def asked(count, **change):
    """Matters of so many actions."""
    return tuple(replace(ITEM, number=f"GJ-{at}", **change) for at in range(count))


def context(**change):
    return review_context(replace(example_review(), **change))


def test_every_decision_that_is_listed_has_a_card_which_says_how_late_it_is():
    """Once: twelve cards, and rows whose cells to write in were too narrow."""
    found = context(agenda=(replace(ITEM, days_late=223), *asked(19)))["agenda"]
    assert [card["index"] for card in found["cards"]] == list(range(1, 21)) and found["unlisted"] == []
    late, other = (card["where"] for card in found["cards"][:2])
    assert (late, other) == ("网络部，现期限 2027年1月29日，实施逾期 223 天", "网络部，现期限 2027年1月29日")


@pytest.mark.parametrize(
    ("agenda", "said"),
    [
        ((), "需评审决定 0 件。"),
        ((ITEM, replace(ITEM, number="GJ-2026-048")), "需评审决定 2 件。"),
        ((ITEM, replace(ITEM, category="长期逾期")), "需评审决定 2 件（涉及 1 项措施）。"),
    ],
)
def test_an_action_that_is_asked_about_twice_is_said_to_be_one(agenda, said):
    assert said in context(agenda=agenda)["summary"]


def test_a_card_has_room_for_a_longer_matter_than_a_row_of_a_table():
    (card,) = context(agenda=(replace(ITEM, matter="出口带宽将拥塞" * 20),))["agenda"]["cards"]
    assert len(card["matter"]) == 120 and card["matter"].endswith("…")


def test_a_card_tells_of_each_need_as_much_as_of_the_others_in_sixty_characters():
    """Once: a request of 600 characters went over 40 lines of a narrow column, and over pages."""
    asked_for = f"申请：{'增派夜间巡检人员' * 40}"
    (card,) = context(agenda=(replace(ITEM, resources=(asked_for,)),))["agenda"]["cards"]
    assert card["resources"].startswith("申请：增派") and card["resources"].endswith("…")
    assert len(card["resources"]) <= MOST_CHARACTERS
    (card,) = context(agenda=(replace(ITEM, resources=("2 万元", asked_for)),))["agenda"]["cards"]
    own, _, asked = card["resources"].partition("；")
    assert own == "2 万元" and asked.startswith("申请：增派") and len(asked) <= MOST_CHARACTERS // 2


def test_eight_figures_stand_four_in_a_row_with_what_they_are_held_against():
    (first, second) = context(kpis=example_review().kpis[:1] * 8)["figures"]
    assert len(first) == len(second) == 4
    assert first[0]["target"].startswith("目标 ") and first[0]["past"].startswith("上期 ")


def test_a_long_text_of_a_table_is_cut_and_many_rows_are_counted():
    late = OverdueLine("GJ-1", "长" * 2000, "商务部", "样例商", date(2026, 10, 8), 45)
    found = context(overdue=(late,) * 20)["overdue"]
    assert len(found["rows"]) == 10 and found["more"].startswith("另有 10 行未列出")
    assert len(found["rows"][0]["measure"]) == 60
    assert found["rows"][0]["due_on"].iso == "2026-10-08"


def test_what_comes_due_is_told_as_it_will_be_on_the_day_of_the_review():
    """Of a deadline 22 days after it, 到期（剩余 22 天） stood below 将到期."""
    line = OverdueLine("GJ-1", "措施", "商务部", "样例商", date(2026, 10, 30), 0)
    rows = context(coming=tuple(replace(line, days=days) for days in (3, 0, -22)))["coming"]["rows"]
    assert [row["then"] for row in rows] == ["逾期 3 天", "当天到期", "即将到期，剩余 22 天"]


def test_a_day_of_the_review_that_is_over_is_not_looked_ahead_to():
    """Remade for a review of 2026-04-24, the paper told the days left on 2026-12-01 as of that day."""
    facts, made = example_review(), engine()

    def told(on: date) -> str:
        shown = review_context(replace(facts, review_on=on))
        return words(made.render(REVIEW.key, shown, PROPERTIES))

    coming, over = told(facts.head.as_of), told(facts.head.as_of - timedelta(days=1))
    assert "8.2 到评审日将逾期、即将到期（已到提醒起始日）" in coming and "届时" in coming
    assert f"8.2 即将到期（评审日已过，截至 {PrintedDay.of(facts.head.as_of)}；已到提醒起始日）" in over
    assert "届时" not in over
    assert "提请管理评审决策事项（" not in coming
    assert f"提请管理评审决策事项（评审日已过，状态截至 {PrintedDay.of(facts.head.as_of)}）" in over


@pytest.mark.parametrize(
    ("empty", "said"), [((), 1), (("earlier",), 1), (("by_source",), 1), (("earlier", "by_source"), 0)]
)
def test_that_texts_are_cut_is_said_over_the_first_table_there_is(empty, said):
    shown = context()
    shown |= {name: {**shown[name], "rows": []} for name in empty}
    text = words(engine("review").render("review", shown, PROPERTIES))
    assert text.count("各表里过长的文字以…结尾") == said


def test_the_appendix_lists_no_rows_and_signatures_wait_blank():
    text = words(engine("review").render("review", CONTENTS["review"].example_context(), PROPERTIES))
    appendix = text[text.index("附录 A") :]
    assert "分子：GJ" not in appendix and "见“01 改进看板”的《行清单》" in appendix
    signatures = text[text.rindex("角色") :]
    assert "—" not in signatures[: signatures.index("接收") + 30]


def test_an_empty_sheet_is_not_said_to_be_missing_and_a_missing_one_not_to_be_empty():
    """None stands for a sheet that isn't there and for one without a row."""
    assert context(earlier=None)["earlier"]["none"] == "《管理评审》没有登记内容，本节无数据。"
    head = replace(example_review().head, sheets=OwnSheets(frozenset({"管理评审"}), frozenset({"质量数据"})))
    gone = context(head=head, earlier=None, coverage=None, indicators=None)
    assert gone["earlier"]["none"] == "本工作簿没有工作表《管理评审》，本节无数据。"
    assert gone["coverage"]["none"] == "《质量数据》的列名与本工具的不同，没有读取，本节无数据。"
    assert gone["indicators"]["none"] == "《过程指标》没有登记内容，本节无数据。"
    nothing = replace(example_review().on_time, previous=None, previous_counts=None)
    assert context(on_time=nothing)["summary"][0].endswith("上期无数据）。")


def test_what_the_tracker_knows_of_a_section_is_told_beside_its_empty_register():
    beside = {
        "complaints": Unregistered("问题需求登记", "本期登记、来源为顾客投诉", 3, ("GJ-1",)),
        "documents": Unregistered("文件修订", "在办或本期关闭、涉及文件修订", 2, ("GJ-1", "GJ-2")),
        "earlier": Unregistered("管理评审", "写有管理评审编号", 2, ()),
    }
    found = context(unregistered=beside, documents=None, earlier=None)
    said = "跟踪表中本期登记、来源为顾客投诉的 3 项，其中 1 项在《问题需求登记》没有登记：GJ-1。"
    assert found["complaints"]["rows"] and found["complaints"]["more"] == said
    lacking = "其中 2 项在《文件修订》没有登记：GJ-1、GJ-2。"
    assert found["documents"]["none"] == (
        f"《文件修订》没有登记内容；跟踪表中在办或本期关闭、涉及文件修订的 2 项，{lacking}"
    )
    assert found["earlier"]["none"] == "《管理评审》没有登记内容，本节无数据。"


def test_a_sentence_about_lateness_says_which():
    (late,) = example_review().overdue
    tally = Tally(total=9, statuses=(("实施中", 5),), late=(("Y1", 2), ("Y4", 1)), due_soon=3)
    counts = "当前在办 5 项，实施逾期 2 项，环节超时 1 项（审批 1），一个月内到期 3 项"
    longest = "；实施逾期最长 45 天（GJ-2026-036，商务部）。"
    less = replace(late, days=44)
    assert context(overdue=(late, less), tally=tally)["summary"][1] == counts + longest
    both = longest.replace("036", "036 等 2 项")  # once the first alone was named
    assert context(overdue=(late, late), tally=tally)["summary"][1] == counts + both
    assert context(overdue=(), tally=tally)["summary"][1] == f"{counts}。"
    nobodys = longest.replace("，商务部", "")
    assert context(overdue=(replace(late, department=""), less), tally=tally)["summary"][1] == counts + nobodys
    aside = replace(tally, to_correct=3)
    assert context(overdue=(), tally=aside)["summary"][1] == f"{counts}；另有 3 行待更正，以下均未计入。"


def test_page_one_says_of_which_day_it_counts_what_came_after_the_period_and_the_review():
    facts = example_review()
    head = replace(facts.head, as_of=facts.period_to + timedelta(days=1))
    day = PrintedDay.of(head.as_of)
    for review_on, after in ((head.as_of, ""), (facts.period_to, f"（评审日已过，截至 {day}）")):
        now, asked_for = context(head=head, review_on=review_on)["summary"][1:3]
        assert now.startswith(f"当前（截至 {day}）在办 ")
        assert asked_for.startswith(f"需评审决定{after} ")
    last = replace(facts.head, as_of=facts.period_to)
    assert context(head=last)["summary"][1].startswith("当前在办 ")


def test_exceptions_that_outsiders_do_not_read_are_counted():
    table = context(hidden_excuses=2)["excuses"]
    assert table["more"] == "另有 2 条针对公司自定的提示规则，不在外部副本中。"
    assert context(excuses=(), hidden_excuses=2)["excuses"]["none"] == table["more"]
    assert context()["excuses"]["more"] == ""


def test_the_first_sentence_counts_what_has_fallen_due_not_what_the_period_holds():
    """Once: 本期应完成 7 项 of a running quarter in which more were still to come."""
    due = replace(example_review().on_time, base=("GJ-1", "GJ-2"), rows=("GJ-1",))
    assert context(on_time=due)["summary"][0].startswith("本期已到期 2 项，按期完成 1 项（")


def test_the_rows_behind_a_verdict_are_cut_on_paper_and_counted():
    many = BrokenRequirement(
        "R54", "4.4.4", "措施规定完成期限和责任人", "待整改 9/9", "、".join(f"GJ-2026-00{n}" for n in range(1, 10))
    )
    (row,) = context(broken=(many,))["broken"]["rows"]
    assert row["hits"] == "GJ-2026-001、GJ-2026-002、GJ-2026-003 等 9 项"
    three = replace(many, hits="GJ-2026-001、GJ-2026-002、GJ-2026-003")
    assert context(broken=(three,))["broken"]["rows"][0]["hits"] == "GJ-2026-001、GJ-2026-002、GJ-2026-003"


def test_departments_beyond_the_rows_of_a_table_are_one_line_with_their_sums():
    lines = tuple(
        CutLine(f"部{at}", open=at, completed=0, on_time=0, overdue=1, effective=0, confirmed=0) for at in range(14)
    )
    found = context(by_department=lines)["by_department"]
    assert [row["name"] for row in found["rows"]][-2:] == ["部3", "其余 3 个"] and not found["more"]
    assert sum(row["open"] for row in found["rows"]) == sum(range(14))
    assert sum(row["overdue"] for row in found["rows"]) == 14


def test_departments_with_most_that_is_late_come_first_then_those_with_most_open():
    lines = tuple(
        CutLine(name, open_, 0, 0, late, 0, 0) for name, open_, late in (("甲", 9, 0), ("乙", 1, 2), ("丙", 9, 2))
    )
    assert [row["name"] for row in context(by_department=lines)["by_department"]["rows"]] == ["丙", "乙", "甲"]


def test_decisions_beyond_the_cards_are_counted_by_category():
    agenda = (*asked(MOST_CARDS + 2), replace(ITEM, number="GJ-21", category="资源申请"))
    found = context(agenda=agenda)["agenda"]
    assert len(found["cards"]) == MOST_CARDS
    assert found["unlisted"] == [
        "另有 3 件（涉及 2 项措施）未逐项列出，按类别如下，可一并决定：",
        f"{ITEM.heading} 2 件：GJ-20、GJ-21。",
        "资源申请 1 件：GJ-21。",
    ]


@pytest.mark.parametrize(
    ("waiting", "late", "listed"), [(42, 73, (10, 10)), (3, 73, (3, 17)), (42, 3, (17, 3)), (10, 11, (10, 11))]
)
def test_what_waits_for_approval_and_what_is_late_share_the_cards(waiting, late, listed):
    """Once lateness alone had all twenty, and once what waits: the longest late was a code in a list."""
    late_ones = tuple(replace(one, number=f"Y-{at}") for at, one in enumerate(asked(late, category="长期逾期")))
    cards = context(agenda=(*asked(waiting), *late_ones))["agenda"]["cards"]
    found = [card["number"] for card in cards]
    assert found == [*(f"GJ-{at}" for at in range(listed[0])), *(f"Y-{at}" for at in range(listed[1]))]
    assert [card["index"] for card in cards] == list(range(1, len(cards) + 1))


def test_the_last_decision_that_would_be_left_alone_has_a_card_too():
    found = context(agenda=asked(MOST_CARDS + 1))["agenda"]
    assert (len(found["cards"]), found["unlisted"]) == (MOST_CARDS + 1, [])


def test_what_is_asked_about_one_action_stands_on_one_card():
    """Once GJ-2026-074 had two of twenty. Two requests for resources are one proposal; `resources` has both."""
    request = replace(ITEM, category="资源申请", proposal="批准所申请的资源", alternative="由部门内部调剂")
    late = replace(ITEM, category="长期逾期", proposal="定新期限", alternative="停止该措施", over_days=30)
    other = replace(ITEM, number="GJ-2026-048")
    one, two = context(agenda=(request, request, other, late))["agenda"]["cards"]
    assert (one["category"], two["number"]) == ("① 资源申请 ② 长期逾期（>30 天）", "GJ-2026-048")
    assert one["proposal"] == "① 批准所申请的资源 ② 定新期限"
    assert one["alternative"] == "① 由部门内部调剂 ② 停止该措施"
    assert two["proposal"] == "同意"


def test_the_appendix_names_eight_rows_of_one_fault_and_counts_all():
    (line,) = context(data_quality=(CountLine("XR05 引用的编号不存在", 9, "、".join(f"GJ-{at}" for at in range(9))),))[
        "data_quality"
    ]["rows"]
    assert line["note"] == "GJ-0、GJ-1、GJ-2、GJ-3、GJ-4、GJ-5、GJ-6、GJ-7 等 9 项"


def test_a_figure_that_is_a_fraction_is_printed_once():
    few = replace(example_review().kpis[0], numerator=1, denominator=4, value=0.25)
    many = replace(few, numerator=5, denominator=20)
    cards = [card for row in context(kpis=(few, many))["figures"] for card in row]
    assert [(card["value"], card["parts"]) for card in cards] == [("1/4", ""), ("25.0%", "5/20 项")]


def test_departments_that_differ_in_the_middle_read_alike_in_no_table():
    """13 and 23 have the same beginning and the same end."""
    names = [LONG_NAME.format(at) for at in (3, 13, 23)]
    lines = tuple(CutLine(name, 1, 0, 0, 0, 0, 0) for name in names)
    late = tuple(
        OverdueLine(f"GJ-{at}", "措施", name, "样例商", date(2026, 10, 8), 45) for at, name in enumerate(names)
    )
    found = context(by_department=lines, overdue=late)
    shown = [row["name"] for row in found["by_department"]["rows"]]
    assert len(set(shown)) == 3 and all(len(name) <= 15 for name in shown)
    assert [row["responsible"] for row in found["overdue"]["rows"]] == [f"{name} / 样例商" for name in shown]
    assert f"（GJ-0 等 3 项，{names[0]}）" in found["summary"][1]


def test_the_tables_of_the_period_and_of_the_day_say_in_their_headings_which_they_are_of():
    text = words(template(REVIEW.key))
    flow = "2.1 期间流量（{{ period.from }}至{{ period.to }}{% if not period.is_over %}，截至 {{ head.as_of }}"
    assert flow + "{% endif %}）" in text
    assert "2.2 按来源、按部门（在办、实施逾期截至 {{ head.as_of }}）" in text
    assert "8.1 当前实施逾期（截至 {{ head.as_of }}）" in text
    lists = "以往管理评审措施的状况 重大、重复清单 顾客投诉处置 审核结果 资源与协调 文件修订 情况说明清单"
    for heading in lists.split():
        assert f"{heading}（状态截至 {{{{ head.as_of }}}}）" in text
    for heading in ("制度执行自查摘要", "数据质量"):
        assert f"{heading}（内部，截至 {{{{ head.as_of }}}}）" in text


def test_a_period_that_has_not_ended_is_open_now_and_not_at_its_end():
    made = engine()

    def told(on: date) -> str:
        facts = replace(example_review(), period_to=date(2026, 12, 31))
        shown = review_context(replace(facts, head=replace(facts.head, as_of=on)))
        return words(made.render(REVIEW.key, shown, PROPERTIES))

    assert "现在在办" in told(date(2026, 12, 30)) and "期末在办" not in told(date(2026, 12, 30))
    assert "期末在办" in told(date(2026, 12, 31)) and "2.1 期间流量" in told(date(2026, 12, 31))


def test_what_a_missing_column_leaves_open_is_not_printed_as_none():
    bare = {
        "major": Undecided(("措施类型",)),
        "audits": Undecided(("来源", "严重度")),
        "overdue": Undecided(("完成期限",)),
    }
    found = context(major=(), audits=(), overdue=(), undecided=bare)
    assert found["major"]["none"] == "表中没有“措施类型”一列，未判定。"
    assert found["audits"]["none"] == "表中没有“来源”“严重度”这几列，未判定。"
    assert found["overdue"]["none"] == "表中没有“完成期限”一列，未判定。"
    absent = {
        "major": Undecided(("措施类型",), likely=("GJ-1",)),
        "by_source": Undecided(("来源",)),
        "recurrences": Undecided(("效果结论",)),
    }
    found = context(major=(), recurrences=(), undecided=absent)
    assert found["major"]["none"] == "表中没有“措施类型”一列，未判定。别的条件都符合的 1 项：GJ-1。"
    assert (found["by_source"]["rows"], found["by_source"]["none"]) == ([], "表中没有“来源”一列，未判定。")
    assert found["recurrences"]["none"] == "表中没有“效果结论”一列，未判定。"
    blank = {"major": Undecided((), (BlankCells("措施类型", ("GJ-1", "GJ-2")),))}
    named = "另有 2 项的“措施类型”空白或不认识，未判定：GJ-1、GJ-2。"
    assert context(major=(), undecided=blank)["major"]["none"] == f"本期无。{named}"
    assert context(undecided=blank)["major"]["more"] == named
    unsourced = {"complaints": Undecided(("来源",), (), "《问题需求登记》以外的投诉")}
    said = "表中没有“来源”一列，《问题需求登记》以外的投诉未判定。"
    assert context(complaints=(), undecided=unsourced)["complaints"]["none"] == f"本期无。{said}"


def test_a_duty_that_is_not_in_use_has_no_counts_as_in_the_appendix():
    used = example_review().on_time
    unused = replace(used, numerator=None, denominator=None, value=None, rows=(), base=(), is_in_use=False)
    found = context(duties=(("按时提醒", unused),), all_kpis=(unused,))
    (duty,), (note,) = found["duties"]["rows"], found["kpi_notes"]["rows"]
    assert [(row["numerator"], row["denominator"]) for row in (duty, note)] == [("", "")] * 2
    (duty,) = context(duties=(("按时提醒", replace(used, rows=(), base=())),))["duties"]["rows"]
    assert (duty["numerator"], duty["denominator"]) == (0, 0)


def test_a_duty_names_what_was_late_as_often_as_it_was_though_kept_for_another_deadline():
    """Once 5 of 9 with three numbers named: an action late for its first deadline was on time for the second."""
    kept, base = ("GJ-1", "GJ-6"), ("GJ-1", "GJ-6", "GJ-6", "GJ-2", "GJ-8", "GJ-8")
    duty = replace(example_review().on_time, rows=kept, base=base)
    (row,) = context(duties=(("按时提醒", duty),))["duties"]["rows"]
    assert row["note"] == "未按时：GJ-6、GJ-2、GJ-8（2 次）"


def test_what_was_reopened_says_by_which_facts_each_figure_goes():
    for numbers, told in (((), False), (("GJ-2026-003", "GJ-2026-007"), True)):
        text = words(engine("review").render("review", context(reopened=Reopened(numbers)), PROPERTIES))
        assert ("GJ-2026-003、GJ-2026-007 后来按《更正记录》重开或撤销确认：" in text) is told
        assert ("按当日的事实计。" in text) is told


def test_annex_a_names_what_no_figure_counts():
    for left, told in ((LeftToHistory(), False), (LeftToHistory(date(2026, 6, 1), ("GJ-8",)), True)):
        text = words(engine("review").render("review", context(uncounted=left), PROPERTIES))
        assert ("接管基线日（2026年6月1日）以前已结束或不知何时结束的 1 项：GJ-8，不计入指标" in text) is told


def test_annex_a_says_which_figures_count_what_was_cancelled():
    for internal, said in ((True, "取消率和数据质量。"), (False, "取消率。")):
        text = words(engine("review").render("review", context(is_internal=internal), PROPERTIES))
        assert f"以措施计的指标，已取消的只计入{said}" in text


def test_the_pack_compared_with_is_told_with_its_day_in_words():
    assert context()["since"] == "与上次资料包（2026Q3，数据截至2026年10月9日）相比："


def test_annex_a_has_the_figure_of_what_is_no_share():
    """Once: 最长逾期天数 had — in both columns, as what had no data."""
    days = replace(example_review().on_time, formula="口径", unit="天", numerator=None, denominator=None, value=45.0)
    unused = replace(days, value=None, rows=(), base=(), is_in_use=False)
    said = [row["formula"] for row in context(all_kpis=(days, unused))["kpi_notes"]["rows"]]
    assert said == [f"口径；本期 45.0 天（{len(days.base)} 项）", "口径；没有数据"]


def test_a_register_that_is_not_there_is_not_spoken_of_as_if_it_were():
    head = replace(example_review().head, sheets=OwnSheets(frozenset({"问题需求登记"})))
    beside = {"complaints": Unregistered("问题需求登记", "本期登记、来源为顾客投诉", 1, ("GJ-1",))}
    said = "本工作簿没有工作表《问题需求登记》，无法核对跟踪表中本期登记、来源为顾客投诉的 1 项：GJ-1。"
    assert context(head=head, unregistered=beside, complaints=None)["complaints"]["none"] == said
    assert context(head=head, unregistered=beside)["complaints"]["more"].endswith(said)
