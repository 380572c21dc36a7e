"""Words of other companies' lists: those that can mean only one thing here, and those for which one is proposed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.columns import Column, Kind
from capa_xl.model.meanings import word_key
from capa_xl.model.stated_status import family_of
from capa_xl.workbook.adopting.word_signs import (
    likely_conclusion,
    likely_family,
    likely_priority,
    likely_severity,
)


class WordReading(Struct, frozen=True):
    """What one strange word of a list may mean.

    Attributes:
        settled: The canonical word; "" where nobody can be sure.
        proposal: What it likely means, "" for a blank cell; None where nothing says so.
    """

    settled: str = ""
    proposal: str | None = None

    @property
    def is_known(self) -> bool:
        """Settled, or with something to propose."""
        return bool(self.settled) or self.proposal is not None


def reading_of(col: Column, word: str, allowed: tuple[str, ...]) -> WordReading:
    """What a word of a list column means or may mean."""
    if col.kind is Kind.STATED:
        family = family_of(word, {})
        return WordReading(settled=family) if family else WordReading(proposal=likely_family(word))
    key = word_key(word)
    settled = _SETTLED.get(col.key, {}).get(key)
    if settled in allowed:
        return WordReading(settled=settled or "")
    proposed = _PROPOSED.get(col.key, {}).get(key)
    proposed = _likely(col.key, word) if proposed is None else proposed
    return WordReading(proposal=proposed if proposed in (*allowed, "") else None)


def _likely(key: str, word: str) -> str | None:
    if key == "severity":
        return likely_severity(word)
    return likely_priority(word) if key == "priority" else likely_conclusion(key, word)


def _table(*lines: tuple[str, str]) -> Mapping[str, str]:
    """`word_key` → canonical word, from lines of a canonical word and the words that mean it; _ stands for a blank."""
    return {word_key(word.replace("_", " ")): meaning for meaning, listed in lines for word in listed.split()}


_SETTLED: Mapping[str, Mapping[str, str]] = {
    "severity": _table(
        (words.MAJOR, "严重 重大隐患 重大不符合 严重不符合 严重不合格 Major Critical"),
        (words.GENERAL, "轻微 一般隐患 一般不符合 轻微不符合 一般不合格 Minor"),
    ),
    "priority": _table((words.HIGH, "High H"), (words.MEDIUM, "Medium Med M"), (words.LOW, "Low L")),
    "action_type": _table(
        (words.CORRECTIVE, "纠正措施 Corrective Corrective_Action CA"),
        (words.PREVENTIVE, "预防措施 Preventive Preventive_Action PA"),
        (words.IMPROVEMENT, "改进措施 Improvement Improvement_Action"),
    ),
    "source": _table(
        (words.INTERNAL_AUDIT, "内审 内部审核发现 Internal_Audit"),
        (words.EXTERNAL_AUDIT, "外审 外部审核发现 External_Audit"),
        (words.COMPLAINT, "客户投诉 用户投诉 Customer_Complaint Complaint"),
        (words.BY_REVIEW, "管评 管理评审会议 Management_Review"),
        ("其他", "其它 Other Others"),
    ),
    "inspection": _table(
        (words.PASSED, "通过 符合 检查合格 复查合格 验收合格 复查通过 验收通过 Pass Passed OK"),
        (words.FAILED, "不通过 未通过 不符合 复查不合格 验收不合格 Fail Failed NG Not_OK"),
    ),
    "effect": _table(
        (words.EFFECTIVE, "有效果 验证有效 Effective Yes"),
        (words.PARTLY_EFFECTIVE, "部分 Partially_effective Partly_effective"),
        (words.INEFFECTIVE, "无效果 验证无效 Ineffective Not_effective"),
    ),
    "execution": _table((words.DONE, "落实 已执行"), (words.PARTLY_DONE, "部分落实")),
    "approval": _table((words.AGREED, "批准 已批准 Approved Agreed"), (words.REFUSED, "驳回 不批准 Rejected Refused")),
}
_PROPOSED: Mapping[str, Mapping[str, str]] = {
    "severity": _table(
        (words.MAJOR, "高 较高 较大 特大 特别重大 很高 紧急 极高 A A级 A类 Ⅰ I I级 Ⅰ级 一级 1级 1 红 橙 High Very_High "
                      "关键 主要 Severe Urgent H S1"),
        (words.GENERAL, "次要 中 中等 低 较低 较小 轻 B C D B级 C级 B类 C类 Ⅱ Ⅲ Ⅳ II III II级 III级 二级 三级 四级 "
                        "2级 3级 2 3 4 IV IV级 V V级 五级 "
                        "黄 蓝 观察项 观察 建议 建议项 改进机会 Medium Low Moderate M L OFI Observation S2 S3"),
    ),
    "priority": _table(
        (words.HIGH, "紧急 特急 急 重要 较高 很高 Urgent Critical P0 P1 1 一级 重大"),
        (words.MEDIUM, "一般 普通 正常 中等 Normal P2 2 二级"),
        (words.LOW, "较低 不急 P3 P4 3 三级"),
    ),
    "action_type": _table((words.CORRECTIVE, "整改 纠错 Fix"), (words.IMPROVEMENT, "持续改进 改善 提升 优化")),
    "source": _table(
        (words.EXTERNAL_AUDIT, "第三方审核 二方审核 客户审核 认证审核 监督审核 Audit"),
        (words.COMPLAINT, "投诉 客诉"),
        ("顾客/市场反馈", "客户反馈 用户反馈 满意度调查 Feedback"),
        ("体系运行过程", "日常检查 监督检查 专项检查 自查 Inspection"),
        ("运维服务过程", "巡检 事件 故障 Incident"),
        (words.SUPPLIERS, "供应商 供方 Supplier"),
        (words.BY_REVIEW, "办公会 总经理办公会 例会 会议"),
    ),
    "inspection": _table(
        (words.PASSED, "已整改 整改到位 已完成 已落实 已改 属实 √ ○ 是 Y Yes 有效 Closed "
                       "Satisfactory Adequate Accepted Validated Verified Confirmed "
                       "认可 达标 同意 同意销项 同意销号 同意关闭 同意闭环"),
        (words.FAILED, "未整改 未完成 整改不到位 × ✗ 否 N No 无效 "
                       "Unsatisfactory Inadequate Rejected 不认可 未达标"),
    ),
    "effect": _table(
        (words.EFFECTIVE, "合格 通过 符合 已验证 已关闭 已闭环 √ ○ 是 Y Pass Passed OK 达标 "
                          "Satisfactory Adequate Validated Verified"),
        (words.PARTLY_EFFECTIVE, "基本有效 部分达标 Partial"),
        (words.INEFFECTIVE, "不合格 未通过 不符合 × 否 N No Fail Failed 未达标 Unsatisfactory Inadequate"),
    ),
    "approval": _table(
        (words.AGREED, "通过 审批通过 OK 已批 批 批了 准 认可 √ ○ 是 Y Yes Accepted Pass Passed"),
        (words.REFUSED, "不通过 未通过 审批不通过 不认可 退回 打回 × 否 N No NG Fail Failed Not_approved"),
    ),
}  # fmt: skip
