from tests.policy.rules.struck import problem, struck

ROWS = "编号 | 责任人\nGJ-01 | 样例工"

MEASURED = """
    过程 | 指标   | 方向     | 目标值 | 频度 | 责任部门 | 期间    | 实测值 | 未达标处置编号
    事件 | 超时率 | 越小越好 | 3      | 月   | 服务台   | 2026-01 | 2.5    |
    事件 | 超时率 | 越小越好 | 3      | 月   | 服务台   | 2026-03 | 3.5    |
    事件 | 超时率 | 越小越好 | 3      | 月   | 服务台   | 2026-04 |        |
    备份 | 成功率 | 越大越好 | 99     | 季   | 系统部   | 2026-03 | 98     | GJ-01
    网络 | 可用率 | 越大越好 | 99     | 月   | 网络部   | 2026-05 | 98     |
"""


def test_a_period_left_out_or_left_empty_is_told():
    assert struck("ST01", ROWS, measurements=MEASURED) == ["W 过程指标!G2", "W 过程指标!H4"]
    assert problem("ST01", ROWS, measurements=MEASURED).message == "超时率 2026-02 未填报"


def test_a_miss_is_answered_after_ten_working_days():
    assert struck("ST02", ROWS, measurements=MEASURED) == ["W 过程指标!I3"]
    assert struck("ST02", ROWS, measurements=MEASURED, on="2026-06-30") == ["W 过程指标!I3", "W 过程指标!I6"]


def test_a_measured_share_that_its_own_parts_do_not_give_is_told():
    """4 of 182 with 50 beside it was judged as 50 %, and nothing said so. What is left of 100 may be meant."""
    rows = """
        指标   | 期间    | 单位 | 分子 | 分母 | 实测值
        超时率 | 2026-01 | %    | 4    | 182  | 2.2
        超时率 | 2026-02 | %    | 4    | 182  | 50
        及时率 | 2026-02 | %    | 4    | 182  | 97.8
        超时率 | 2026-03 | %    | 4    | 0    |
        超时率 | 2026-04 | %    | 0    | 0    |
        时长   | 2026-04 | 小时 | 4    | 182  | 50
    """
    assert struck("ST07", ROWS, measurements=rows) == ["W 过程指标!F3", "W 过程指标!E5"]
    said = "分子 4、分母 182 算出来是 2.2%，实测值写的是 50%"
    assert problem("ST07", ROWS, measurements=rows).message == said


def test_counts_that_cannot_be():
    assert struck("ST03", ROWS, observations="""
        期间    | 部门   | 样本量 | 不合格数
        2026-05 | 服务台 | 10     | 11
        2026-05 | 服务台 | 10     | -1
        2026-05 | 服务台 | 10     | 0.5
        2026-05 | 服务台 | 10     | 10
    """) == ["E 质量数据!D2", "E 质量数据!D3", "E 质量数据!D4"]  # fmt: skip


def test_a_department_that_reports_nothing_twice_running_weighs_more():
    data = """
        期间    | 部门   | 数据类别
        2026-03 | 服务台 | 无
        2026-04 | 服务台 | 质量统计数据
        2026-03 | 网络部 | 质量统计数据
        2026-03 | 系统部 | 无
        2026-03 | 质量部 | 无
        2026-04 | 质量部 | 无
        2026-04 | 网络部 | 无
    """
    assert struck("ST04", ROWS, observations=data) == ["I 质量数据!"]
    assert problem("ST04", ROWS, observations=data).message == "系统部 2026-04 无质量数据"
    longer = data + "        2026-05 | 服务台 | 无\n        2026-05 | 网络部 | 无\n        2026-05 | 质量部 | 无\n"
    assert struck("ST04", ROWS, observations=longer) == ["W 质量数据!", "I 质量数据!"]


def test_a_signal_gets_a_disposition():
    assert struck("ST05", ROWS, analyses="""
        分析编号 | 日期       | 信号         | 处置
        FX-01    | 2026-05-04 | 6 点连升     |
        FX-02    | 2026-05-04 | 6 点连升     | 观察
        FX-03    | 2026-05-25 | 6 点连升     |
        FX-04    | 2026-05-04 | 无           |
    """) == ["W 分析记录!D2"]  # fmt: skip


def test_defects_per_device_may_exceed_the_devices():
    head = "期间 | 部门 | 指标 | 样本量 | 不合格数 | 单位\n"
    by_unit = head + "2026-05 | 网络部 | 告警 | 36 | 49 | 次/条\n"
    mostly = head + "".join(
        f"2026-0{n} | 网络部 | 告警 | 36 | {count} |\n" for n, count in enumerate((49, 39, 30, 45, 38), 1)
    )
    once = head + "".join(
        f"2026-0{n} | 网络部 | 告警 | 36 | {count} |\n" for n, count in enumerate((1, 2, 30, 45, 3), 1)
    )
    assert struck("ST03", ROWS, observations=by_unit) == []
    assert struck("ST03", ROWS, observations=mostly) == []
    assert struck("ST03", ROWS, observations=once) == ["E 质量数据!E5"]


def test_a_value_given_as_numerator_and_denominator_counts():
    rows = """
        过程 | 指标   | 方向     | 单位 | 目标值 | 期间    | 分子 | 分母 | 实测值 | 未达标处置编号
        事件 | 超时率 | 越小越好 | %    | 3      | 2026-03 | 4    | 100  |        |
        事件 | 超时率 | 越小越好 | %    | 3      | 2026-04 | 2    | 100  |        |
    """
    assert struck("ST01", ROWS, measurements=rows, on="2026-05-10") == []
    assert struck("ST02", ROWS, measurements=rows, on="2026-05-10") == ["W 过程指标!J2"]
    said = problem("ST02", ROWS, measurements=rows, on="2026-05-10").message
    assert said == "指标未达标未处置：超时率 2026-03 实测 4%，目标 3%"
    few = rows.replace("| 4    | 100  |", "| 1    | 3    |")
    said = problem("ST02", ROWS, measurements=few, on="2026-05-10").message
    assert said == "指标未达标未处置：超时率 2026-03 实测 1/3，目标 3%"


def test_a_direction_in_other_words_is_understood_or_left_alone():
    rows = """
        过程 | 指标 | 方向     | 目标值 | 期间    | 实测值 | 未达标处置编号
        事件 | 甲率 | 越低越好 | 3      | 2026-03 | 2      |
        事件 | 乙率 | 越低越好 | 3      | 2026-03 | 9      |
        事件 | 丙率 | 越高越好 | 3      | 2026-03 | 2      |
        事件 | 丁率 | 稳定     | 3      | 2026-03 | 9      |
    """
    assert struck("ST02", ROWS, measurements=rows) == ["W 过程指标!G3", "W 过程指标!G4"]


def test_a_share_without_its_denominator_is_named():
    assert struck("ST06", "编号 | 责任人\nGJ-01 | 样例工", observations="""
        期间    | 部门   | 指标   | 样本量 | 不合格数
        2026-01 | 服务台 | 超时率 | 120    | 9
        2026-02 | 服务台 | 超时率 |        | 9
        2026-03 | 服务台 | 超时率 | 0      | 0
        2026-01 | 网络部 | 中断数 |        | 2
    """) == ["W 质量数据!D3", "I 质量数据!D4"]  # fmt: skip
