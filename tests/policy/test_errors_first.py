"""下一步 of a row with open errors begins with the cells to put right."""

from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.model.todo import ACTION
from capa_xl.policy.check import check
from capa_xl.policy.errors_first import corrections_of, with_errors_first
from capa_xl.policy.slips import questions_for
from capa_xl.policy.todo import todo_of
from capa_xl.policy.viewing import view_register
from capa_xl.reports.todo_text import todo_lines
from capa_xl.workbook.reading.reader import read_register
from tests.policy.registers import PEOPLE, approved, closed, confirmed, inspected, planned, running, view
from tests.tables import workbook_bytes


def hint(action, on="2026-06-01", **others):
    seen = view(action, on=on, **others)
    return with_errors_first(seen, check(seen).problems).derived["GJ-2026-001"].next_step


def test_an_error_in_a_cell_comes_first_by_its_heading():
    asked = {"impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False}
    late = running(completed_on=None, due_on="2025-12-31", **asked)  # before 登记日期 and 批准日期: PL19, AP13
    assert hint(late).startswith("先改完成期限，再完成措施，填写：")
    assert hint(running(completed_on=None, **asked)).startswith("完成措施，填写：")


def test_an_action_approved_when_its_deadline_was_over_asks_for_another_deadline_and_for_no_other_day():
    """Both days may be true: an action that was taken over late is approved when somebody can."""
    asked = {"impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False}
    late = running(completed_on=None, due_on="2026-01-11", approved_on="2026-01-12", **asked)
    said = "先改完成期限（期限过后才批准：批准日期没有写错的，要{}新的期限），再完成措施"
    assert hint(late).startswith(said.format("经批准人同意"))
    assert hint(late, extensions=[]).startswith(said.format("在《延期记录》登记"))


_ASKED = {"completed_on": None, "impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False}
_FAILED = _ASKED | {"due_on": "2025-12-31", "completed_on": "2026-03-01"}
_LISTED_BY = "名单里没有的由质量部登记到《人员部门》"
FILLED = {
    "impact": "两个客户",
    "goal": "十五分钟内响应",
    "is_repeat": False,
    "evidence": "照片",
    "progress_note": "已做",
    "progress": 50,
    "category": "监控",
    "investigators": ("样例工",),
    "investigated_on": "2026-01-06",
}


@pytest.mark.parametrize(
    ("action", "heading"),
    [
        (running(completed_on="2027-03-02", **FILLED), "实际完成日期（2027-03-02 还没有到，没有发生的清空）"),
        (
            planned(approver="样例甲", approved_on="2027-03-02", approval="同意", **FILLED),
            "批准日期（2027-03-02 还没有到，没有发生的清空）",
        ),
        (approved(started_on="2027-03-02", **FILLED), "开始日期（2027-03-02 还没有到，没有发生的清空）"),
        (inspected(inspected_on="2027-03-02", **FILLED), "检查日期（2027-03-02 还没有到，没有发生的清空）"),
    ],
)
def test_a_day_that_has_not_come_is_put_right_and_the_cells_beside_it_are_not_asked_for_again(action, heading):
    assert hint(action) == f"先改{heading}"


def test_a_day_that_has_not_come_in_a_group_nobody_is_asked_for_stands_before_the_step():
    said = hint(running(cancelled_on="2027-03-02", cancel_reason="不做了", canceller="样例甲", **FILLED))
    assert said.startswith("先改取消日期（2027-03-02 还没有到，没有发生的清空，由质量部改）、取消批准人（由质量部改）")
    assert "，再完成措施，填写：" in said


@pytest.mark.parametrize(
    ("action", "rest"),
    [
        (inspected(inspected_on="2027-03-02", inspection=None, **FILLED), "检查结论"),
        (inspected(inspected_on="2027-03-02", inspector=None, **FILLED), "检查人"),
        (running(completed_on="2027-03-02", **{**FILLED, "evidence": None}), "完成证据"),
        (planned(registered_on="2027-03-02", **{**FILLED, "impact": None}), "批准人、批准日期、批准结论、影响面"),
    ],
)
def test_what_is_blank_beside_a_day_that_has_not_come_is_still_asked_for(action, rest):
    """One date typed wrong must not hide the rest of the step."""
    assert f"，再填写：{rest}" in hint(action)


def test_another_fault_behind_a_day_that_has_not_come_is_named_beside_it():
    signed = {"approver": "样例无名", "approved_on": "2027-03-02", "approval": "同意"}
    assert hint(planned(**signed, **FILLED)).startswith(f"先改批准人（{_LISTED_BY}）、批准日期（2027-03-02")


def test_what_waits_beside_the_row_of_such_a_day_is_still_asked_for():
    asked = {"number": "GJ-2026-001", "on": "2026-05-02", "kind": "资源申请", "content": "加一个人"}
    assert "答复资源申请" in hint(running(completed_on="2027-03-02", **FILLED), progress=[asked])


def test_a_day_of_registration_that_has_not_come_did_happen():
    said = hint(running(completed_on=None, registered_on="2027-03-02", **FILLED))
    assert said.startswith("先改登记日期（2027-03-02 还没有到，由质量部改），再完成措施，填写：")


def test_a_name_that_the_list_lacks_is_for_the_quality_department_to_add():
    asked = {"impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False}
    said = hint(running(raised_by="样例无名", **asked))
    assert said.startswith("先改提出人（由质量部改，或登记到《人员部门》），再完成措施")
    owner = hint(running(owners=("样例无名",), **asked))
    assert owner.startswith(f"先改责任人（{_LISTED_BY}），再完成措施")
    both, one = (hint(running(raised_by=names, **asked)) for names in ("样例网、样例乙", "样例网、样例无名"))
    assert both.startswith("先改提出人（由质量部改），再完成措施")  # both are in the list
    assert one.startswith("先改提出人（由质量部改，或登记到《人员部门》），再完成措施")


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (
            running(owners=("样例无",), approver="样例无", **_ASKED),
            f"责任人（{_LISTED_BY}）、批准人（由样例甲改，{_LISTED_BY}），再完成措施",
        ),
        (
            running(inspector="样例无", owners=("样例无",), due_on="2025-12-31", **_ASKED),
            f"责任人、检查人（{_LISTED_BY}）、完成期限，再完成措施",
        ),
        (
            running(approver="样例无", raised_by="样例乙、样例工", **_ASKED),
            f"提出人（由质量部改）、批准人（由样例甲改，{_LISTED_BY}），再完成措施",
        ),
        (running(raised_by="样例无", registered_on="2027-03-02", **_ASKED), ""),
        (
            inspected(**_ASKED | {"due_on": "2025-12-31", "completed_on": "2025-12-01"}),
            "完成期限以及实际完成日期（由样例工改），再确认执行情况和效果",
        ),
        (
            inspected(source="内部审核", inspector="样例甲", inspection="不合格", **_FAILED),
            "完成期限以及检查人（由质量部改），再按检查意见返工",
        ),
    ],
)
def test_one_bracket_stands_behind_what_it_speaks_of(action, said):
    """Once 批准人（由样例甲改）（名单里没有的…）: of which of the cells, people had to guess."""
    assert hint(action).startswith(f"先改{said}") and "）（" not in hint(action)


def test_a_step_that_begins_with_its_day_stands_apart():
    told = {
        "impact": "两个客户",
        "goal": "十五分钟内响应",
        "is_repeat": False,
        "progress_note": "已做",
        "evidence": "照片",
    }
    seen = hint(inspected(source="内部审核", inspector="样例甲", **told), on="2026-03-20")  # CK01: 质量部 inspects
    assert seen == "先改检查人（由质量部改），然后 2026-04-01 起确认效果"


def test_cells_of_other_sheets_are_named_with_their_sheet():
    same = {"number": "GJ-2026-001", "asked_on": "2026-02-02", "old_due_on": "2026-06-30", "new_due_on": "2026-06-30",
            "approver": "样例甲", "approved_on": "2026-02-03", "approval": "同意"}  # fmt: skip
    assert "先改《延期记录》的新期限，再" in hint(running(), extensions=[same])
    seen = view(running(completed_on=None), on="2026-06-01", extensions=[same])
    amended = with_errors_first(seen, check(seen).problems)
    at = "延期记录!E2"
    assert amended.derived["GJ-2026-001"].first_cells == (at,)
    (item,) = todo_of(amended, "样例工").items
    assert f"（{at}、{item.cells[0]}" in "".join(todo_lines(todo_of(amended, "样例工"), amended.on))


def test_a_confirmation_without_inspection_asks_for_the_whole_inspection_and_leaves_the_confirmer_alone():
    uninspected = confirmed(inspector=None, inspected_on=None, inspection=None, owning_department="网络部")
    said = hint(uninspected | {"confirmer": "样例乙"}, on="2026-04-20")
    assert said.startswith("先改检查人、检查日期、检查结论（由网络部改）")


ASKED = {"number": "GJ-2026-001", "asked_on": "2026-02-02", "old_due_on": "2026-06-30", "new_due_on": "2026-07-31"}
SIGNED = {"approver": "样例无名", "approved_on": "2026-02-03", "approval": "同意"}


def test_an_extension_signed_on_a_day_that_has_not_come_is_put_right_and_not_asked_for_again():
    """Once the same sentence asked for 批准人、批准日期、批准结论, which all stood there."""
    asked = running(completed_on=None, impact="两个客户", goal="十五分钟内响应", is_repeat=False)
    said = hint(asked, extensions=[ASKED | {"approver": "样例甲", "approved_on": "2027-02-03", "approval": "同意"}])
    assert "《延期记录》的批准日期" in said and "审批延期申请" not in said
    assert "审批延期申请" in hint(asked, extensions=[ASKED])
    half = hint(asked, extensions=[ASKED | {"approver": "样例甲", "approved_on": "2027-02-03"}])
    assert "《延期记录》的批准日期" in half
    assert half.endswith("审批延期申请 2026-06-30 → 2026-07-31（结论）")


@pytest.mark.parametrize(
    ("sheet", "row", "said", "by"),
    [
        ("extensions", ASKED | SIGNED, "《延期记录》的批准人（由样例乙改，", "样例乙"),
        ("extensions", ASKED | {"asked_by": "样例无名"}, "《延期记录》的申请人", "样例工"),
        (
            "revisions",
            {"document_name": "值班卡", "reviser": "样例无名"},
            "《文件修订》的修订人（由网络部改，",
            "样例乙",
        ),
        ("corrections", {"kind": "重开", "approver": "样例无名"}, "《更正记录》的批准人（由质量部改，", "样例质"),
    ],
)
def test_whose_cells_of_another_sheet_are_to_be_put_right_is_said_and_on_their_list(sheet, row, said, by):
    action = running(owning_department="网络部", impact="两个客户", goal="十五分钟内响应", is_repeat=False)
    seen = view(action, on="2026-06-01", **{sheet: [{"number": "GJ-2026-001", **row}]})
    amended = with_errors_first(seen, check(seen).problems)
    assert f"先改{said}" in amended.derived["GJ-2026-001"].next_step
    assert any(item.kind == ACTION and item.first_cells for item in todo_of(amended, by).items)
    (at,) = amended.derived["GJ-2026-001"].first_cells
    for name in {"样例工", "样例乙", "样例质", by}:
        told = [line for line in todo_lines(todo_of(amended, name), amended.on) if f"{at}" in line]
        assert [f"{at} 由" in line for line in told] == ([False] if name == by else [True] if told else []), name


def test_whose_cell_of_the_row_is_to_be_put_right_first_is_said_on_the_list_of_whose_turn_it_is():
    seen = view(inspected(source="内部审核", inspector="样例甲", **_TOLD), on="2026-04-02")  # CK01: 质量部 inspects
    amended = with_errors_first(seen, check(seen).problems)
    at = amended.at(amended.by_number["GJ-2026-001"], "inspector")
    told = {name: "".join(todo_lines(todo_of(amended, name), amended.on)) for name in ("样例甲", "质量部")}
    assert f"；{at} 由质量部填写" in told["样例甲"]
    assert at in told["质量部"] and f"{at} 由" not in told["质量部"]


def test_another_deadline_behind_a_cell_to_put_right_is_asked_for_without_a_second_first():
    """Once 先改…，再先申请延期."""
    entry = {"number": "GJ-2026-001", "kind": "重开", "approver": "样例质", "on": "2026-05-08", "reason": "误关闭"}
    late = closed(due_on="2026-05-07", raised_by="样例无名")
    said = hint(late, extensions=[], corrections=[entry])
    assert "，再申请延期：《延期记录》" in said and "再先" not in said


def test_who_must_change_the_due_date_is_told_the_approved_one():
    approved = {
        "number": "GJ-2026-001", "asked_on": "2026-05-02", "old_due_on": "2026-06-30", "new_due_on": "2026-08-31",
        "approver": "样例甲", "approved_on": "2026-05-03", "approval": "同意",
    }  # fmt: skip
    asked = {"impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False}
    still = running(due_on="2026-06-30", completed_on=None, **asked)
    carried = running(due_on="2026-08-31", completed_on=None, **asked)
    assert hint(still, extensions=[approved]).startswith("先改完成期限（延期已批准为 2026-08-31），再")
    assert "延期已批准" not in hint(carried, extensions=[approved])
    assert "延期已批准" not in hint(still, extensions=[{**approved, "approval": "不同意"}])


ROUND = {"number": "GJ-2026-001", "round": 2, "effect": "有效", "confirmer": "样例甲", "confirmed_on": "2027-02-02"}
NOBODYS = ROUND | {"confirmer": None, "confirmed_on": "2026-06-01"}
REOPENED = {"number": "GJ-2026-001", "kind": "重开", "approver": "样例质", "on": "2027-02-02", "reason": "误关闭"}
BEYOND = "先改《效果确认》的确认日期"


@pytest.mark.parametrize(
    ("action", "others", "said"),
    [
        (confirmed(effect="无效"), {"confirmations": [ROUND]}, BEYOND),
        (confirmed(effect="有效"), {"confirmations": [ROUND | {"effect": "无效"}]}, BEYOND),
        (confirmed(effect="无效"), {"confirmations": [NOBODYS]}, "先改《效果确认》的确认人"),
        (inspected(), {"confirmations": [ROUND]}, BEYOND),
        (inspected(), {"confirmations": [ROUND | {"effect": None}]}, f"{BEYOND}，再确认执行情况和效果"),
        (confirmed(), {"corrections": [REOPENED]}, "先改《更正记录》的日期（由质量部改）"),
        (running(completed_on=None), {"corrections": [REOPENED]}, "先改《更正记录》的日期（由质量部改），再完成措施"),
    ],
)
def test_a_step_that_the_cell_to_be_put_right_may_undo_is_not_asked_for(action, others, said):
    """Once 先改《效果确认》的确认日期，再新建后续措施: with the day right, none is wanted."""
    given = hint(action | {key: value for key, value in FILLED.items() if key != "progress"}, **others)
    assert given.startswith(said) and ("，再" in given) == ("，再" in said)


@pytest.mark.parametrize(
    ("row", "on", "said"),
    [
        (inspected(inspector=None, **FILLED), "2026-03-10", "先改检查人"),
        (confirmed(confirmer=None, **FILLED), "2026-04-08", "先改确认人"),
        (confirmed(**FILLED), "2026-04-08", "整理书面报告"),
    ],
)
def test_who_signed_an_inspection_or_a_confirmation_is_asked_for_while_the_row_is_open(row, on, said):
    """Before the stage behind it begins check only warns of the blank cell, and no step asked for it."""
    assert hint(row, on=on).startswith(said)


def test_a_step_has_one_first():
    """Once 先改提出人…，再按批准意见修改措施…，或先清空这几格, and 再开始以前先补齐."""
    review = {"source": "管理评审", "review_number": "GLPS-01", "started_on": None, "cause": None}
    refused = hint(running(approval="不同意", raised_by="样例无", **_ASKED))
    unplanned = hint(planned(raised_by="样例无", **_ASKED | review))
    assert "，再按批准意见修改措施" in refused and "，再开始以前补齐：" in unplanned
    assert {said.count("先") for said in (refused, unplanned)} == {1}


def test_what_the_step_asks_for_anyway_is_not_named_twice():
    assert hint(planned(cause=None), on="2026-01-08").startswith("补齐：")
    asked = {"impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False}
    tomorrow = running(completed_on="2026-06-02", **asked)  # DO01 at the very cell
    assert hint(tomorrow, on="2026-06-01").count("实际完成日期") == 1


def test_a_start_before_the_approval_asks_for_the_approval_and_for_no_other_date():
    """AP06 stands at 开始日期, and nobody should be told to change it."""
    begun = planned(started_on="2026-01-08", impact="两个客户", goal="十五分钟内响应", is_repeat=False)
    assert hint(begun).startswith("由部门经理批准，填写：批准人、批准日期、批准结论")


def test_an_ended_row_has_nothing_left_to_do():
    assert hint(closed()) == ""


def test_a_row_set_aside_has_nothing_but_its_cells_to_put_right():
    rows = [("GJ-01", "值班漏接三次", "样例甲", "月底", "重大的"), (None, "夜班无人复核", "样例甲", "2026-07-01", None)]
    head = ("编号", "问题描述", "责任人", "整改期限", "严重度", "〔自动〕状态", "〔自动〕下一步")
    register = read_register(workbook_bytes({"改进计划跟踪表": [head, *rows]}))
    seen = view_register(register, AsOf(date(2026, 6, 1), date(2026, 6, 1)))
    asked = {2: ("先改：整改期限、严重度", "样例甲"), 3: ("先改：编号", "样例甲")}
    assert corrections_of(seen, check(seen).problems) == asked


def test_the_cells_to_put_right_are_asked_for_with_the_others():
    """The slip and the list of cells are made of these keys."""
    asked = {"impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False}
    seen = view(running(completed_on=None, due_on="2025-12-31", **asked), on="2026-06-01")
    derived = with_errors_first(seen, check(seen).problems).derived["GJ-2026-001"]
    assert derived.next_keys == ("due_on", "progress_note", "completed_on", "evidence")


def _asked(name, action, on):
    """The cells that somebody's list asks for of the row itself."""
    seen = view(action, on=on)
    found = todo_of(with_errors_first(seen, check(seen).problems), name).items
    return [key for item in found if item.kind == ACTION for key in item.keys]


_TOLD = {
    "impact": "两个客户",
    "goal": "十五分钟内响应",
    "is_repeat": False,
    "progress_note": "已做",
    "evidence": "照片",
}
"""What a completed action tells besides, so that nothing else is asked of it."""


def test_a_row_that_is_observed_waits_for_whoever_puts_it_right_and_for_nobody_else():
    """CK01: of an internal audit 质量部 inspects, and names another; 样例甲 heads the 归口部门 that confirms later."""
    wrong = inspected(source="内部审核", inspector="样例甲", **_TOLD)
    assert _asked("质量部", wrong, "2026-03-20") == ["inspector"]
    assert _asked("样例甲", wrong, "2026-03-20") == []
    assert _asked("质量部", inspected(source="内部审核", inspector="样例质", **_TOLD), "2026-03-20") == []


def test_what_is_wrong_is_asked_of_its_filler_whose_turn_ever_it_is():
    """The same row when 样例甲 is to confirm: 质量部 still has to name the inspector."""
    wrong = inspected(source="内部审核", inspector="样例甲", **_TOLD)
    assert "inspector" in _asked("质量部", wrong, "2026-04-02")
    assert "effect" in _asked("样例甲", wrong, "2026-04-02")


STRANGE = {
    "提出人不在名单": ({"raised_by": "样例无名"}, "raised_by", {"质量部", "样例质", "样例检"}),
    "提出部门不在名单": (
        {"raised_by": "样例网", "raised_department": "无名部"},
        "raised_department",
        {"网络部", "样例网"},
    ),
    "责任人不在名单": ({"owners": ("样例无名",)}, "owners", {"服务台", "样例甲"}),
    "检查人不在名单": ({"inspector": "样例无名"}, "inspector", {"服务台", "样例甲"}),
    "确认人不在名单": ({"confirmer": "样例无名"}, "confirmer", {"服务台", "样例甲"}),
}
"""A cell at fault of a row under way → its column, and whose list has it to put right."""


@pytest.mark.parametrize("case", STRANGE)
def test_a_cell_is_put_right_by_whom_it_is_and_asked_of_nobody_else_in_todo_slip_or_letter(case):
    values, key, correctors = STRANGE[case]
    action = running(**{"impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False, **values})
    seen = view(action, on="2026-06-01")
    amended = with_errors_first(seen, check(seen).problems)
    names = sorted({person[key] for person in PEOPLE for key in ("name", "department")})
    listed = {name: [item for item in todo_of(amended, name).items if item.kind == ACTION] for name in names}
    assert {name for name, items in listed.items() if any(key in item.keys for item in items)} == correctors
    slipped = {name: questions_for(amended, name, lambda column: ())[0] for name in names}
    assert {name for name, asked in slipped.items() if any(one.key == key for one in asked)} == correctors
    derived = amended.derived["GJ-2026-001"]
    assert correctors & set(derived.next_actor.split("、")), "下一步责任人 names them too"
    if case.endswith("不在名单"):
        assert listed["质量部"], "who may add to the list hears of it"
        assert "质量部" in derived.next_actor
