"""Rows of 人员部门 that contradict each other: two people of one name, spans that end before they begin."""

import pytest

from tests.policy.rules.struck import PEOPLE, problem, struck

ROW = "编号 | 责任部门\nGJ-01 | 服务台"
TWIN = PEOPLE + "    样例工 | 质量部 | 质量部专员 | two@yangli-ops.example | 是 |\n"


@pytest.mark.parametrize(
    ("people", "found"),
    [
        (PEOPLE, []),
        (TWIN, ["W 人员部门!D10"]),
        (TWIN.replace("two@", "gong@"), []),
        (TWIN.replace("two@yangli", "Gong@Yangli"), []),
        (TWIN.replace("two@yangli-ops.example | 是", "two@yangli-ops.example | 否"), []),
        (TWIN + TWIN.splitlines()[-1].replace("two@", "three@"), ["W 人员部门!D10"]),
    ],
)
def test_one_name_with_several_addresses_is_told_once_with_the_cells(people, found):
    assert struck("FD27", ROW, people=people) == found


def test_the_addresses_stand_with_their_cells_and_departments():
    where = "D6 的 gong@yangli-ops.example（服务台）、D10 的 two@yangli-ops.example（质量部）"
    assert problem("FD27", ROW, people=TWIN).message.startswith(f"「样例工」有几个邮箱：{where}；不知道是一个人还是")


LONE = PEOPLE + "    样例检 | 服务台 | 员工 | | 是 |\n"


@pytest.mark.parametrize(
    ("people", "found"),
    [
        (LONE, ["W 人员部门!D10"]),
        (LONE.replace("员工 | |", "员工 | x@ |"), ["W 人员部门!D10"]),
        (LONE.replace("员工 | |", "员工 | jian@yangli-ops.example |"), []),
        (LONE.replace("员工 | |", "员工 | own@yangli-ops.example |"), []),
        (LONE.replace("样例检 | 服务台", "样例检 | 质量部"), []),
        (LONE.replace("员工 | | 是", "员工 | | 否"), []),
        (LONE.replace("jian@yangli-ops.example", ""), []),
    ],
)
def test_a_row_of_another_department_without_an_address_beside_one_with_it_is_told(people, found):
    """样例工 of 服务台 had none: his letters went to the one of 质量部, and nobody said so."""
    assert struck("FD32", ROW, people=people) == found


def test_to_whom_the_letters_of_that_row_go_stands_with_the_cell():
    unsure = "信都发给 D4 的 jian@yangli-ops.example（质量部）；不知道是一个人还是几个人"
    assert problem("FD32", ROW, people=LONE).message == f"「样例检」在「服务台」的一行没有邮箱，{unsure}"
    wrong = problem("FD32", ROW, people=LONE.replace("员工 | |", "员工 | x@ |"))
    assert wrong.message == f"「样例检」在「服务台」的一行邮箱「x@」不能用，{unsure}"
    assert wrong.fix == "同一个人的，填同一个邮箱；两个人重名的，填他自己的邮箱，姓名写得不一样，跟踪表也照着写"


def test_an_address_of_a_row_that_is_over_takes_the_letters_too():
    people = """姓名 | 部门 | 邮箱 | 失效日期
    样例工 | 质量部 | old@yangli-ops.example | 2026-01-01
    样例工 | 服务台 | | """
    assert "信都发给 C2 的 old@yangli-ops.example（质量部）" in problem("FD32", ROW, people=people).message


@pytest.mark.parametrize(
    ("row", "found", "said"),
    [
        ("样例工 | 是 | | 2026-12-05 | 2026-12-06", ["W 人员部门!C2"],
         "「样例工」写了代理起 2026-12-05、代理止 2026-12-06，没有代理人：这些天没有人代理"),
        ("样例工 | 是 | | | 2026-12-06", ["W 人员部门!C2"],
         "「样例工」写了代理止 2026-12-06，没有代理人：这些天没有人代理"),
        ("样例工 | 是 | | 2026-01-05 | 2026-01-06", [], ""),
        ("样例工 | 是 | 样例旧 | 2026-11-01 | 2026-11-30", ["W 人员部门!C2"],
         "「样例工」的代理人「样例旧」已离职或停用：代理的那些天没有人代理"),
        ("样例工 | 是 | 样例旧、样例甲 | 2026-11-01 | 2026-11-30", [], ""),
        ("样例工 | 是 | 样例旧 | 2026-01-01 | 2026-01-30", [], ""),
        ("样例工 | 是 | 样例旧 | |", [], ""),
        ("样例工 | 否 | 样例旧 | |", [], ""),
        ("样例工 | 是 | 样例路 | 2026-11-01 | 2026-11-30", [], ""),
    ],
)  # fmt: skip
def test_a_span_without_a_deputy_and_a_deputy_who_has_left_are_told(row, found, said):
    people = f"姓名 | 在职 | 代理人 | 代理起 | 代理止\n{row}\n样例旧 | 否 | | |\n样例甲 | 是 | | |"
    assert struck("FD33", ROW, people=people) == found
    assert not said or problem("FD33", ROW, people=people).message == said


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (["jia@yangli-ops.example"], ""),
        ([""], "没有可用的邮箱"),
        (["x@"], "没有可用的邮箱"),
        (["jia@yangli-ops.example", "two@yangli-ops.example"], "有几个邮箱，分不清发给哪一个"),
    ],
)
def test_a_deputy_whom_no_letter_reaches_is_told(boxes, said):
    """The letters of the leave went to who was away."""
    people = "姓名 | 邮箱 | 代理人 | 代理起\n样例工 | gong@yangli-ops.example | 样例甲 | 2026-05-01"
    people = "\n".join((people, *(f"样例甲 | {box} | |" for box in boxes)))
    assert struck("FD33", ROW, people=people) == (["W 人员部门!C2"] if said else [])
    if said:
        message = problem("FD33", ROW, people=people).message
        assert message == f"「样例工」的代理人「样例甲」{said}：代理的那些天，信照发给本人"


def test_a_deputy_without_a_mailbox_who_is_away_from_the_first_day_gets_no_letter_that_could_be_lost():
    """The one who is there has it: to say that it goes to who is away was false."""
    people = """姓名 | 邮箱 | 代理人 | 代理起
    样例工 | gong@yangli-ops.example | 样例乙、样例甲 | 2026-05-01
    样例乙 | | 样例甲 | 2026-04-01
    样例甲 | jia@yangli-ops.example | | """
    assert struck("FD33", ROW, people=people) == []


@pytest.mark.parametrize(
    ("deputies", "span", "away", "first"),
    [
        ("样例甲", "2026-11-18 | 2026-12-01", "2026-11-20 | 2026-11-25", "2026-11-22"),
        ("样例甲", "2026-11-18 | 2026-12-01", "2026-11-30 | 2026-12-30", "2026-11-30"),
        ("样例甲", "2026-11-18 | 2026-12-01", "2026-11-20 | ", "2026-11-22"),
        ("样例甲", "2026-11-24 | 2026-12-01", "2026-11-20 | 2026-11-24", "2026-11-24"),
        ("样例甲", " | 2026-11-24", "2026-11-24 | 2026-11-25", "2026-11-24"),
        ("样例甲", "2026-11-26 | 2026-12-01", "2026-11-20 | 2026-11-25", ""),
        ("样例甲", "2026-11-18 | 2026-12-01", "2026-11-20 | 2026-11-21", ""),
        ("样例甲", " | ", "2026-11-20 | 2026-11-25", ""),
        ("样例甲、样例丙", "2026-11-18 | 2026-12-01", "2026-11-20 | 2026-11-25", "2026-11-23"),
        ("样例甲、样例乙", "2026-11-18 | 2026-12-01", "2026-11-20 | 2026-11-25", ""),
    ],
)
def test_a_deputy_who_is_away_on_a_day_of_the_span_is_told_with_the_first_day_to_come(deputies, span, away, first):
    """Letters of those days went to a mailbox that nobody reads, and nobody was told."""
    people = (
        f"姓名 | 代理人 | 代理起 | 代理止\n样例工 | {deputies} | {span}\n样例甲 | 样例乙 | {away}\n样例乙 | | |\n"
        "样例丙 | 样例乙 | 2026-11-23 | 2026-11-23"
    )
    assert struck("FD33", ROW, people=people, on="2026-11-22") == (["W 人员部门!B2"] if first else [])
    if first:
        why = f"的代理人「{deputies}」{first} 自己也不在（在自己的代理起、代理止之内）：那些天的信没有人处理"
        assert problem("FD33", ROW, people=people, on="2026-11-22").message == f"「样例工」{why}"


@pytest.mark.parametrize(
    ("row", "found", "said"),
    [
        ("样例工 | 服务台 | 员工 | 2026-01-01 | 2026-05-01 | 样例甲 | 2026-11-01 | 2026-11-01", [], ""),
        ("样例工 | 服务台 | 员工 | 2026-05-01 | 2026-01-01 | | |", ["W 人员部门!E2"],
         "失效日期 2026-01-01 早于生效日期 2026-05-01，这一行哪一天都不起作用"),
        ("样例工 | 服务台 | 员工 | | | 样例甲 | 2026-12-05 | 2026-11-01", ["W 人员部门!H2"],
         "代理止 2026-11-01 早于代理起 2026-12-05，代理人哪一天都不代理"),
        ("样例工 | 服务台 | 员工 | | | 样例工 | |", ["W 人员部门!F2"], "「样例工」的代理人是本人"),
    ],
)  # fmt: skip
def test_a_span_that_ends_before_it_begins_and_a_deputy_of_oneself_are_told(row, found, said):
    people = f"姓名 | 部门 | 角色 | 生效日期 | 失效日期 | 代理人 | 代理起 | 代理止\n{row}"
    assert struck("FD28", ROW, people=people) == found
    assert not said or problem("FD28", ROW, people=people).message == said


@pytest.mark.parametrize(
    ("sheet", "text", "found", "said"),
    [
        ("plans", "计划编号 | 周期起 | 周期止\nJH-01 | 2027-12-31 | 2026-01-01", "E 计划!C2",
         "周期止 2026-01-01 早于周期起 2027-12-31，周期里一天也没有，不能定稿"),
        ("confirmations", "编号 | 观察起 | 观察止\nGJ-01 | 2026-05-02 | 2026-05-01", "W 效果确认!C2",
         "观察止 2026-05-01 早于观察起 2026-05-02，观察期一天也没有"),
        ("needs", "登记编号 | 登记日期 | 要求回复日期\nXQ-01 | 2026-05-02 | 2026-05-01", "W 问题需求登记!C2",
         "要求回复日期 2026-05-01 早于登记日期 2026-05-02，还没有登记，回复就已逾期"),
        ("decisions", "评审编号 | 日期 | 完成期限\nPS-01 | 2026-05-02 | 2026-05-01", "W 管理评审!C2",
         "完成期限 2026-05-01 早于日期 2026-05-02，还没有决议，期限就已过"),
        ("revisions", "编号 | 提出日期 | 计划完成\nGJ-01 | 2026-05-02 | 2026-05-01", "W 文件修订!C2",
         "计划完成 2026-05-01 早于提出日期 2026-05-02，还没有提出，期限就已过"),
    ],
)  # fmt: skip
def test_a_span_of_any_sheet_that_ends_before_it_begins_is_told(sheet, text, found, said):
    """A plan from 2027 to 2026 was frozen as a final."""
    assert struck("FD28", ROW, **{sheet: text}) == [found]
    assert problem("FD28", ROW, **{sheet: text}).message == said
    head, row = text.split("\n")
    *cells, first, _ = row.split(" | ")
    assert struck("FD28", ROW, **{sheet: "\n".join((head, " | ".join((*cells, first, first))))}) == []


def test_an_inspector_without_a_row_in_force_is_not_said_to_belong_where_he_belongs():
    people = "姓名 | 部门 | 角色 | 生效日期 | 失效日期\n样例工 | 服务台 | 员工 | 2026-05-01 | 2026-01-01"
    row = "编号 | 责任部门 | 检查人 | 检查日期\nGJ-01 | 服务台 | 样例工 | 2026-05-04"
    message = problem("CK01", row, people=people).message
    assert message == "检查应由「服务台」进行，检查人「样例工」在《人员部门》没有 2026-05-04 有效的一行"


def test_an_address_that_is_none_is_quoted_with_its_cell():
    people = PEOPLE.replace("gong@yangli-ops.example", "gong@")
    message = problem("FD10", "编号 | 责任人\nGJ-01 | 样例工", people=people).message
    assert message == "「样例工」没有有效邮箱，无法提醒：人员部门!D6 的「gong@」不是一个邮箱地址"
    assert struck("FD10", "编号 | 责任人\nGJ-01 | 样例甲", people=people) == ["W 人员部门!D6"]
