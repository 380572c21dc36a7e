"""Columns whose names nobody listed: scales and verdicts by their words, the department by who is responsible."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.cli.adopt_questions import answer_likeliest, with_marks_as_pasted
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt, survey_adoption
from tests.tables import workbook_bytes

DAY, DUE = date(2026, 11, 28), date(2026, 12, 20)
HEAD = ["编号", "存在问题", "整改措施", "整改责任人", "整改期限", "状态"]
ROW = ["A-1", "标签缺失两处", "补贴标签并复核", "样例甲", DUE, "整改中"]


def table(head, *columns, without=()):
    """Three rows of the usual columns, but for some, and what stands in the further ones."""
    keep = [at for at, name in enumerate(HEAD) if name not in without]
    rows = [[f"A-{n}", *ROW[1:]] for n in (1, 2, 3)]
    cells = zip(*columns, strict=True)
    body = [[*(row[at] for at in keep), *more] for row, more in zip(rows, cells, strict=True)]
    return workbook_bytes({"台账": [[*(HEAD[at] for at in keep), *head], *body]})


def asked(head, *columns, said=None, without=()):
    found = adopt(table(head, *columns, without=without), Adopting(said or {}, "a1", DAY))[1]
    return {one.header: (one.candidates[0], one.proposal, one.is_needed) for one in found.ask}


@pytest.mark.parametrize("heading", ["缺陷认定", "定性结论", "何种问题"])
@pytest.mark.parametrize("words", [("重大缺陷", "重要缺陷", "一般缺陷"), ("一般", "重大", "一般")])
def test_a_scale_is_asked_as_severity_whatever_its_heading_says(heading, words):
    assert asked([heading], words)[heading][0] == "严重度"


@pytest.mark.parametrize("words", [("一号线", "二号线", "三号线"), ("重大", "客户", "工艺"), ("一般", "一般", "一般")])
def test_what_has_not_both_ends_of_the_scale_is_none(words):
    assert asked(["归属"], words).get("归属", ("",))[0] != "严重度"


def test_pharmaceutical_grades_are_proposed_by_their_height():
    _, found = adopt(table(["偏差等级"], ("主要", "关键", "次要")), Adopting({"偏差等级": "严重度"}, "a1", DAY))
    said = {word.word: word.proposal for word in found.asked_words if word.field == "严重度"}
    assert said == {"主要": "重大", "关键": "重大", "次要": "一般"}


def test_the_department_is_that_whose_name_says_responsible():
    found = asked(["发生科室", "整改责任科室"], ("心内科", "手术室", "检验科"), ("护理部", "手术室", "信息科"))
    assert (found["整改责任科室"][1], found["发生科室"][1]) == ("责任部门", None)


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("外委单位", ("样例电梯公司", "样例消防", None), "外部单位"),
        ("Sub-contractor", ("Sample Tiles", "Sample Pipes", None), "外部单位"),
        ("CAPA内容", ("更换冲模并增配放大镜", "修订冲模寿命管理规程", "更换活性炭并冲洗"), "措施内容"),
    ],
)
def test_names_of_trades_are_proposed_with_their_cells(heading, cells, field):
    assert asked([heading], cells, without=("整改措施",))[heading][1] == field


@pytest.mark.parametrize(
    ("heading", "cells", "said"),
    [
        ("QA审核人", ("样例壬", "样例癸", "样例壬"), ("检查人", None, False)),
        ("流程", ("采购", "资金", "信息系统"), ("所属过程", "所属过程", False)),
        ("质控科追踪", ("四月抽查合格十二份", "扫码枪到货后再查", None), ("检查情况", "检查情况", False)),
    ],
)
def test_who_let_it_pass_is_asked_and_what_was_seen_then_is_proposed(heading, cells, said):
    assert asked([heading], cells)[heading] == said


def test_who_issued_it_raised_it_and_is_no_owner():
    head = ["Issued by", "Problem", "Corrective action", "Due date", "Status"]
    rows = [[f"Sample {name}", "Porosity in housing", "Raise the set point", DUE, "Open"] for name in ("Quin", "Tom")]
    found = adopt(workbook_bytes({"Log": [head, *rows]}), Adopting({}, "a1", DAY))[1]
    assert [(one.candidates, one.proposal) for one in found.ask if one.header == "Issued by"] == [
        (("提出人",), "提出人")
    ]


def test_words_of_a_verdict_that_let_a_row_go_or_send_it_back_are_asked_before_anything_is_written():
    blob = table(["审计部复核"], ("同意关闭", "证据不足，退回", "同意"))
    new, found = adopt(blob, Adopting({"审计部复核": "检查结论"}, "a1", DAY))
    said = [(word.word, word.proposal, word.is_needed) for word in found.asked_words]
    assert new is None
    assert said == [("同意关闭", "合格", True), ("证据不足，退回", "不合格", True), ("同意", "合格", True)]


def test_a_verification_in_words_of_a_check_is_proposed_as_that():
    found = asked(["Verification result"], ("Accepted", "Rejected - repeat defect", None))
    assert found["Verification result"][:2] == ("检查结论", "检查结论")


def test_what_is_left_undecided_bears_a_star_only_where_the_printed_line_is_refused_without_it():
    blob = table(
        ["发生科室", "整改责任科室"],
        ("心内科", "手术室", "检验科"),
        ("护理部", "手术室", "信息科"),
        without=("整改责任人",),
    )

    def survey(wish):
        return survey_adoption(blob, wish)

    whole, asked_first = answer_likeliest(Adopting({}, "a1", DAY), survey)
    shown = with_marks_as_pasted(asked_first, survey(whole.decided))
    marks = {one.header: (one.is_needed, one.proposal) for one in shown}
    assert marks == {"发生科室": (False, None), "整改责任科室": (True, "责任部门")}
    assert adopt(blob, whole)[0] is not None


@pytest.mark.parametrize(
    ("heading", "cells", "said"),
    [
        ("Supplier", ("Sample Plastics", "Sample Metals", None), ("外部单位", "外部单位", False)),
        ("供应商 Supplier", ("样例塑料", "样例五金", None), ("外部单位", "外部单位", False)),
        ("养护工区", ("城东工区", "城西工区", "北郊工区"), ("责任部门", "责任部门", False)),
        ("诉求类型", ("噪音", "停车", "噪音"), ("问题类别", "问题类别", False)),
        ("现场处理", ("已放置警示牌", "临时封闭车道", "撒砂"), ("临时处置", "临时处置", False)),
        ("追踪人", ("样例院感A", "样例院感B", None), ("确认人", "确认人", False)),
        ("SQE", ("Wang Wei", "Li Na", "Wang Wei"), ("检查人", None, False)),
    ],
)
def test_columns_of_real_tables_are_asked(heading, cells, said):
    assert asked([heading], cells)[heading] == said


def before_the_work(heading, cells, without=()):
    """The question for a column that stands left of the problem."""
    head = ["编号", heading, *(name for name in HEAD[1:] if name not in without)]
    kept = [cell for name, cell in zip(HEAD[1:], ROW[1:], strict=True) if name not in without]
    rows = [[f"A-{n}", cell, *kept] for n, cell in enumerate(cells, 1)]
    found = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))[1]
    return [(one.candidates, one.proposal) for one in found.ask if one.header == heading]


@pytest.mark.parametrize(
    ("heading", "cells", "said"),
    [
        ("谁提的", ("王工", "李工", "王工"), (("提出人",), "提出人")),
        ("对应检查条款", ("5.2.1", "GB/T 19001 8.3", "6.1.2"), (("违反的要求",), "违反的要求")),
        ("诉求人", ("张先生", "李女士", "样例居民"), (("提出人",), None)),
    ],
)
def test_who_raised_it_and_against_what_stand_before_the_work(heading, cells, said):
    assert before_the_work(heading, cells) == [said]


def test_who_complained_is_neither_the_measure_nor_an_owner_by_default():
    cells = ("张先生的诉求", "李女士等三户", "样例居民小组")
    assert before_the_work("诉求人", cells, without=("整改措施",)) == [(("提出人",), None)]
    names = ("张先生", "李女士", "样例居民")
    assert before_the_work("诉求人", names, without=("整改责任人",)) == [(("责任人", "提出人"), None)]


def test_what_was_done_on_the_spot_may_be_the_only_measure():
    cells = ("已放置警示牌", "临时封闭车道", "撒砂")
    assert asked(["现场处理"], cells, without=("整改措施",))["现场处理"] == ("措施内容", None, True)


def test_what_is_the_same_in_many_rows_is_asked_all_the_same():
    """治理办法 and 起因 of few texts, a number that came twice with a copied row: of 12 rows."""
    head = ["流水号", "巡检员", "存在问题", "轻重", "起因", "治理办法", "承办人", "整改期限", "状态"]
    numbers = [f"YH{n:03}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11)]
    told = ["赵铁", "泵房地面渗油", "较大", "密封件老化", "更换密封件并复查", "样例甲", DUE, "整改中"]
    other = ["钱钢", "配电箱门缺锁", "一般", "未按点检表检查", "加锁并复查门禁", "样例乙", DUE, "整改中"]
    rows = [[number, *(other if at % 2 else told)] for at, number in enumerate(numbers)]
    found = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))[1]
    assert {one.header: one.proposal for one in found.ask} == {
        "流水号": "编号", "巡检员": "提出人", "轻重": "严重度", "起因": "原因分析", "治理办法": "措施内容",
    }  # fmt: skip


WHY = ("保养不到位", "备件老化", "备件老化")


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [("根源", WHY, "原因分析"), ("起因", WHY, "原因分析"), ("解决办法", ("换管", "更换球管", "更换球管"), "措施内容")],
)
def test_causes_and_measures_are_no_people_however_short_they_are(heading, values, field):
    people = ("王建国", "李强", "王建国")
    questions = asked([heading, "谁来"], values, people, without=("整改责任人", "整改措施"))
    assert (questions[heading][0], questions[heading][1], questions["谁来"][0]) == (field, field, "责任人")


def test_whoever_repairs_does_the_work_and_is_proposed_beside_those_who_complain():
    head = ["反映人", "反映科室", "维修工程师"]
    columns = ("吴医生", "林护士", "郑医生"), ("急诊科", "放射科", "急诊科"), ("王建国", "李强", "王建国")
    assert asked(head, *columns, without=("整改责任人",)) == {
        "反映人": ("提出人", None, False),
        "反映科室": ("责任部门", None, True),
        "维修工程师": ("责任人", "责任人", True),
    }
    found = adopt(table(head, *columns, without=("整改责任人",)), Adopting({}, "a1", DAY))[1]
    assert found.ask[1].candidates == ("责任部门", "提出部门")
