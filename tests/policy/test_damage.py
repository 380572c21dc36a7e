"""What is wrong with the workbook as a whole is said first: what is gone, three of a kind and how many there are."""

import pytest
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.kept_sheets import remembered_keys
from capa_xl.model.lost_columns import PRINTED_ONLY
from capa_xl.model.problem import Hit, Problem, Remark, Severity
from capa_xl.model.register import PastYear
from capa_xl.model.schema import NO_HEADER
from capa_xl.policy.check import check
from capa_xl.policy.conformity.requirements import REQUIREMENTS
from capa_xl.policy.damage import damage_sentences
from capa_xl.policy.left_out import left_out_sentences
from capa_xl.policy.rules.catalogue import CATALOGUE
from capa_xl.policy.viewing import view_register
from tests.policy.registers import day, register, running, without

EMPTIED = "空了（工作表还在，里面的行没有了）"
LOST = "measure", "owners", "due_on", "effect"
COLUMNS_GONE = (
    "现在没有了，靠它判断的都停了 → 误改、误删的请恢复列名和内容；"
    "有意改名的运行 capa-xl adopt 本工作簿 -o 新表.xlsx，说明新列名对应哪一列"
)


def problem(rule, *, number="", message="坏了", cell="A1"):
    return Problem(rule, "", Severity.ERROR, "改进计划跟踪表", cell, number, None, message, "请改好")


def said(*problems, columns=(), known=(), is_listed=False, **changes):
    found = register(running(), columns=without(*columns))
    return damage_sentences(replace(found, **changes), problems, frozenset(known), is_listed=is_listed)


def test_of_a_whole_table_nothing_is_said():
    assert said(problem("PL01"), known=LOST) == ()


@pytest.mark.parametrize(
    ("lost", "named"),
    [(LOST[:1], "措施内容"), (LOST[:3], "措施内容、责任人、完成期限"), (LOST, "措施内容、责任人、完成期限 等 4 个")],
)
def test_lost_columns_are_named(lost, named):
    assert said(columns=lost, known=LOST) == (f"上次检查时有的列 {named} {COLUMNS_GONE}",)
    assert said(columns=lost) == ()  # nobody knows that they were there


def test_of_a_lost_column_that_nothing_is_judged_by_no_rule_is_said_to_have_stopped():
    both = said(columns=("remark", "measure"), known=("remark", "measure"))
    assert [one.partition(" → ")[0] for one in both] == [
        "上次检查时有的列 措施内容 现在没有了，靠它判断的都停了",
        "上次检查时有的列 备注 现在没有了，没有规则靠它判断，只是不再印出",
    ]


def test_what_is_only_printed_no_rule_or_requirement_asks_for():
    asked = {key for rule in CATALOGUE for key in rule.columns_read}
    asked |= {key for one in REQUIREMENTS for key in one.fields}
    assert not PRINTED_ONLY & asked


def test_a_strange_heading_is_shown_beside_the_lost_one_and_of_four_three():
    strange = [Remark("WB06", Hit("改进计划跟踪表", f"{at}1", "", None, {"h": f"怪{at}"})) for at in "BCDE"]
    elsewhere = Remark("WB06", Hit("别的表", "A1", "", None, {"h": "外"}))
    (one,) = said(columns=LOST[:1], known=LOST, remarks=(strange[0], elsewhere))
    assert "措施内容 现在没有了（不认识的列：B1「怪B」），" in one
    (many,) = said(columns=LOST[:1], known=LOST, remarks=tuple(strange))
    assert "（不认识的列：B1「怪B」、C1「怪C」、D1「怪D」 等 4 个），" in many


def headed(text, auto=("next_step",)):
    """The tracker with a stated status under that heading, beside these 〔自动〕 columns."""
    found = register(running(stated_status=text), columns=("number", "stated_status", *auto))
    return replace(found, tracker=replace(found.tracker, headings={"stated_status": "状态"}))


def test_an_auto_column_that_lost_its_mark_is_named_with_its_cure():
    (told,) = damage_sentences(headed("待审批"), ())
    assert told.startswith("列「状态」像是「〔自动〕状态」改了名，工具不再更新它 → 把列名改回「〔自动〕状态」，")
    step = Remark("WB06", Hit("改进计划跟踪表", "H1", "", None, {"h": "下一步"}))
    (told,) = damage_sentences(replace(headed("进行中", ("status",)), remarks=(step,)), ())
    assert told.startswith("列「下一步」像是「〔自动〕下一步」改了名，")


def test_what_the_tool_wrote_there_is_not_called_an_unknown_word_besides():
    """One fault, one message: the words are ours, the heading is at fault."""
    strange = Remark("FD04", Hit("改进计划跟踪表", "B2", "GJ-2026-001", 2, {"v": "待审批", "c": "状态"}))
    for word, told in (("待审批", []), ("等上级", ["FD04"])):
        found = replace(headed(word), remarks=(strange,))
        seen = view_register(found, AsOf(day("2026-03-02"), day("2026-03-02")))
        assert [p.rule for p in check(seen).problems if p.cell == "B2"] == told
        assert any("状态词不认识" in one for one in left_out_sentences(seen, (), "表.xlsx")) == bool(told)


def test_a_status_of_ones_own_and_a_table_without_auto_columns_are_not_called_renamed():
    assert damage_sentences(headed("进行中"), ()) == ()
    assert damage_sentences(headed("待审批", ("status",)), ()) == ()
    assert damage_sentences(headed("待审批", ()), ()) == ()


@pytest.mark.parametrize(("count", "ends"), [(1, "GJ-01"), (30, "、GJ-30"), (31, "、GJ-30 等")])
def test_vanished_numbers_are_counted_and_thirty_are_named(count, ends):
    (sentence,) = said(*(problem("WB04", number=f"GJ-{n:02d}") for n in range(1, count + 1)))
    assert sentence.startswith(f"上次检查时有的 {count} 个编号现在没有了（GJ-01")
    assert f"{ends}） → 已移到归档的，运行 capa-xl year-end " in sentence


def test_a_number_that_is_typed_otherwise_is_told_as_that_and_not_as_vanished():
    typed = replace(problem("WB04", number="GJ-02", message="编号 GJ-02 写成了「GJ－02」"), row=3)
    assert said(typed) == ("编号 GJ-02 写成了「GJ－02」 → 请改好",)
    assert said(typed, is_listed=True) == ()


def test_of_four_faults_of_the_table_three_are_told_and_all_counted():
    faults = [problem("WB12", message=f"第{n}处", cell=f"A{n}") for n in range(1, 5)]
    (sentence,) = said(*faults)
    told = [f"《改进计划跟踪表》A{n} 第{n}处 → 请改好" for n in (1, 2, 3)]
    assert sentence == f"请先改好表格本身：{'；'.join(told)} 等 4 处"
    (above,) = said(*faults, is_listed=True)
    assert above == f"请先改好表格本身（改法见下面）：{'；'.join(one.partition(' →')[0] for one in told)} 等 4 处"
    assert said(*faults[:1]) == ("请先改好表格本身：《改进计划跟踪表》A1 第1处 → 请改好",)


def test_a_table_without_any_heading_is_one_fault_and_its_columns_are_not_called_lost():
    (sentence,) = said(problem("WB02", message=NO_HEADER), columns=LOST, known=LOST)
    assert sentence.startswith("工作表《改进计划跟踪表》找不到标题行（")


def test_of_somebody_elses_table_it_is_said_that_it_is_not_ours_and_no_header_is_called_lost():
    (sentence,) = said(
        problem("WB01", message="没有找到工作表《改进计划跟踪表》", cell=""), problem("WB02", message=NO_HEADER)
    )
    assert sentence == "请先改好表格本身：没有找到工作表《改进计划跟踪表》 → 请改好"


def test_an_archive_that_cannot_be_read_is_said():
    (sentence,) = said(problem("WB15", message="读不到「2025.xlsx」"))
    assert sentence == "读不到「2025.xlsx」 → 请改好"


@pytest.mark.parametrize(
    ("sheets", "gone"),
    [(("总览", "校验结果", "参数", "字典"), "人员部门"), (("总览", "校验结果"), "人员部门》《参数》《字典"),
     (("总览", "校验结果", "人员部门", "参数", "字典"), ""), (("总览",), "")],
)  # fmt: skip
def test_sheets_are_missed_where_two_of_ours_show_that_the_workbook_is_one_of_ours(sheets, gone):
    found = said(sheet_names=("改进计划跟踪表", *sheets))
    assert [sentence.partition("不见了（")[0] for sentence in found] == ([f"工作表《{gone}》"] if gone else [])


@pytest.mark.parametrize(
    ("known", "gone"),
    [
        ({"sheet:extensions"}, "《延期记录》"),
        ({"sheet:excuses", "sheet:extensions"}, "《延期记录》《例外说明》"),
        ((), ""),
    ],
)
def test_a_sheet_that_held_rows_is_missed_beside_the_ones_nobody_knows(known, gone):
    found = said(known=known, sheet_names=("改进计划跟踪表", "参数", "延期"))
    assert [sentence.partition("，里面的")[0] for sentence in found] == (
        [f"工作表{gone}不见了（被删或改名）（不认识的工作表：《延期》）"] if gone else []
    )


def test_only_a_sheet_with_rows_is_remembered_and_missed():
    held = register(running(), extensions=[{"number": "GJ-2026-001"}], excuses=())
    known = remembered_keys(held)
    assert {key for key in known if key.startswith("sheet:")} == {"sheet:extensions", "sheet:people"}
    assert damage_sentences(held, (), known) == ()
    assert damage_sentences(register(running()), (), known) != ()


@pytest.mark.parametrize(
    ("others", "names", "told"),
    [
        ({}, ("计划",), [f"上次检查时有行的工作表《计划》{EMPTIED}"]),
        ({}, (), ["工作表《计划》不见了（被删或改名）"]),
        ({"excuses": ()}, ("计划", "例外说明"), [f"上次检查时有行的工作表《计划》《例外说明》{EMPTIED}"]),
        ({"plans": [{"number": "JH-01", "version": "A/0"}]}, ("计划",), []),
    ],
)  # fmt: skip
def test_a_sheet_that_is_there_without_its_rows_is_called_empty_and_not_gone(others, names, told):
    """A register is read as a table from its first row on, 例外说明 as soon as it is there; both can be emptied."""
    known = {"sheet:plans", *(f"sheet:{key}" for key in others)}
    found = replace(register(running(), **others), sheet_names=("改进计划跟踪表", *names))
    sentences = damage_sentences(found, (), frozenset(known))
    assert [one.partition(" → ")[0].partition("，里面的记录")[0] for one in sentences] == told
    assert all(("改回名称" in one) == ("不见了" in one) for one in sentences)


def test_rows_that_went_to_an_archive_with_their_actions_have_not_emptied_their_sheet():
    past = register(running(number="GJ-2025-001"), extensions=[{"number": "GJ-2025-001"}])
    now = replace(register(running(), extensions=()), sheet_names=("改进计划跟踪表", "延期记录"))
    known = frozenset({"sheet:extensions"})
    assert damage_sentences(replace(now, past=(PastYear("归档.xlsx", past),)), (), known) == ()
    (told,) = damage_sentences(now, (), known)
    assert told.startswith("上次检查时有行的工作表《延期记录》空了")
    unread = Remark("WB15", Hit("参数", "B3", "", None, {"v": "归档.xlsx"}))
    assert damage_sentences(replace(now, remarks=(unread,)), (), known) == (), "the rows may be in it"


def test_a_renamed_sheet_beside_an_empty_one_of_its_name_is_still_looked_for():
    renamed = Remark("WB11", Hit("计划旧", "A1", "", None, {"ours": "计划"}))
    found = replace(register(running()), sheet_names=("改进计划跟踪表", "计划", "计划旧"), remarks=(renamed,))
    (told,) = damage_sentences(found, (), frozenset({"sheet:plans"}))
    assert told.startswith("工作表《计划》不见了（被删或改名）")
