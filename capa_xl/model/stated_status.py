"""What a table's own status column says: a family of words each (decisions C2), and the words that nobody need ask for.

Closed comes in two strengths: 已关闭 closes, 已完成 is the end only where nothing is left to check or to confirm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from capa_xl.model.meanings import word_key
from capa_xl.model.two_languages import in_two_languages

STATED_CLOSED: Final = "已关闭"
STATED_DONE: Final = "已完成"
STATED_TO_VERIFY: Final = "待验证"
STATED_CANCELLED: Final = "已取消"
STATED_OPEN: Final = "进行中"
FAMILIES: Final = (STATED_OPEN, STATED_TO_VERIFY, STATED_DONE, STATED_CLOSED, STATED_CANCELLED)
"""In the order in which an unknown word is asked: who takes the first ends no row by mistake."""

_WORDS: Mapping[str, str] = {
    STATED_CLOSED: (
        "已验收 已验证 验收通过 验收合格 验证通过 "
        "已验收合格 已验证合格 验证合格 复查合格 复查通过 复核通过 "
        "已关闭 关闭 已闭环 闭环 已闭合 闭合 已销号 销号 已销项 销项 已结案 结案 已办结 办结 已归档 完结 已完结 "
        "已转后续 "
        "是 √ ✓ ✔ ☑ Y Yes Closed Close Closed-out Closed_out"
    ),
    STATED_DONE: (
        "已完成 完成 全部完成 整改完成 已整改 已整改完成 整改完毕 已整改完毕 整改到位 已整改到位 已落实 已消缺 已销缺 "
        "已处理 已解决 已实施 已修复 已改善 "
        "已完工 完工 已消除 已治理 治理完成 已纠正 100% Done Complete Completed Finished Resolved Implemented Fixed"
    ),
    STATED_TO_VERIFY: (
        "待验证 待验收 待复查 待复核 待检查 待确认 待效果确认 待效果验证 待销号 待关闭 待闭环 待闭合 待核查 "
        "已整改待销号 验证中 观察期 待文件修订 待归档 "
        "Pending_verification Awaiting_verification To_be_verified Pending_closure"
    ),
    STATED_CANCELLED: (
        "已取消 取消 作废 已作废 撤销 已撤销 不适用 终止 已终止 无需整改 无需处理 Cancelled Canceled Void "
        "Voided N/A NA Not_applicable Withdrawn"
    ),
    STATED_OPEN: (
        "达到序时进度 未达到序时进度 "
        "待策划 待审批 审批退回 待更正 措施无效 "
        "进行中 整改中 实施中 处理中 执行中 推进中 跟进中 办理中 落实中 返工 返工中 正在整改 正在进行 "
        "负责人处理中 待整改 待处理 待实施 待落实 待填写 待办 待开始 待启动 未整改 未完成 未开始 未启动 "
        "未处理 未落实 未实施 未解决 未关闭 未闭环 未闭合 未销号 部分完成 部分整改 逾期 已逾期 逾期未完成 超期 滞后 "
        "延期 已延期 临期 未到期 新建 已登记 已下发 已分派 待分派 否 × ✗ ✘ ☒ N No Open New Not_started "
        "Not_done In_progress In-progress Ongoing On-going Outstanding Pending Overdue Delayed To_do To-do "
        "Todo WIP Started Planned Assigned Active Reopened Incomplete Not_closed"
    ),
}  # fmt: skip
"""Family → its words; _ stands for a blank."""
_FAMILY_OF = {word_key(word.replace("_", " ")): family for family, listed in _WORDS.items() for word in listed.split()}
_CLOSING = ("销号", "闭环", "闭合", "销项", "结案", "办结")
_CHECK = "(?:验证|验收|复测|复查|复核|核查|核验|检查|检验|确认|销号|关闭|闭环|闭合|verification|validation|closure)"
# Patterns that most workbooks never need are compiled where they are first used: a start is a millisecond each shorter.
_DONE_BUT = (
    f"(已?(?:全部)?(?:完成|整改|实施|落实|处理|修复|办结|解决)(?:完成|完毕)?|implemented|completed?|done|fixed)"
    f"[，,、;；(]*(待|等待|未|awaiting|pending){_CHECK}.*"
)
_IS_CHECKED = f"(待|等待)?{_CHECK}中|办结待核"
"""复测中, 验收中: the work is done, somebody looks at it."""
_PERCENT = r"(?:已?完成|进度|完成率|完成度)?[约:：]?(\d{1,3})(?:\.\d+)?%(?:左右)?"
_ALL = 100
_DAY = (
    r"[（(]?\s*(?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*[)）]?"
    r"|[（(]?\s*\d{1,2}\s*日\s*[)）]?|[（(]\d{8}[)）]"
)
"""A day as people add it to a word, in parentheses or not."""
_PLAINLY_OPEN = (
    r"正在.{1,6}|未(?!予?采纳|涉及|再|见|检出|出现|复[现发]|重现|发[现生]).{1,4}|(?!.{0,2}(?:观察|试))[^已完]{1,4}中"
)
"""修复中, 正在办理, 未消缺: open whatever the trade calls its work; 未采纳, 未涉及, 未复现 are something else.

观察中, 试运行中 may follow the work: people say what they mean."""
_PLACEHOLDERS = "/ - — —— – \\ 无 暂无 没有 N/A NA 待定 待补 待填 未定 尚未完成 未 未到 0 00 None Nil TBD TBC TBA"
_NOT_YET = frozenset(map(word_key, _PLACEHOLDERS.split()))

_CLOSE = "(?:关闭|闭环|闭合|销号|销项|结案|办结|验收|验证|复查|复核|核验|核查|确认|归档)"
_NOT_CLOSED = f"(?:尚|还|暂)?未(?:予)?{_CLOSE}|(?:not|notyet)(?:yet)?(?:closed|verified|accepted)"
_ASKS_WHETHER_CLOSED = f"{_CLOSE}|closed|closure|verified|accepted"
_ASKS_WHETHER_DONE = "完成|整改|落实|实施|处理|修复|解决|fixed|done|completed?|implemented|resolved|rectified"
_YES = frozenset({"是", "y", "yes", "√", "✓", "✔", "☑"})
_NO = frozenset({"否", "n", "no", "×", "✗", "✘", "☒"})
_AGAIN = (
    "(?<![未无不])(?:重新(打开|开启|整改|处理|实施)|复发|(再次?|又)(发生|出现)|返[工修]|重[做改开]|反弹|反复|回潮|二次(整改|交办)"
    "|(整改|治理|处理|落实)(不|未)(到位|彻底|合格|达标))|re-?open|re-?work|re-?occur|\\brecur"
)
_SENT_BACK = "(?<!审批)退回|打回|驳回|(不|未)(合格|通过|达标)|\\breject|\\breturned\\b|\\bfail"
_TIMES = "逾期 已逾期 超期 滞后 延期 已延期 临期 未到期 达到序时进度 未达到序时进度 Overdue Delayed"
_OF_ITS_TIME = frozenset(map(word_key, _TIMES.split()))


def says_again(word: str) -> bool:
    """True for Reopened, 复发, 整改不到位: the work begins anew, whatever was done before."""
    return re.search(_AGAIN, word.lower()) is not None


def begins_again(word: str) -> bool:
    """True for a word of an open row that says it was done once: a day beside it is that of an earlier round.

    退回 and Failed say so only of rows that somebody declared open.
    """
    return says_again(word) or re.search(_SENT_BACK, word.lower()) is not None


def tells_time_alone(word: str) -> bool:
    """True for 逾期, 延期: beside a day of completion they say when it was done, not that it isn't."""
    return word_key(word) in _OF_ITS_TIME


def denies_the_closing(word: str, heading: str) -> bool:
    """True for 未销号, and for a bare no under a heading that asks whether it is closed: N below 是否结案.

    Beside a day of completion that says that the work is done and nobody has accepted it yet.
    """
    key = word_key(word)
    if key in _NO:
        return re.search(_ASKS_WHETHER_CLOSED, word_key(heading)) is not None
    return re.fullmatch(_NOT_CLOSED, key) is not None


def is_done_alone(word: str, heading: str) -> bool:
    """True for a bare yes under a heading that asks whether the work is done, not whether it is closed: Y below Fixed?

    Where nothing is left to check that closes the row as well.
    """
    asked = word_key(heading)
    asks = re.search(_ASKS_WHETHER_DONE, asked) is not None and re.search(_ASKS_WHETHER_CLOSED, asked) is None
    return word_key(word) in _YES and asks


def closing_word(heading: str) -> str:
    """The word that closes a row as its heading says it: 已销号 under 销号情况; 已关闭 where it names none."""
    return next((f"已{word}" for word in _CLOSING if word in heading), STATED_CLOSED)


def family_of(word: str, meanings: Mapping[str, str]) -> str | None:
    """The family a status word belongs to; None for a word that nobody knows.

    Args:
        word: As it stands in the cell.
        meanings: What was declared for the column: `word_key` → one of `FAMILIES`.
    """
    key = word_key(word)
    declared = meanings.get(key)
    if declared is not None:
        return declared if declared in FAMILIES else None
    if key in _FAMILY_OF:
        return _FAMILY_OF[key]
    if re.fullmatch(_DONE_BUT, key) or re.fullmatch(_IS_CHECKED, key):
        return STATED_TO_VERIFY
    if percent := re.fullmatch(_PERCENT, key):
        return STATED_OPEN if int(percent[1]) < _ALL else STATED_DONE
    if re.fullmatch(_PLAINLY_OPEN, key):
        return STATED_OPEN
    said = {family_of(part, {}) for part in in_two_languages(word) or ()}
    return said.pop() if len(said) == 1 else None


def family_of_report(report: str, meanings: Mapping[str, str] = MappingProxyType({})) -> str | None:
    """The family of a report on the work that is a status word and nothing else, but for a day and a full stop.

    已完成。 and 已完成（11月3日） are one; 已完成（部分） is a report, unless somebody declared what it means.

    Args:
        report: As it stands in the cell.
        meanings: What was declared for the column, as in `family_of`.
    """
    whole = family_of(report, meanings)
    if word_key(report) in meanings:
        return whole
    bare = re.sub(_DAY, "", report).strip().rstrip("。.！!；;")
    return whole or (family_of(bare, {}) if bare and bare != report.strip() else None)


def is_not_yet(word: str) -> bool:
    """True for what people write where a date will stand one day: 无, 待定, 进行中, N/A (decisions C3)."""
    key = word_key(word)
    return key in _NOT_YET or _FAMILY_OF.get(key) == STATED_OPEN
