"""EF05–EF08, EF12: what the confirmation says, and whether the facts bear it out (4.5.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.problem import Hit
from capa_xl.policy.rules.analysis import RECURS_WITHIN, Key, recurrence_key
from capa_xl.policy.rules.conclusion import Conclusion, conclusions
from capa_xl.policy.rules.evidence import Evidence, some
from capa_xl.policy.rules.rule import E, I, Rule, W

GRACE = 10
"""Working days to open the follow-up of a measure found 部分有效."""


def _no_follow_up(e: Evidence) -> Iterator[Hit]:
    for it in conclusions(e):
        if it.effect not in (words.INEFFECTIVE, words.PARTLY_EFFECTIVE) or it.action.follow_ups:
            continue
        since = it.confirmed_on
        partly = it.effect == words.PARTLY_EFFECTIVE
        in_grace = partly and (since is None or e.on <= e.situation.calendar.add(since, GRACE))
        yield e.hit(it.action, "follow_ups", W if in_grace else None, v=it.effect or "")


def _target_missed(e: Evidence) -> Iterator[Hit]:
    """The direction of improvement is the one from 现值 to 目标值; without a difference there is nothing to judge."""
    for it in conclusions(e):
        action, actual = it.action, _actual(it)
        if not it.is_effective or actual is None or action.target is None or action.baseline is None:
            continue
        downwards = action.target < action.baseline
        if action.target != action.baseline and (actual > action.target if downwards else actual < action.target):
            v, target, before = f"{actual:g}", f"{action.target:g}", f"{action.baseline:g}"
            if action.actual is None and it.round is not None:
                at = it.round, "value_after", action.number
                yield e.hit_on("confirmations", *at, v=v, target=target, before=before)
            else:
                yield e.hit(action, "actual", v=v, target=target, before=before)


def _actual(it: Conclusion) -> float | None:
    if it.action.actual is not None or it.round is None:
        return it.action.actual
    return it.round.value_after


def _came_back(e: Evidence) -> Iterator[Hit]:
    linked: dict[str, list[Action]] = defaultdict(list)
    alike: dict[Key, list[Action]] = defaultdict(list)
    for action, _ in e.live:
        for number in action.previous_numbers:
            linked[number].append(action)
        if (key := recurrence_key(action)) is not None:
            alike[key].append(action)
    for it in conclusions(e):
        if not it.is_effective or it.action.completed_on is None:
            continue
        key = recurrence_key(it.action)
        later = _after(it.action, linked.get(it.action.number or "", []), endless=True)
        severity = None if later else I
        later = later or _after(it.action, alike[key] if key is not None else [], endless=False)
        if later:
            yield it.hit(e, "effect", severity, ids=some(later))


def _after(action: Action, others: list[Action], endless: bool) -> list[str]:
    """Numbers of the issues that came after completion; of those only alike, within a year of registration."""
    done = action.completed_on
    return [
        other.number or ""
        for other in others
        if other is not action
        and done is not None
        and other.registered_on is not None
        and other.registered_on > done
        and (endless or action.registered_on is None or other.registered_on <= action.registered_on + RECURS_WITHIN)
    ]


def _not_proven(e: Evidence) -> Iterator[Hit]:
    insufficient = e.figures.insufficient if e.figures is not None else {}
    for it in conclusions(e):
        if it.is_effective and (why := insufficient.get(it.action.number or "")):
            yield it.hit(e, "effect", why=why)


def _without_basis(e: Evidence) -> Iterator[Hit]:
    for it in conclusions(e):
        if it.action.severity != words.MAJOR or not it.is_effective or _actual(it) is not None:
            continue
        if it.round is None or not it.round.basis:
            yield e.hit(it.action, "actual")


EF05 = Rule(
    "EF05", "4.5.1", E, "无效而没有后续编号；部分有效而没有后续编号（十个工作日内为警告）",
    "措施{v}但无后续措施",
    "新建后续措施，并在后续编号填它的编号（或再次确认有效）",
    _no_follow_up, ("effect|confirmations:effect", "follow_ups"), also=(W,),
)  # fmt: skip
EF06 = Rule(
    "EF06", "4.5.1", W, "有效，而实际值没有达到目标值",
    "结论有效但指标未达目标：实际值 {v}，目标值 {target}（现值 {before}）",
    "改结论，或说明为什么仍算有效",
    _target_missed, ("effect|confirmations:effect", "baseline", "target"),
)  # fmt: skip
EF07 = Rule(
    "EF07", "4.5.1", W, "有效，完成后又有以它为前次编号的问题（警告），或一年内有同类问题（提示）",
    "确认有效后又发生同类问题：{ids}",
    "重新评价效果；确是重复时登记是否重复与前次编号",
    _came_back, ("effect|confirmations:effect", "completed_on", "registered_on", "previous_numbers|category"),
    also=(I,),
)  # fmt: skip
EF08 = Rule(
    "EF08", "", I, "有效，而改进前后的数据不足以证明",
    "观察数据不足以证明有效：{why}",
    "延长观察期，或补充数据",
    _not_proven, ("effect|confirmations:effect", "+figures"),
)  # fmt: skip
EF12 = Rule(
    "EF12", "4.5.1", W, "重大措施有效，而既没有实际值也没有依据",
    "重大措施有效但无依据",
    "补实际值，或在效果确认中写依据",
    _without_basis, ("severity", "effect|confirmations:effect", "actual"),
)  # fmt: skip
