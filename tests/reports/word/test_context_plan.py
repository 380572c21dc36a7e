"""改进计划: blank for a pen, no dash for what is not there, long texts cut with a word of where they stand."""

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model import words as terms
from capa_xl.model.absent_sheets import OwnSheets
from capa_xl.model.approval_in_force import Approval
from capa_xl.model.paper_facts import VersionChange
from capa_xl.model.paper_kinds import PLAN
from capa_xl.model.records import PlanVersion
from capa_xl.reports.plan_text import plan_remarks
from capa_xl.reports.word.context_plan import plan_context
from capa_xl.reports.word.examples_plan import example_plan
from capa_xl.reports.word.paper_catalogue import paper_blob
from capa_xl.reports.word.plan_resources import resources_total
from tests.reports.word.papers import engine, words
from tests.sizes import LONG_NAME, LONG_TEXT


def test_a_plan_that_waits_for_its_approval_has_no_dash_behind_the_boxes_to_tick():
    facts = example_plan()
    waiting = replace(facts, plan=replace(facts.plan, approver=None, approval=None, approval_evidence=None))
    said = words(paper_blob(engine(), PLAN, waiting)).partition("批准结论")[2].partition("意见")[0]
    assert "不同意" in said and "—" not in said


def test_without_a_plan_its_head_has_no_dash_and_says_why():
    facts, blank = example_plan(), PlanVersion(row=0, period_from=date(2026, 1, 1), period_to=date(2026, 12, 31))
    head = replace(facts.head, sheets=OwnSheets(frozenset({"计划"})))
    unplanned = replace(facts, head=head, plan=blank, versions=(blank,), changes=())
    said = words(paper_blob(engine(), PLAN, unplanned)).partition("一、目的与依据")
    assert "待编号　周期 2026年1月1日 至 2026年12月31日" in said[0]
    assert "本工作簿没有工作表《计划》。" in said[0] and "—" not in said[0] and "变更履历" not in said[0]
    assert "总体目标、总体要求：本工作簿没有工作表《计划》" in said[2]
    assert plan_context(replace(unplanned, head=facts.head))["no_versions"] == "《计划》没有登记内容。"


def with_action(**values):
    facts = example_plan()
    first = facts.corrective[0]
    changed = replace(first, action=replace(first.action, severity="重大", **values))
    return plan_context(replace(facts, corrective=(changed,)))


def test_a_long_scheme_is_cut_and_says_where_it_stands():
    found = with_action(current_state=LONG_TEXT, main_cause=LONG_TEXT, measure=LONG_TEXT, indicator=LONG_TEXT)
    scheme, line = found["majors"][0], found["corrective"][0]
    for key in ("state", "cause", "measure"):
        assert len(scheme[key]) <= 410 and scheme[key].endswith("…（全文见跟踪表）")
    assert len(line["problem"]) == 44 and line["problem"].endswith("要求不一致…") and len(line["confirmation"]) <= 23
    facts = example_plan()
    aims = plan_context(replace(facts, plan=replace(facts.plan, goal=LONG_TEXT)))["plan"]
    assert len(aims["goal"]) <= 610 and aims["goal"].endswith("…（全文见《计划》）")


def test_a_change_that_nobody_measured_has_no_arrow_between_dashes():
    changes = [
        with_action(baseline=before, target=after, unit="%")["majors"][0]["from_to"]
        for before, after in ((14.0, 3.5), (None, 3.0), (None, None))
    ]
    assert changes == ["14 → 3.5%", "— → 3%", ""]


def test_of_many_owners_the_first_is_named_and_all_are_counted():
    many = with_action(owners=tuple(f"样例{at}" for at in range(25)))["corrective"][0]
    assert many["responsible"].endswith(" / 样例0 等 25 人")
    assert with_action(owners=("样例甲", "样例乙"))["corrective"][0]["responsible"].endswith("样例甲、样例乙")


def test_the_month_of_the_confirmation_is_written_as_tables_write_it():
    facts = example_plan()
    item = replace(facts.corrective[0], confirm_on=date(2026, 10, 9))
    shown = plan_context(replace(facts, corrective=(item,)))["corrective"][0]["confirmation"]
    assert shown.endswith("\n2026-10")


def test_a_person_has_a_line_of_the_narrow_column_that_no_department_shares():
    facts = example_plan()
    item = plan_context(facts)["corrective"][0]
    department, person = item["departments"].split("\n")
    assert item["responsible"] == f"{department} / {person}" and department == item["owning_department"]
    derived = replace(facts.corrective[0].derived, owning_department="质量部")
    other = plan_context(replace(facts, corrective=(replace(facts.corrective[0], derived=derived),)))["corrective"][0]
    assert other["departments"].split("\n") == ["质量部", department, person]


def test_long_departments_have_one_line_of_the_list_and_stand_whole_at_the_end():
    facts, (first, second) = example_plan(), (LONG_NAME.format(at) for at in (1, 11))
    item = facts.corrective[0]
    long = replace(
        item,
        action=replace(item.action, responsible_department=first),
        derived=replace(item.derived, owning_department=second),
    )
    alone = replace(facts, preventive=(), unclassified=())
    context = plan_context(replace(alone, corrective=(long,)))
    shown = context["corrective"][0]["departments"].split("\n")[:2]
    assert shown == ["样例…第11分…班组", "样例运…第1分…班组"]
    assert f"{shown[0]} 是 {second}" in context["shortened"] and f"{shown[1]} 是 {first}" in context["shortened"]
    assert plan_context(alone)["shortened"] == "" and plan_context(alone)["short_names"] == []
    (pair,) = context["short_names"]
    assert {(pair["short"], pair["whole"]), (pair["second_short"], pair["second"])} == {
        (shown[0], second), (shown[1], first),
    }  # fmt: skip


def test_twenty_five_doers_of_a_step_of_a_scheme_are_three_and_their_number():
    facts = example_plan()
    item = next(one for one in facts.items if one.steps)
    many = tuple(f"样例人员{at:02}" for at in range(1, 26))
    crowded = replace(item, action=replace(item.action, severity="重大"), steps=(replace(item.steps[0], owners=many),))
    major = plan_context(replace(facts, corrective=(crowded,), preventive=()))["majors"][0]
    assert major["steps"][0]["owners"] == "样例人员01、样例人员02、样例人员03 等 25 人"


def test_the_resources_have_their_number_and_the_sum_of_the_money_above_them():
    """18.6 + 3.4 = 22; an item of two amounts adds none, as one may be part of the other."""
    item = example_plan().corrective[0]
    texts = ("资金 18.6 万元", "备件3.4万元", "共 5 万元，其中培训 1 万元", None)
    items = [replace(item, action=replace(item.action, resources=text, resources_on=None)) for text in texts]
    asked = [replace(one, resources_to_general_manager=at == 0) for at, one in enumerate(items)]
    assert resources_total(asked) == (
        "共 3 项；其中 2 项各写明一笔金额，合计 22.0 万元；已向总经理申请 1 项；没有落实日期 3 项。"
    )


@pytest.mark.parametrize("rate", [
    "接入点 6 台，每台 0.4 万元", "光缆租金 0.8 万元/月", "9.6 万元／年", "维保每年 2 万元", "单价 4000 元",
    "4000 元/台", "光缆 月租 0.8 万元", "年服务费 3 万元", "0.8 万元一个月", "租金按月付，0.8 万元",
    "设备 3 万元，租金 0.8 万元/月", "0.4 万元×6 台", "6 台×0.4 万元",
    "1200元*6台", "1.2 万元（年）", "一年 9.6 万元", "人天 1500 元", "季度租金 2.4 万元", "月均 0.5 万元",
    "共 3 万元/年",
])  # fmt: skip
def test_a_price_of_one_and_what_is_paid_again_are_named_apart_and_not_added(rate):
    item = example_plan().corrective[0]

    def total(*texts):
        rows = (replace(item.action, number=f"GJ-{at}", resources=text) for at, text in enumerate(texts))
        return resources_total(replace(item, action=row) for row in rows)

    apart = "1 项写的有单价或每月、每年的金额，不计入合计（GJ-0）"
    assert total(rate).startswith(f"共 1 项；其中 {apart}")
    whole = ("三年维保费共 6 万元", "每馆 1 台，共 12 万元", "2.4 万元，按月检查，每周测试一次")
    assert total(*whole).startswith("共 3 项；其中 3 项各写明一笔金额，合计 20.4 万元")
    once = "其中 3 项各写明一笔金额，合计 1205.4 万元"
    assert total(rate, "约 2.4 万元", "1,200 万元", "2 人/月，9 月费用 30000 元").startswith(
        f"共 4 项；{once}；另有 {apart}"
    )


@pytest.mark.parametrize("span", ["约3-5万元", "3.5～4.5 万元", "3万至5万元", "30,000到50,000元"])
def test_what_lies_between_two_amounts_is_none(span):
    item = example_plan().corrective[0]
    rows = (replace(item.action, resources=text) for text in (span, "备件 2 万元"))
    told = resources_total(replace(item, action=row) for row in rows)
    assert told.startswith("共 2 项；其中 1 项各写明一笔金额，合计 2 万元")


def test_of_several_roles_the_one_that_had_to_approve_stands_alone():
    facts, on = example_plan(), date(2026, 1, 23)
    item = facts.corrective[0]
    approval = Approval(on)
    derived = replace(item.derived, route=terms.BY_MANAGER, approval=approval)
    own = replace(item, action=replace(item.action, approver="样例庚"), derived=derived, is_approved=True)

    def route(roles: str) -> str:
        found = plan_context(replace(facts, corrective=(own,), roles=(("样例庚", on, roles),)))
        return found["corrective"][0]["route"]

    assert route("归口部门负责人、部门经理").startswith("部门经理\n样例庚（部门经理）\n2026-01-23 批准")
    assert route("副部门经理").startswith("部门经理\n样例庚（副部门经理）\n2026-01-23 批准")


def test_a_change_of_many_items_counts_them_and_names_the_first():
    facts = example_plan()
    change = replace(facts.changes[0], added=tuple(f"GJ-2026-{at:03}" for at in range(60)), adjusted=(), cancelled=())
    what = plan_context(replace(facts, changes=(change,)))["changes"][0]["what"]
    assert what.startswith("新增 60 项（GJ-2026-000、") and what.endswith("、GJ-2026-005 等）")


def test_items_of_unknown_type_stand_apart_and_the_types_are_not_said_to_be_empty():
    facts = example_plan()
    bare = replace(facts, corrective=(), preventive=(), untyped=("措施类型",), unweighed=("严重度",))
    said = words(paper_blob(engine(), PLAN, bare))
    assert "4.1 纠正方面：表中没有“措施类型”一列，未判定" in said and "4.2 预防方面（含改进机会）：表中没有" in said
    assert "4.3 未分类" in said and "GJ-2026-042" in said.partition("4.3 未分类")[2]
    assert "五、重大与重复项目的方案：表中没有“严重度”一列，未判定" in said
    assert plan_context(replace(facts, corrective=()))["no_kind"] == "已分类的没有，未分类的见 4.3"
    assert plan_context(replace(facts, corrective=(), unclassified=()))["no_kind"] == "本期无"


def test_a_version_whose_new_items_name_no_plan_says_so_instead_of_nothing_registered():
    facts = example_plan()
    first = VersionChange("V1.0", date(2026, 2, 1), (), (), (), "", is_first=True)
    second = VersionChange("V2.0", date(2026, 5, 1), (), (), (), "", ("GJ-2", "GJ-3"))
    third = VersionChange("V3.0", date(2026, 6, 1), (), (), (), "", reworded=("周期止", "总体目标"))
    said = plan_context(replace(facts, changes=(first, second, third)))["changes"]
    assert [row["what"] for row in said] == ["首次编制", "未写计划编号 2 项（GJ-2、GJ-3）", "改了周期止、总体目标"]


def test_new_items_with_and_without_the_plans_number_are_both_told():
    facts = example_plan()
    first = VersionChange("V1.0", date(2026, 2, 1), (), (), (), "")
    second = VersionChange("V2.0", date(2026, 5, 1), ("GJ-9",), (), (), "", ("GJ-2", "GJ-3"))
    said = plan_context(replace(facts, changes=(first, second)))["changes"]
    assert said[1]["what"] == "新增 1 项（GJ-9）、未写计划编号 2 项（GJ-2、GJ-3）"


def test_a_deadline_that_nobody_approved_says_so_beside_the_approval():
    facts = example_plan()
    item = replace(facts.corrective[0], is_day_unapproved=True)
    (line, *_) = plan_context(replace(facts, corrective=(item,)))["corrective"]
    assert line["route"].endswith(f"期限改动未批准（原 {item.derived.original_due_on}）")


def test_the_month_that_a_deadline_was_moved_to_without_approval_says_so():
    facts = example_plan()
    moved, other = (replace(item, is_day_unapproved=at == 0) for at, item in enumerate(facts.items[:2]))
    both = replace(facts, corrective=(moved, other), preventive=(), unclassified=())
    said = {row["month"]: row["due"] for row in plan_context(both)["months"]}
    number, month = moved.action.number, f"{moved.action.due_on:%Y-%m}"
    assert said[month].endswith(f"\n其中期限改动未批准：{number}")
    calm = plan_context(replace(both, corrective=(replace(moved, is_day_unapproved=False), other)))["months"]
    assert not any("未批准" in row["due"] for row in calm)


def test_whoever_prints_the_plan_is_told_what_it_notes_of_its_items():
    facts = example_plan()
    assert list(plan_remarks(replace(facts, changes=(), unclassified=()))) == []
    moved = replace(facts.corrective[0], is_day_unapproved=True)
    last = VersionChange("V2.0", date(2026, 5, 1), (), (), (), "", ("GJ-2",))
    later = VersionChange("下一版", None, ("GJ-9",), (), (), "未编制", is_to_come=True)
    number = moved.action.number
    marked = replace(facts, corrective=(moved,), unclassified=(), changes=(last, later), unnumbered=("GJ-2", "GJ-3"))
    assert [line.partition(" →")[0] for line in plan_remarks(marked)] == [
        f"{number} 的完成期限改了、没有批准，四、七里注明",
        "GJ-9 在批准以后登记，不在这一版里，变更履历写作下一版",
        "GJ-2、GJ-3 没有填计划编号，在周期内登记的照样列入",
    ]
    loose = replace(
        facts, corrective=(), unclassified=(facts.corrective[0],), changes=(last,), unnumbered=("GJ-2", "GJ-3")
    )
    assert [line.partition(" →")[0] for line in plan_remarks(loose)] == [
        "GJ-2、GJ-3 没有填计划编号，在周期内登记的照样列入",
        f"{number} 措施类型空白或不认识，列在 4.3 未分类",
    ]


def test_the_second_edition_of_a_plan_says_on_paper_what_changed():
    facts = example_plan()
    note = "与第 1 版（2026-10-26 定稿）相比：项目 GJ-2026-005 完成期限 2026-10-30 → 2026-11-20"
    told = [
        f"版本说明：{note}"
        in words(paper_blob(engine(), PLAN, replace(facts, head=replace(facts.head, edition=2, edition_note=one))))
        for one in (note, "")
    ]
    assert told == [True, False]


def test_how_a_measure_is_done_is_printed_however_people_wrote_it_down():
    """What stood in 实施方案, and not in steps, was printed in no plan: whoever approved it saw the measure alone."""
    facts = example_plan()
    first, scheme = facts.corrective[0], "数据部月底前建异体字表，逐页二校"

    def shown(steps, **values):
        item = replace(first, steps=steps, action=replace(first.action, scheme=scheme, **values))
        found = plan_context(replace(facts, corrective=(item,), preventive=(), unclassified=()))
        told = words(paper_blob(engine(), PLAN, replace(facts, corrective=(item,), preventive=(), unclassified=())))
        listed = [one["scheme"] for one in found["schemes"]], [one["scheme"] for one in found["majors"]]
        return (found["corrective"][0]["scheme"], *listed, told.count(scheme))

    written = facts.preventive[0].steps
    steps = "整理路由规则；配置并演练；更新值班卡"
    assert shown(()) == (scheme, [scheme], [], 1)
    assert shown(written) == (steps, [steps], [], 0)
    assert shown((), severity="重大") == (scheme, [], [scheme], 1)
    assert shown(written, severity="重大") == (steps, [], [""], 0)
