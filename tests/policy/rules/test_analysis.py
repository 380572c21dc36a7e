from tests.policy.rules.struck import problem, struck

ALIKE = """
    编号  | 登记日期   | 问题描述             | 是否重复 | 所属过程 | 问题类别 | 原因类别 | 责任部门
    GJ-01 | 2025-07-01 | 夜间告警没有人响应   | 否       | 事件     | 响应超时 | 法       | 服务台
    GJ-02 | 2026-05-01 | 白天电话没有接通     |          | 事件     | 响应超时 | 法       | 服务台
    GJ-03 | 2026-05-02 | 夜间告警没有人去响应 |          | 事件     | 响应超时 | 法       | 网络部
    GJ-04 | 2026-05-03 | 打印机没有墨盒       |          | 事件     | 响应超时 | 法       | 系统部
    GJ-05 | 2026-05-04 | 夜间告警没有人响应   | 否       | 事件     | 响应超时 | 法       | 服务台
    GJ-06 | 2026-05-05 | 夜间告警没有人响应   |          | 事件     | 响应超时 | 人       | 服务台
"""


def test_an_unanswered_repeat_is_suspected_by_department_or_by_words():
    assert struck("PL10", ALIKE) == ["W D3", "W D4"]
    assert problem("PL10", ALIKE).message == "疑似重复：GJ-01，请确认"


def test_a_year_later_nothing_is_a_repeat():
    assert struck("PL10", ALIKE.replace("2025-07-01", "2025-04-01")) == []


def test_a_repeat_names_its_predecessor():
    assert struck("PL11", """
        编号  | 是否重复 | 前次编号
        GJ-01 | 是       |
        GJ-02 | 是       | GJ-01
        GJ-03 | 否       |
    """) == ["E C2"]  # fmt: skip


def test_prevention_needs_a_cause_or_a_statistical_ground():
    assert struck("PL12", """
        编号  | 措施类型 | 原因分析 | 主要原因 | 来源单号
        GJ-01 | 预防     |          |          |
        GJ-02 | 预防     | 老化     |          |
        GJ-03 | 预防     |          |          | FX-2026-006
        GJ-04 | 纠正     |          |          |
    """) == ["W D2"]  # fmt: skip


def test_several_departments_talk_to_each_other():
    assert struck("PL13", """
        编号  | 措施类型 | 严重度 | 责任部门 | 涉及部门       | 沟通记录
        GJ-01 | 预防     | 一般   | 网络部   | 网络部、服务台 |
        GJ-02 | 纠正     | 重大   | 网络部   | 服务台         |
        GJ-03 | 纠正     | 一般   | 网络部   | 服务台         |
        GJ-04 | 预防     | 一般   | 网络部   | 网络部         |
        GJ-05 | 预防     | 一般   | 网络部   | 服务台         | 5/8 会议
    """) == ["W F2", "I F3"]  # fmt: skip


def test_source_and_priority_are_asked_for():
    rows = """
        编号  | 来源     | 优先级
        GJ-01 |          | 高
        GJ-02 | 数据分析 |
        GJ-03 | 数据分析 | 中
    """
    assert struck("PL14", rows) == ["E B2"]
    assert struck("PL15", rows) == ["I C3"]


def test_resources_are_in_place_at_the_start_or_asked_for():
    assert struck("PL16", """
        编号  | 资源需求 | 资源落实日期 | 开始日期
        GJ-01 | 3.8 万元 |              | 2026-05-04
        GJ-02 | 3.8 万元 | 2026-05-20   | 2026-05-04
        GJ-03 | 3.8 万元 | 2026-05-04   | 2026-05-04
        GJ-04 | 3.8 万元 |              |
        GJ-05 | 无       |              | 2026-05-04
        GJ-06 | 3.8 万元 |              | 2026-05-04
    """, progress="编号 | 日期 | 类型\nGJ-06 | 2026-05-02 | 资源申请") == ["W C2", "W C3"]  # fmt: skip


def test_a_general_problem_from_outside_is_to_be_confirmed():
    assert struck("PL23", """
        编号  | 来源     | 严重度 | 问题需求编号
        GJ-01 | 外部审核 | 一般   |
        GJ-02 | 顾客投诉 | 一般   | TS-01
        GJ-03 | 顾客投诉 | 一般   | TS-02
        GJ-04 | 外部审核 | 重大   |
    """, needs="登记编号 | 是否成立\nTS-01 | 是\nTS-02 | 否") == ["I C2", "I C3"]  # fmt: skip


def test_an_approved_correction_says_whether_it_is_a_repeat():
    assert struck("PL26", """
        编号  | 措施类型 | 严重度 | 是否重复 | 批准人 | 批准日期   | 批准结论
        GJ-01 | 纠正     | 一般   |          | 样例甲 | 2026-05-04 | 同意
        GJ-02 | 纠正     | 一般   |          | 样例甲 | 2026-05-04 | 不同意
        GJ-03 | 纠正     | 一般   |          |        |            |
        GJ-04 | 纠正     | 一般   | 否       | 样例甲 | 2026-05-04 | 同意
        GJ-05 | 预防     | 一般   |          | 样例总 | 2026-05-04 | 同意
    """) == ["W D2", "I D4"]  # fmt: skip


def test_of_six_earlier_rows_alike_five_are_named_and_that_there_are_more():
    head = "编号 | 登记日期 | 问题描述 | 是否重复 | 所属过程 | 问题类别 | 原因类别 | 责任部门\n"
    row = "GJ-{n:02d} | 2026-04-{n:02d} | 夜间告警没有人响应 | {said} | 事件 | 响应超时 | 法 | 服务台\n"
    rows = head + "".join(row.format(n=n, said="否" if n < 7 else "") for n in range(1, 8))
    assert problem("PL10", rows).message == "疑似重复：GJ-01、GJ-02、GJ-03、GJ-04、GJ-05 等，请确认"


def test_a_correction_says_who_looked_into_it_and_when():
    rows = """
        编号  | 措施类型 | 措施内容 | 问题类别 | 调查人 | 调查日期
        GJ-01 | 纠正     | 换告警   |          | 样例甲 |
        GJ-02 | 纠正     | 换告警   | 告警     | 样例甲 | 2026-05-04
        GJ-03 | 预防     | 换告警   |          |        |
        GJ-04 | 纠正     |          |          |        |
    """
    assert struck("PL28", rows) == ["I D2"]
    assert problem("PL28", rows).message == "没有写明调查：问题类别、调查日期空白"
