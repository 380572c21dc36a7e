# ruff: noqa: E501, C408 - one case a line
"""For each requirement that can be broken: the smallest breach and the smallest keep, worked out by hand.

A case is the tracker's table and the other sheets; the one row that breaks is named, and it is one of `of`.
"""

from __future__ import annotations

from capa_xl.model.figures import ArchivedPapers
from tests.policy.conformity.judged import journal_of, letter

A = "编号 | 措施内容\nGJ-01 | 改路由"
"""A plain action, where the requirement speaks of other sheets."""


def row(heads, cells):
    """A tracker of one row."""
    return f"编号 | {heads}\nGJ-01 | {cells}"


NEED = "登记编号 | 登记日期 | 登记部门 | 登记人 | 类别 | 来源 | 过程 | 描述 | 是否成立 | 不成立理由 | 评估结论 | 评估说明 | 评估人 | 评估日期 | 优先级 | 跟踪表编号\n"
PLAN = "计划编号 | 版本 | 周期起 | 周期止 | 总体目标 | 编制人 | 编制日期 | 批准人 | 批准日期 | 批准结论\n"
SOUND_PLAN = PLAN + "JH-01 | V1.0 | 2026-01-01 | 2026-12-31 | 减半 | 样例检 | 2025-12-20 | 样例总 | 2025-12-28 | 同意"
INDICATOR = "过程 | 指标 | 公式 | 单位 | 方向 | 目标值 | 频度 | 责任部门 | 期间 | 实测值 | 未达标处置编号\n"
DATA = "期间 | 部门 | 数据类别 | 样本量 | 不合格数\n"
SIGN = "措施内容 | 措施类型 | 严重度 | 是否重复 | 批准人 | 批准日期 | 批准结论 | 开始日期"
REVISION = "编号 | 文件名称 | 文件类别 | 修改意见 | 结论 | 不同意理由 | 修订完成日期\n"
DONE = "实际完成日期 | 检查人 | 检查日期 | 检查结论 | 确认人 | 确认日期 | 执行情况结论 | 效果结论"
GOOD = "2026-03-02 | 样例甲 | 2026-03-05 | 合格 | 样例甲 | 2026-04-07 | 已落实 | 有效"
KNOWN = "责任部门 | 归口部门 | 责任人"
WHO = "服务台 | 服务台 | 样例工"
MAIL = journal_of(letter("GJ-09", "M1", "2026-01-31", "2025-12-31"))
"""A server has accepted some letter, so the duties to remind can be judged."""
LATE = "责任人 | 登记日期 | 完成期限 | 实际完成日期\nGJ-01 | 样例工 | 2026-01-05 | 2026-05-15 | "

BREACHES = {
    "R01": dict(tracker=row("措施内容 | 措施类型", "改路由 | ")),
    "R03": dict(tracker=A, plans=PLAN + "JH-01 | V1.0 | 2026-01-01 | 2026-12-31 |  | 样例检 | 2025-12-20 | | | ", rows="JH-01"),
    "R04": dict(tracker=A, plans=SOUND_PLAN.replace("样例总", "样例甲"), rows="JH-01"),
    "R05": dict(tracker=A, progress="编号 | 日期 | 类型 | 处理日期 | 结论\nGJ-01 | 2026-05-01 | 资源申请 | | "),
    "R06": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-28 |  | 样例工 | 改进需求 | 其他 | 事件 | 报表慢 | | | | | | | | ", rows="XQ-01"),
    "R07": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-04 | 服务台 | 样例工 | 改进需求 | 其他 | 事件 | 报表慢 | | | | | | | | ", rows="XQ-01"),
    "R08": dict(tracker=A, journal=journal_of(numbers=frozenset({"GJ-01", "GJ-02"})), rows="GJ-02", of=2),
    "R09": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-28 | 服务台 | 样例工 | 改进需求 | 其他 | 事件 | 报表慢 | | | 采纳 | | 样例检 | 2026-05-29 |  | GJ-01", rows="XQ-01"),
    "R10": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-28 | 服务台 | 样例工 | 改进需求 | 其他 | 事件 | 报表慢 | | | 采纳 | | 样例检 | 2026-05-29 | 中 | ", rows="XQ-01"),
    "R13": dict(tracker=A, measurements=INDICATOR + "事件 | 超时率 | 超时÷总数 | % | 越小越好 | 3 | 月 |  | 2026-05 | 2 | ", rows="过程指标!A2"),
    "R14": dict(tracker=A, measurements=INDICATOR + "事件 | 超时率 | 超时÷总数 | % | 越小越好 | 3 | 月 | 服务台 | 2026-04 | 9 | ", rows="过程指标!K2"),
    "R16": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-28 | 服务台 | 样例工 | 不合格 | 其他 |  | 断电 | 是 | | | | | | | GJ-01", rows="XQ-01"),
    "R17": dict(tracker=A, needs="登记编号 | 接收部门 | 接收人 | 要求回复日期 | 回复日期\nXQ-01 | 服务台 | 样例工 | 2026-05-31 | ", rows="XQ-01"),
    "R18": dict(tracker=A, confirmations="编号 | 轮次 | 结论 | 确认日期 | 评价组织部门 | 参加人\nGJ-01 | 1 | 有效 | 2026-05-04 |  | 样例工"),
    "R19": dict(tracker=row("确认日期 | 效果结论 | 是否涉及文件修订", "2026-04-07 | 有效 | 是"), revisions=REVISION.strip()),
    "R20": dict(tracker=row("措施内容 | 来源", "改路由 | ")),
    "R21": dict(tracker=row("来源 | 登记日期", "内部审核 | 2025-03-03"), plans=PLAN + "JH-01 | V1.0 | 2025-01-01 | 2025-12-31 | 减半 | 样例检 | 2024-12-20 | 样例总 | 2024-12-28 | 同意",
                analyses="分析编号 | 日期 | 数据来源 | 结论\nFX-01 | 2025-06-01 | 体系运行过程 | 无\nFX-02 | 2025-06-01 | 纠正和预防措施的实施 | 无",
                rows="JH-01 管理评审的结果", of=5),
    "R23": dict(tracker=row(SIGN, "改路由 | 纠正 | 一般 | 否 | 样例甲 | 2026-05-04 | 同意 | 2026-05-03")),
    "R25": dict(tracker=row("措施内容 | 措施类型 | 改进目标", "改路由 | 纠正 | ")),
    "R26": dict(tracker=row("措施内容 | 措施类型 | 现状分析", "改路由 | 预防 | ")),
    "R27": dict(tracker=row("现值 | 目标值 | 实际值 | 确认日期 | 效果结论", "12 | 3 | 4 | 2026-05-04 | 有效")),
    "R28": dict(tracker=row("措施内容 | 措施类型", "改路由 | ")),
    "R29": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-04 | 服务台 | 样例工 | 不合格 | 其他 | 事件 | 断电 | 是 | | | | | | | ", rows="XQ-01"),
    "R30": dict(tracker=row("措施内容 | 措施类型 | 原因分析 | 调查人", "改路由 | 纠正 | 只发邮箱 | ")),
    "R31": dict(tracker=row("措施内容 | 措施类型 | 严重度 | 分析方法 | 原因分析", "改路由 | 纠正 | 重大 |  | 只发邮箱")),
    "R32": dict(tracker=row("措施内容 | 责任部门", "改路由 | 没有部")),
    "R33": dict(tracker=row("措施内容 | 措施类型 | 严重度 | 是否重复 | 前次编号", "改路由 | 纠正 | 一般 | 是 | ")),
    "R34": dict(tracker=row(SIGN, "改路由 | 纠正 | 重大 | 否 | 样例甲 | 2026-05-04 | 同意 | ")),
    "R35": dict(tracker=row(SIGN, "改路由 | 纠正 | 一般 | 否 |  |  |  | 2026-05-04")),
    "R36": dict(tracker=row(SIGN + " | 责任人", "改路由 | 纠正 | 一般 | 否 | 样例工 | 2026-05-04 | 同意 |  | 样例工")),
    "R37": dict(tracker=row("管理评审编号", "PS-09"), decisions="评审编号 | 日期 | 结论 | 相关编号\nPS-01 | 2026-05-04 | 同意 | GJ-01", of=2),
    "R38": dict(tracker=A, observations=DATA + "2026-04 | 服务台 | 质量统计数据 | 10 | 11", rows="质量数据!E2"),
    "R39": dict(tracker=A, analyses="分析编号 | 数据范围 | 方法 | 结论\nFX-01 | 5月 |  | 正常", rows="FX-01"),
    "R40": dict(tracker=A, observations=DATA + "2026-02 | 服务台 | 其他 | 9 | 0\n2026-03 | 服务台 | 其他 | 9 | 0\n2026-04 | 服务台 | 其他 | 9 | 0\n2026-02 | 网络部 | 其他 | 9 | 0",
                people="姓名 | 部门\n样例工 | 服务台", rows="网络部", of=2),
    "R41": dict(tracker=A, analyses="分析编号 | 日期 | 信号 | 处置\nFX-01 | 2026-05-04 | 5月超限 | ", rows="FX-01"),
    "R42": dict(tracker=row("措施内容 | 措施类型 | 主要原因", "改路由 | 预防 | ")),
    "R43": dict(tracker=row("措施内容 | 措施类型 | 严重度 | 效果指标", "改路由 | 预防 | 重大 | ")),
    "R44": dict(tracker=row("措施类型 | 责任部门 | 归口部门 | 沟通记录", "预防 | 服务台 | 网络部 | ")),
    "R45": dict(tracker=row(SIGN, "改路由 | 预防 | 一般 | 否 | 样例甲 | 2026-05-04 | 同意 | ")),
    "R46": dict(tracker=row("措施类型 | 严重度 | 管理评审编号 | 确认日期 | 效果结论", "预防 | 重大 |  | 2026-05-04 | 有效")),
    "R47": dict(tracker=row("资源需求 | 资源落实日期 | 开始日期", "服务器一台 |  | 2026-05-04")),
    "R48": dict(tracker=row("开始日期 | 实际完成日期", "2026-05-04 | 2026-05-03")),
    "R49": dict(tracker=A, progress="编号 | 日期 | 类型 | 处理意见\nGJ-01 | 2026-05-01 | 问题 | "),
    "R51": dict(tracker=row("实际完成日期 | 检查人 | 检查日期 | 检查结论", "2026-05-04 | 样例甲 | 2026-05-03 | 合格")),
    "R52": dict(tracker=row("实际完成日期 | 检查日期 | 检查结论", "2026-05-04 |  | "), journal=MAIL),
    "R54": dict(tracker=row("措施内容 | 责任人 | 完成期限", "改路由 | 样例工 | ")),
    "R55": dict(tracker=row("措施内容 | 实施方案", "加强管理 | ")),
    "R56": dict(tracker=row("实际完成日期 | 实施情况", "2026-05-04 | ")),
    "R57": dict(tracker=A, journal=journal_of(numbers=frozenset({"GJ-01"}), approved={"GJ-01": ("换设备", "")})),
    "R58": dict(tracker="编号 | " + LATE, journal=MAIL),
    "R59": dict(tracker=row("完成期限", "2026-07-31"), journal=journal_of(letter("GJ-01", "M1", "2026-07-31", "2026-05-04"), letter("GJ-01", "M1", "2026-07-31", "2026-05-05", "failed"))),
    "R60": dict(tracker="编号 | " + LATE, journal=MAIL),
    "R61": dict(tracker=row("完成期限 | 原完成期限", "2026-06-30 | 2026-05-31"), extensions="编号 | 原期限 | 新期限 | 结论"),
    "R62": dict(tracker=row(DONE, GOOD.replace("2026-04-07", "2026-03-31"))),
    "R63": dict(tracker=row(DONE + " | 责任人", GOOD + " | 样例甲")),
    "R64": dict(tracker=row("确认日期 | 效果结论 | 后续编号", "2026-05-04 | 无效 | ")),
    "R65": dict(tracker=row("实际完成日期 | 检查日期 | 检查结论 | 确认日期 | 效果结论", "2026-03-02 | 2026-03-05 | 合格 | | "), journal=MAIL),
    "R66": dict(tracker=row("确认日期 | 效果结论 | 是否涉及文件修订", "2026-04-07 | 有效 | ")),
    "R67": dict(tracker=A, revisions=REVISION + "GJ-01 | 值班规程 | 管理 |  | | | "),
    "R68": dict(tracker=A, revisions=REVISION + "GJ-01 | 值班规程 | 管理 | 改 5.3 | 不同意 | | "),
    "R70": dict(tracker=row("实际完成日期 | 确认日期 | 效果结论 | 归档日期", "2026-03-02 | 2026-04-07 | 有效 | ")),
    "R71": dict(tracker=row("归档日期 | 归档位置", "2026-04-07 | 报告/1.docx"), papers=ArchivedPapers(found={"报告/1.docx": False})),
    "R73": dict(tracker=row("责任人", "没有人")),
}  # fmt: skip

KEEPS = {
    "R01": dict(tracker=row("措施内容 | 措施类型", "改路由 | 纠正")),
    "R03": dict(tracker=A, plans=SOUND_PLAN),
    "R04": dict(tracker=A, plans=SOUND_PLAN),
    "R05": dict(tracker=A, progress="编号 | 日期 | 类型 | 处理日期 | 结论\nGJ-01 | 2026-05-01 | 资源申请 | 2026-05-04 | 同意"),
    "R06": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-28 | 服务台 | 样例工 | 改进需求 | 其他 | 事件 | 报表慢 | | | | | | | | "),
    "R07": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-04 | 服务台 | 样例工 | 改进需求 | 其他 | 事件 | 报表慢 | | | 不采纳 | 已有 | 样例检 | 2026-05-06 | | "),
    "R08": dict(tracker=A, journal=journal_of(numbers=frozenset({"GJ-01"}))),
    "R09": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-28 | 服务台 | 样例工 | 改进需求 | 其他 | 事件 | 报表慢 | | | 采纳 | | 样例检 | 2026-05-29 | 中 | GJ-01"),
    "R10": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-28 | 服务台 | 样例工 | 改进需求 | 其他 | 事件 | 报表慢 | | | 采纳 | | 样例检 | 2026-05-29 | 中 | GJ-01"),
    "R13": dict(tracker=A, measurements=INDICATOR + "事件 | 超时率 | 超时÷总数 | % | 越小越好 | 3 | 月 | 服务台 | 2026-05 | 2 | "),
    "R14": dict(tracker=A, measurements=INDICATOR + "事件 | 超时率 | 超时÷总数 | % | 越小越好 | 3 | 月 | 服务台 | 2026-04 | 3 | "),
    "R16": dict(tracker=A, needs=NEED + "XQ-01 | 2026-05-28 | 服务台 | 样例工 | 不合格 | 其他 | 事件 | 断电 | 是 | | | | | | | GJ-01"),
    "R17": dict(tracker=A, needs="登记编号 | 接收部门 | 接收人 | 要求回复日期 | 回复日期\nXQ-01 | 服务台 | 样例工 | 2026-06-01 | "),
    "R18": dict(tracker=A, confirmations="编号 | 轮次 | 结论 | 确认日期 | 评价组织部门 | 参加人\nGJ-01 | 1 | 有效 | 2026-05-04 | 服务台 | 样例工"),
    "R19": dict(tracker=row("确认日期 | 效果结论 | 是否涉及文件修订", "2026-04-07 | 有效 | 是"), revisions=REVISION + "GJ-01 | 值班规程 | 管理 | 改 5.3 | | | "),
    "R20": dict(tracker=row("措施内容 | 来源", "改路由 | 内部审核")),
    "R21": dict(tracker=row("来源 | 登记日期", "管理评审 | 2025-03-03"), plans=BREACHES["R21"]["plans"], of=5,
                analyses=BREACHES["R21"]["analyses"] + "\nFX-03 | 2025-06-01 | 内部审核 | 无"),
    "R23": dict(tracker=row(SIGN, "改路由 | 纠正 | 一般 | 否 | 样例甲 | 2026-05-04 | 同意 | 2026-05-04")),
    "R25": dict(tracker=row("措施内容 | 措施类型 | 改进目标", "改路由 | 纠正 | 超时率 3% 以下")),
    "R26": dict(tracker=row("措施内容 | 措施类型 | 现状分析", "改路由 | 预防 | 月均 9 次")),
    "R27": dict(tracker=row("现值 | 目标值 | 实际值 | 确认日期 | 效果结论", "12 | 3 | 3 | 2026-05-04 | 有效")),
    "R28": dict(tracker=row("措施内容 | 措施类型", "改路由 | 预防")),
    "R29": dict(tracker=row("措施内容 | 措施类型", "改路由 | 纠正"), needs=NEED + "XQ-01 | 2026-05-04 | 服务台 | 样例工 | 不合格 | 其他 | 事件 | 断电 | 是 | | | | | | | GJ-01"),
    "R30": dict(tracker=row("措施内容 | 措施类型 | 严重度 | 影响面 | 原因分析 | 调查人", "改路由 | 纠正 | 一般 | 一个部门 | 只发邮箱 | 样例工")),
    "R31": dict(tracker=row("措施内容 | 措施类型 | 严重度 | 分析方法 | 效果指标 | 原因分析", "改路由 | 纠正 | 重大 | 5Why | 超时率 | 只发邮箱")),
    "R32": dict(tracker=row("措施内容 | 责任部门", "改路由 | 服务台")),
    "R33": dict(tracker=row("措施内容 | 措施类型 | 严重度 | 是否重复 | 前次编号", "改路由 | 纠正 | 一般 | 否 | ")),
    "R34": dict(tracker=row(SIGN + " | 归口部门 | 涉及部门", "改路由 | 纠正 | 重大 | 否 | 样例总 | 2026-05-04 | 同意 | 2026-05-04 | 服务台 | 网络部")),
    "R35": dict(tracker=row(SIGN, "改路由 | 纠正 | 一般 | 否 | 样例甲 | 2026-05-04 | 同意 | 2026-05-04")),
    "R36": dict(tracker=row(SIGN + " | 责任人", "改路由 | 纠正 | 一般 | 否 | 样例甲 | 2026-05-04 | 同意 |  | 样例工")),
    "R37": dict(tracker=row("管理评审编号", "PS-01"), decisions="评审编号 | 日期 | 结论 | 相关编号\nPS-01 | 2026-05-04 | 同意 | GJ-01", of=2),
    "R38": dict(tracker=A, observations=DATA + "2026-04 | 服务台 | 质量统计数据 | 10 | 10"),
    "R39": dict(tracker=A, analyses="分析编号 | 数据范围 | 方法 | 结论\nFX-01 | 5月 | p 控制图 | 正常"),
    "R40": dict(tracker=A, observations=BREACHES["R40"]["observations"] + "\n2026-04 | 网络部 | 其他 | 9 | 0", people="姓名 | 部门\n样例工 | 服务台", of=2),
    "R41": dict(tracker=A, analyses="分析编号 | 日期 | 信号 | 处置 | 理由\nFX-01 | 2026-05-04 | 5月超限 | 不采取 | 一次性"),
    "R42": dict(tracker=row("措施内容 | 措施类型 | 主要原因 | 来源单号", "改路由 | 预防 | 备件老化 | NS-2026-01")),
    "R43": dict(tracker=row("措施内容 | 措施类型 | 严重度 | 效果指标", "改路由 | 预防 | 重大 | 内阻")),
    "R44": dict(tracker=row("措施类型 | 责任部门 | 归口部门 | 沟通记录", "预防 | 服务台 | 网络部 | 5月4日例会")),
    "R45": dict(tracker=row(SIGN, "改路由 | 预防 | 一般 | 否 | 样例总 | 2026-05-04 | 同意 | 2026-05-04")),
    "R46": dict(tracker=row("措施类型 | 严重度 | 管理评审编号 | 确认日期 | 效果结论", "预防 | 重大 | PS-01 | 2026-05-04 | 有效")),
    "R47": dict(tracker=row("资源需求 | 资源落实日期 | 开始日期", "服务器一台 | 2026-05-04 | 2026-05-04")),
    "R48": dict(tracker=row("开始日期 | 实际完成日期", "2026-05-04 | 2026-05-04")),
    "R49": dict(tracker=A, progress="编号 | 日期 | 类型 | 处理意见\nGJ-01 | 2026-05-01 | 问题 | 加人"),
    "R51": dict(tracker=row("实际完成日期 | 检查人 | 检查日期 | 检查结论", "2026-05-04 | 样例甲 | 2026-05-04 | 合格")),
    "R52": dict(tracker=row("实际完成日期 | 检查日期 | 检查结论", "2026-05-04 |  | "), journal=journal_of(letter("GJ-01", "S2", "2026-05-18", "2026-05-04"))),
    "R54": dict(tracker=row("措施内容 | 责任人 | 完成期限", "改路由 | 样例工 | 2026-06-30")),
    "R55": dict(tracker=row("措施内容 | 实施方案", "改路由 | 逐条配置 42 条规则")),
    "R56": dict(tracker=row("实际完成日期 | 实施情况", "2026-05-04 | 配置 42 条")),
    "R57": dict(tracker=A, journal=journal_of(numbers=frozenset({"GJ-01"}), approved={"GJ-01": ("改路由", "")})),
    "R58": dict(tracker="编号 | " + LATE, journal=journal_of(letter("GJ-01", "M1", "2026-05-15", "2026-04-15"))),
    "R59": dict(tracker=row("完成期限", "2026-07-31"), journal=journal_of(letter("GJ-01", "M1", "2026-07-31", "2026-05-04"))),
    "R60": dict(tracker="编号 | " + LATE, journal=journal_of(letter("GJ-01", "O1", "2026-05-15", "2026-05-18"))),
    "R61": dict(tracker=row("完成期限 | 原完成期限", "2026-06-30 | 2026-05-31"), extensions="编号 | 原期限 | 新期限 | 批准人 | 批准日期 | 结论\nGJ-01 | 2026-05-31 | 2026-06-30 | 样例甲 | 2026-05-04 | 同意"),
    "R62": dict(tracker=row(DONE, GOOD)),
    "R63": dict(tracker=row(DONE + " | 责任人 | 归口部门", GOOD + " | 样例工 | 服务台")),
    "R64": dict(tracker="编号 | 登记日期 | 前次编号 | 确认日期 | 效果结论 | 后续编号\nGJ-01 | 2026-01-05 | | 2026-05-04 | 无效 | GJ-02\nGJ-02 | 2026-05-05 | | | | "),
    "R65": dict(tracker=row("实际完成日期 | 检查日期 | 检查结论 | 确认日期 | 效果结论", "2026-03-02 | 2026-03-05 | 合格 | | "), journal=journal_of(letter("GJ-01", "S3", "2026-04-16", "2026-04-01"))),
    "R66": dict(tracker=row("确认日期 | 效果结论 | 是否涉及文件修订", "2026-04-07 | 有效 | 否")),
    "R67": dict(tracker=A, revisions=REVISION + "GJ-01 | 值班规程 | 管理 | 改 5.3 | | | "),
    "R68": dict(tracker=A, revisions=REVISION + "GJ-01 | 值班规程 | 管理 | 改 5.3 | 不同意 | 条款已写明 | "),
    "R70": dict(tracker=row("确认日期 | 效果结论 | 归档日期", "2026-04-07 | 有效 | 2026-04-21")),
    "R71": dict(tracker=row("归档日期 | 归档位置", "2026-04-07 | 报告/1.docx"), papers=ArchivedPapers(found={"报告/1.docx": True})),
    "R73": dict(tracker=row("责任人", "样例工")),
}  # fmt: skip
