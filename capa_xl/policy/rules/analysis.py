"""PL10–PL16, PL23, PL26, PL28: where the problem came from, whether it came back, whom it concerns, what it needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.cut_text import cut_list
from capa_xl.model.problem import Hit
from capa_xl.policy.need_answers import needs_named
from capa_xl.policy.planning_set import INVESTIGATION, concerned_departments, has_grounds
from capa_xl.policy.routes import is_agreed
from capa_xl.policy.rules.message_words import header, headers
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs, is_weighty
from capa_xl.policy.rules.weights import while_planned

RECURS_WITHIN = timedelta(days=365)
ALIKE = 0.3
_NOTHING_NEEDED = frozenset({"无", "无需", "不需要", "没有", "—", "-", "/"})

RecurrenceKey = tuple[str, str, tuple[str, ...]]


def recurrence_key(action: Action) -> RecurrenceKey | None:
    """过程+问题类别+原因类别, the key of a recurrence (A3); None while one of them is blank."""
    if not (action.process and action.category and action.cause_category):
        return None
    return action.process, action.category, tuple(sorted(action.cause_category))


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def similarity(one: str, other: str) -> float:
    """Jaccard share of common character pairs, 0 to 1."""
    a, b = bigrams(one), bigrams(other)
    return len(a & b) / len(a | b) if a and b else 0.0


def _investigation_unrecorded(given: RuleInputs) -> Iterator[Hit]:
    """Who looked into it, when, and what kind of problem it is: the part of 4.2.2 that no other rule asks for."""
    for action, _ in given.live:
        asked = action.action_type == words.CORRECTIVE and action.measure
        if asked and (missing := given.blanks(action, *INVESTIGATION)):
            yield given.hit(action, missing[0], missing=headers(missing))


def _suspected_repeats(given: RuleInputs) -> Iterator[Hit]:
    """是否重复 blank, and an earlier action of the same key within a year, same department or alike in words."""
    unanswered = [action for action, _ in given.live if action.is_repeat is None and action.registered_on is not None]
    alike = _by_key(given) if unanswered else {}
    for action in unanswered:
        if (key := recurrence_key(action)) is None:
            continue
        earlier = [a.number for a in islice((a for a in alike[key] if _precedes(a, action)), 6)]
        if earlier:
            yield given.hit(action, "is_repeat", ids=cut_list(earlier, 5))


def _by_key(given: RuleInputs) -> dict[RecurrenceKey, list[Action]]:
    alike: dict[RecurrenceKey, list[Action]] = defaultdict(list)
    for action, _ in given.live_anywhere:
        if (key := recurrence_key(action)) is not None:
            alike[key].append(action)
    return alike


def _precedes(earlier: Action, action: Action) -> bool:
    first, then = earlier.registered_on, action.registered_on
    if earlier.number == action.number or first is None or then is None or not first <= then <= first + RECURS_WITHIN:
        return False
    if first == then and earlier.row > action.row:
        return False
    if earlier.responsible_department and earlier.responsible_department == action.responsible_department:
        return True
    return similarity(earlier.description or "", action.description or "") >= ALIKE


def _repeat_unanswered(given: RuleInputs) -> Iterator[Hit]:
    """What 下一步 asks for before the approval, check names too: a mere remark until somebody has agreed."""
    for action, derived in given.live:
        if action.action_type == words.CORRECTIVE and action.is_repeat is None:
            if is_agreed(action, derived):
                yield given.hit(action, "is_repeat")
            elif derived.status in (words.TO_PLAN, words.TO_APPROVE):
                yield given.hit(action, "is_repeat", I)


def _repeat_of_what(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if action.is_repeat and not action.previous_numbers:
            yield while_planned(given, given.hit(action, "previous_numbers"), action, derived)


def _prevention_of_what(given: RuleInputs) -> Iterator[Hit]:
    at = given.first_column("main_cause", "cause")
    for action, derived in given.live:
        if action.action_type == words.PREVENTIVE and not has_grounds(action):
            yield while_planned(given, given.hit(action, at), action, derived)


def needs_resources(action: Action) -> bool:
    """资源需求 names something."""
    return bool(action.resources) and (action.resources or "").strip() not in _NOTHING_NEEDED


def _not_talked_over(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        prevents = action.action_type == words.PREVENTIVE
        if action.communication or not (prevents or (action.action_type == words.CORRECTIVE and is_weighty(action))):
            continue
        departments = concerned_departments(action)
        if len(departments) >= 2:
            yield given.hit(action, "communication", None if prevents else I, v="、".join(departments))


def _no_source(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.source is None:
            yield given.hit(action, "source")


def _no_priority(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if action.priority is None and not derived.is_ended:
            yield given.hit(action, "priority", v=derived.priority)


def _resources_not_in_place(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.running:
        if not needs_resources(action):
            continue
        start = action.started_on or action.completed_on
        late = action.resources_on is not None and start is not None and action.resources_on > start
        if (action.resources_on is None or late) and not _asked_for_resources(given, action):
            v = f"落实日期 {action.resources_on} 晚于开始 {start}" if late else ""
            yield given.hit(action, "resources_on", v=v)


def _asked_for_resources(given: RuleInputs, action: Action) -> bool:
    return any(entry.kind == words.RESOURCE_REQUEST for entry in given.view.progress.get(action.number, ()))


def _general_though_weighty_source(given: RuleInputs) -> Iterator[Hit]:
    """A complaint counts once its registration says 成立."""
    accepted = {need.number for need in given.view.needs if need.is_valid and need.number}
    accepted |= {number for need in given.view.needs if need.is_valid for number in need.tracker_numbers}
    for action, _ in given.live:
        if action.severity != words.GENERAL or action.source not in (words.EXTERNAL_AUDIT, words.COMPLAINT):
            continue
        known_as = {action.number, *needs_named(action, accepted)}
        if action.source == words.EXTERNAL_AUDIT or not accepted.isdisjoint(known_as):
            yield given.hit(action, "severity", s=action.source or "")


PL10 = Rule(
    "PL10", "4.2.3", W, "是否重复空白，而一年内有过程、问题类别、原因类别都相同的措施（同部门或文字相近）",
    "疑似重复：{ids}，请确认",
    "是否重复填“是”或“否”；填“是”时同时填前次编号",
    _suspected_repeats, ("is_repeat", "process", "category", "cause_category", "registered_on"),
)  # fmt: skip
PL11 = Rule(
    "PL11", "4.2.3", E, "是否重复为“是”，前次编号空白（策划期限内为警告）",
    "未填写前次编号",
    "填前次编号，即上一次同类问题的编号",
    _repeat_of_what, ("is_repeat", "previous_numbers"), also=(W,),
)  # fmt: skip
PL12 = Rule(
    "PL12", "4.3.2", W, "预防既没有主要原因/原因分析，也没有分析编号/来源单号",
    "预防措施未说明主要原因或统计依据",
    "填原因分析或主要原因，与分析编号（或来源单号）",
    _prevention_of_what, ("action_type", "main_cause|cause"),
)  # fmt: skip
PL13 = Rule(
    "PL13", "4.3.2", W, "涉及两个以上部门而没有沟通记录（预防为警告，重大或重复的纠正为提示）",
    "涉及多部门但无沟通记录：{v}",
    "补沟通日期与记录，例如“2026-07-08 会议，商务部确认供货 8 周”",
    _not_talked_over, ("action_type", "communication"), also=(I,),
)  # fmt: skip
PL14 = Rule(
    "PL14", "4.1.1", E, f"{header('source')}空白",
    "未填写来源",
    "从列表中选来源",
    _no_source, ("source",),
)  # fmt: skip
PL15 = Rule(
    "PL15", "3.2", I, "优先级空白（按默认值计算）",
    "未排定优先顺序，按“{v}”计算",
    "填优先级：高、中、低",
    _no_priority, ("priority",),
)  # fmt: skip
PL16 = Rule(
    "PL16", "4.4.1", W, "有资源需求，开始时还没有落实日期",
    "资源未落实即开始实施⟦：{v}⟧",
    "由部门经理确认资源落实日期，或在《进展反馈》中登记向总经理的资源申请",
    _resources_not_in_place, ("resources", "resources_on"),
)  # fmt: skip
PL23 = Rule(
    "PL23", "4.2.2", I, "严重度为一般，而来源是外部审核或成立的顾客投诉",
    "来源为「{s}」，请确认严重度「一般」",
    "确认为一般则不必处理；否则改为重大",
    _general_though_weighty_source, ("severity", "source"),
)  # fmt: skip
PL28 = Rule(
    "PL28", "4.2.2", I, "已有措施的纠正，问题类别、调查人或调查日期空白（自查表 R30 按待整改计）",
    "没有写明调查：{missing}空白",
    "补填空着的{missing}（在“分析”组中展开）",
    _investigation_unrecorded, ("action_type", "measure", "category|investigators|investigated_on"),
    in_general={"missing": headers(("category", "investigators", "investigated_on"))},
)  # fmt: skip
PL26 = Rule(
    "PL26", "4.2.3", W, "已批准的纠正，是否重复空白（批准以前为提示）",
    "没有判定是否重复",
    "是否重复填“是”或“否”；填“是”时同时填前次编号",
    _repeat_unanswered, ("action_type", "is_repeat", "approval|approved_on"), also=(I,),
)  # fmt: skip
