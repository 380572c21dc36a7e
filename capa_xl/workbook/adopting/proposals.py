"""What each heading in question likely means: all together, every column once, dates by what their names say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.adoption import AskedHeading
from capa_xl.model.columns import column_by_key
from capa_xl.workbook.adopting.owners_names import NAMES_THE_OWNER
from capa_xl.workbook.reading.header_match import NEEDED
from capa_xl.workbook.reading.heading_names import is_planned_or_actual, normalised

_HEADERS = {key: col.header for key, col in column_by_key(Action).items()}
_OWNERS, _DEPARTMENT = _HEADERS["owners"], _HEADERS["responsible_department"]
OTHER_DAY, _DAY_OF_A_CHECK = "其他日期", "复查的日期"
_SIGNS: Mapping[str, tuple[str, ...]] = {
    OTHER_DAY: ("回复", "答复", "反馈", "应回", "实回", "旧", "作废", "停用", "上次",
        "reply", "respon", "obsolete", "last", "previous", "updated",
        "更新", "计划开始", "计划启动", "拟开始", "预计开始", "plannedstart", "startplan"),
    _DAY_OF_A_CHECK: ("回访", "复验", "复查", "追踪", "voe", "verif"),
    _HEADERS["original_due_on"]: ("原计划", "原定", "原始", "原完成", "原期限", "初始",
        "首次完成", "首次计划", "首次要求", "首次承诺", "首次期限", "original", "initial"),
    _HEADERS["started_on"]: ("开始", "启动", "start"),
    _HEADERS["due_on"]: (
        "拟", "承诺", "约定", "期望",
        "计划", "要求", "目标", "预定", "予定", "预计", "应", "限", "截止", "到期", "纳期", "下次",
        "due", "target", "plan", "deadline", "next", "agreed", "revised", "commit", "timeline", "timeframe",
        "required", "needby", "needdate", "expected", "estimated", "promise", "bywhen",
    ),
    _HEADERS["completed_on"]: ("实际", "实绩", "实施", "已", "完成", "结案", "关闭", "闭环", "销号",
        "落实", "办结", "修好", "修复", "改好", "到位", "落地", "上线", "销记", "deployed",
        "actual", "complet", "done", "resolv", "implement", "clos", "fixed", "finish", "remediat", "rectified"),
    _HEADERS["registered_on"]: (
        "发现", "签发", "登记", "提出", "上报", "下发", "排查", "发生", "提单", "报事", "报修", "投诉", "发出",
        "开立", "查出", "督查", "巡查", "抽查", "查票", "来电",
        "受理", "会议", "检查", "raised", "issued", "logged", "reported", "opened", "created", "identified",
        "initiated",
    ),
}  # fmt: skip
"""Date columns → what a heading of theirs has in its name; the first that fits counts. `OTHER_DAY` is none of ours."""
_PLANNED_OR_ACTUAL = (_HEADERS["due_on"], _HEADERS["completed_on"])
_PLAIN_SIGNS = dict(
    zip(
        _PLANNED_OR_ACTUAL,
        (("计划", "要求", "期限", "plan", "due"), ("实际", "actual", "were completed", "was completed")),
        strict=True,
    )
)
_DENIED = re.compile(r"(不是|而非|并非|不指|\bnot ).{0,8}")
"""What a comment says the column is not."""
_BY, _ETA = "by", re.compile(r"\beta\b", re.IGNORECASE)
"""Rectify By and Remediation ETA, above days."""
_MOST = 3
"""A name that may mean more columns than that likely means none of them."""
_ONLY_WHEN_SAID = frozenset({_HEADERS["completed_on"], _HEADERS["registered_on"]})
_SAID, _LIKED, _WEAK, _LAST = 2.0, 1.0, 0.5, 0.0
ENDING = ("stated_status", "completed_on")
"""Of these a table needs one: else nobody knows what is done."""
TELLING = ("progress", "progress_note", "inspection", "effect")
"""What says whether a row is done where a table has neither 状态 nor 实际完成日期."""
_NEEDED_TOGETHER = tuple(frozenset(_HEADERS[key] for key in group) for group in (*NEEDED, ENDING))


def proposed(asked: Sequence[AskedHeading]) -> tuple[AskedHeading, ...]:
    """The headings with their proposals.

    A date heading whose name says what it is gets only that; one whose name says nothing takes what the others leave.
    What several headings are first of all with the same right none of them is, nor what it is next best.
    A heading that the table needs, and for whose column nothing is proposed, has no proposal at all: somebody must say.
    """
    taken: set[str] = set()
    found: dict[int, str] = {}
    contested = _contested(asked)
    for worth, at, _, field in sorted(_worth(asked), key=lambda one: (-one[0], not asked[one[1]].is_needed, *one[1:3])):
        is_makeshift = worth == _LAST and asked[at].candidates[0] in contested
        if at not in found and not is_makeshift and field not in taken | contested:
            found[at] = field
            taken.add(field)
    found = {at: field for at, field in found.items() if not _stands_before_its_own_name(asked, at, field, found)}
    taken = set(found.values())
    return tuple(replace(one, proposal=_said(one, found.get(at), taken)) for at, one in enumerate(asked))


def _stands_before_its_own_name(asked: Sequence[AskedHeading], at: int, field: str, found: Mapping[int, str]) -> bool:
    """责任人 proposed to a heading without such a name while one that has it stands open: neither is proposed."""
    if field != _OWNERS or NAMES_THE_OWNER.search(asked[at].header):
        return False
    open_ones = (one for other, one in enumerate(asked) if other not in found)
    return any(_OWNERS in one.candidates and NAMES_THE_OWNER.search(one.header) for one in open_ones)


def _contested(asked: Sequence[AskedHeading]) -> set[str]:
    """The fields that several headings speak for with the same right: nobody can say which of them it is."""
    claims = {(worth, at, field) for worth, at, rank, field in _worth(asked) if worth >= _LIKED and rank == 0}
    most = {field: max(worth for worth, _, other in claims if other == field) for _, _, field in claims}
    counts = Counter(field for worth, _, field in claims if worth == most[field])
    return {field for field, count in counts.items() if count > 1}


def _said(one: AskedHeading, found: str | None, taken: set[str]) -> str | None:
    """The proposal of a heading; None where somebody must say.

    None of ours is a proposal only of what another heading says better, or whose name is that of another day.
    """
    if found is not None or _leaves_open(one, taken):
        return found
    return "" if one.is_weak or one.likely == OTHER_DAY else None


def _leaves_open(one: AskedHeading, taken: set[str]) -> bool:
    """Needed for something that no heading in question is proposed for, or one that somebody must decide."""
    return one.must or any(not group & taken for group in _NEEDED_TOGETHER if group & set(one.needed_for))


def _worth(asked: Iterable[AskedHeading]) -> Iterator[tuple[float, int, int, str]]:
    """(worth, heading, rank among its candidates, field) of every answer that doesn't speak against the name."""
    is_named = any(_DEPARTMENT in one.candidates and NAMES_THE_OWNER.search(one.header) for one in asked)
    for at, one in enumerate(asked):
        said = one.likely
        is_anything = len(one.candidates) > _MOST and not said
        if is_anything and not one.is_needed:
            continue
        for rank, field in enumerate(one.candidates[:1] if is_anything else one.candidates):
            if field == _DEPARTMENT and is_named and not NAMES_THE_OWNER.search(one.header):
                continue  # 发生科室 beside 整改责任科室
            if field == said:
                yield _SAID, at, rank, field
            elif field in _SIGNS and (said or not is_planned_or_actual(one.header)):
                continue
            elif field not in (*_ONLY_WHEN_SAID, *one.ungrounded):
                yield _LAST if rank else _WEAK if one.is_weak else _LIKED, at, rank, field


def planned_or_actual_by(comment: str) -> str:
    """Which of 完成期限 and 实际完成日期 a comment speaks of; "" where it names none or both."""
    said = _DENIED.sub("", comment.lower())
    named = [field for field in _PLANNED_OR_ACTUAL if any(sign in said for sign in _PLAIN_SIGNS[field])]
    return named[0] if len(named) == 1 else ""


def date_said_by(text: str) -> str:
    """The date column that a heading or a comment names by a word of its own; "" for none."""
    name = normalised(text)
    if is_planned_or_actual(text):
        return ""
    if name.endswith(_BY) or _ETA.search(text):
        return _HEADERS["due_on"]
    return next((field for field, signs in _SIGNS.items() if any(sign in name for sign in signs)), "")
