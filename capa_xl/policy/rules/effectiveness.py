"""EF05–EF08, EF12, EF14, EF16: what the confirmation says, and whether the facts bear it out (4.5.1)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.plain_number import plain_number, rounded_number
from capa_xl.model.problem import Hit
from capa_xl.model.records import Confirmation, Correction
from capa_xl.policy.action_state import living_follow_ups
from capa_xl.policy.corrections import fault_of_entry
from capa_xl.policy.day import precedes
from capa_xl.policy.entry_fault import EntryFault
from capa_xl.policy.indicators import (
    achieved,
    actual_counts,
    is_actual_of,
    measured,
    measures_own_indicator,
    reaches_target,
)
from capa_xl.policy.past_years import ANEW
from capa_xl.policy.rules.analysis import RECURS_WITHIN, RecurrenceKey, recurrence_key
from capa_xl.policy.rules.confirmed_action import ConfirmedAction
from capa_xl.policy.rules.message_words import some
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import DatedNumber, RuleInputs
from capa_xl.policy.rules.weights import graced

GRACE = 10
"""Working days to open the follow-up of a measure found 部分有效."""
NEXT_DAY = 1
"""The same for 无效: 下一步 asks for it as soon as the verdict stands."""


def _no_follow_up(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        if it.effect not in (words.INEFFECTIVE, words.PARTLY_EFFECTIVE):
            continue
        if _is_followed(given, it):
            continue
        since = it.confirmed_on
        partly = it.effect == words.PARTLY_EFFECTIVE
        days = GRACE if partly else NEXT_DAY
        in_grace = partly if since is None else given.on <= given.view.calendar.add(since, days)
        named = "、".join(it.action.follow_ups)
        hit = given.hit(it.action, "follow_ups", W if in_grace else None, v=it.effect or "", named=named)
        yield graced(replace(hit, on=since), in_grace)


def _is_followed(given: RuleInputs, it: ConfirmedAction) -> bool:
    """By a living row that 后续编号 names; of an archived row, which names none any more, by one that came of it."""
    if living_follow_ups(given.known.inputs, it.action):
        return True
    if given.whole is None:
        return False
    since, later = it.confirmed_on or date.min, given.issues_naming.get(it.action.number, ())
    unseen = (number for number in it.action.follow_ups if number not in given.known.by_number)
    return any(day >= since for day, _ in later) or any(map(given.may_hold, unseen))


def _follow_up_from_before(given: RuleInputs) -> Iterator[Hit]:
    """None of those named can come of what was found: over by then (E), or begun before the action was done (W)."""
    for it in given.concluded:
        if it.effect not in (words.INEFFECTIVE, words.PARTLY_EFFECTIVE):
            continue
        named = living_follow_ups(given.known.inputs, it.action)
        whys = [why for number in named if (why := _from_before(given, it, number))]
        if named and len(whys) == len(named):
            severity = E if any(is_over for is_over, _ in whys) else None
            yield given.hit(it.action, "follow_ups", severity, why="；".join(said for _, said in whys))


def _from_before(given: RuleInputs, it: ConfirmedAction, number: str) -> tuple[bool, str] | None:
    """Whether it was over before the confirmation, and the days; None for one that may have come of it."""
    follow = given.known.by_number.get(number)
    if follow is None:
        return None
    derived = given.known.derived[number]
    concluded_on = derived.conclusion.confirmed_on if derived.conclusion else None
    over_on = (concluded_on or follow.confirmed_on or follow.archived_on) if derived.is_ended else None
    if precedes(over_on, it.confirmed_on):
        return True, f"「{number}」{over_on} 已经结束，早于本项的确认 {it.confirmed_on}"
    if precedes(follow.registered_on, it.action.completed_on):
        return False, f"「{number}」{follow.registered_on} 登记，早于本项完成 {it.action.completed_on}"
    return None


def _target_missed(given: RuleInputs) -> Iterator[Hit]:
    """The direction of improvement is the one from 现值 to 目标值; without a difference there is nothing to judge."""
    for it in given.concluded:
        value = achieved(it.action, it.round)
        if it.is_effective and value is not None and reaches_target(it.action, value) is False:
            yield _missed(given, it, value)


def _missed(given: RuleInputs, it: ConfirmedAction, value: float) -> Hit:
    """In the cell that the value stands in: 实际值, or of the round what it measured."""
    action, round_ = it.action, it.round
    target, before = plain_number(action.target or 0), plain_number(action.baseline or 0)
    if round_ is None or actual_counts(action, round_):
        doubt = _doubted(action, round_) if round_ is not None else ""
        return given.hit(action, "actual", v=plain_number(value), target=target, before=before, doubt=doubt)
    key, said = "value_after", plain_number(value)
    if round_.value_after is None:
        key, said = "bad_after", rounded_number(value)
    return given.hit_on("confirmations", round_, key, action.number, v=said, target=target, before=before)


def _doubted(action: Action, round_: Confirmation) -> str:
    """Where 实际值 may not be what the round that counts came to: whose it is, or what that measured."""
    named = f"《效果确认》第 {round_.round} 轮" if round_.round else "《效果确认》这一轮"
    if not is_actual_of(action, round_):
        return f"实际值是 {action.confirmed_on} 那次确认的，在{named}填改进后值"
    own = measured(action, round_)
    if own is None or not reaches_target(action, own):
        return ""
    return f"{named}是 {rounded_number(own)}，实际值填错的改实际值"


def _judged_on_another(given: RuleInputs) -> Iterator[Hit]:
    """有效 on another indicator than the row's own: the target was never judged."""
    for it in given.concluded:
        own = it.action.indicator
        if it.is_effective and own and it.round is not None and not measures_own_indicator(it.action, it.round):
            yield given.hit_on(
                "confirmations", it.round, "indicator", it.action.number, a=it.round.indicator or "", b=own
            )


def _came_back(given: RuleInputs) -> Iterator[Hit]:
    linked, alike = given.issues_naming, _alike(given)
    for it in given.concluded:
        done, first = it.action.completed_on, it.action.registered_on
        if not it.is_effective or done is None:
            continue
        later = _between(linked[it.action.number], done, date.max) if it.action.number in linked else []
        severity = None if later else I
        if not later and (key := recurrence_key(it.action)) is not None:
            later = _between(alike[key], done, first + RECURS_WITHIN if first else date.max)
        later = [number for number in later if number != it.action.number]
        if later:
            yield given.hit_conclusion(
                it, "effect", severity, ids=some(later), unlinked="前次编号" if severity is I else ""
            )


_Dated = Sequence[DatedNumber]
_DAY_OF = itemgetter(0)


def _alike(given: RuleInputs) -> dict[RecurrenceKey, _Dated]:
    """Recurrence key → its issues by registration."""
    alike: dict[RecurrenceKey, list[DatedNumber]] = defaultdict(list)
    for action, _ in given.live_anywhere:
        if (key := recurrence_key(action)) is not None:
            alike[key].append((action.registered_on or date.min, action.number))
    return {key: sorted(issues) for key, issues in alike.items()}


def _between(issues: _Dated, done: date, last: date) -> list[str]:
    """Numbers of the issues (one at least) registered after `done`, on `last` at the latest."""
    if issues[-1][0] <= done:
        return []
    start = bisect_right(issues, done, key=_DAY_OF)
    return [number for _, number in issues[start : bisect_right(issues, last, start, key=_DAY_OF)]]


def _not_proven(given: RuleInputs) -> Iterator[Hit]:
    insufficient = given.figures.insufficient if given.figures is not None else {}
    for it in given.concluded:
        if it.is_effective and (why := insufficient.get(it.action.number)):
            yield given.hit_conclusion(it, "effect", why=why)


def _without_basis(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        if it.action.severity != words.MAJOR or not it.is_effective or achieved(it.action, it.round) is not None:
            continue
        if it.round is None or not it.round.basis:
            yield given.hit(it.action, "actual")


_WHOSE = EntryFault("编号空白", "写这一项的编号；改公司名称等参数的，写定稿报告那一项的编号，每份报告一行")
_ANOTHER_DAY = "日期写错的改正；重新做过、那几格又填过的，原内容写原来的日期和结论"
_DONE_ANEW = "日期写错的改正；重新做过的填新的实际完成日期"
_IN_GENERAL = (
    "照所说的改那一样：补填空白的格、照抄列名、更正后写格里的内容、由质量部负责人或总经理（不是本项责任人）批准、"
    "改日期，或在原内容写原来的日期和结论"
)


def _correction_void(given: RuleInputs) -> Iterator[Hit]:
    for entry in given.table("corrections").records:  # type: ignore[union-attr]
        if entry.kind and not entry.number:
            yield _void_entry(given, entry, "", _WHOSE)
    for number, entries in given.view.corrections.items():
        action, gone = given.view.by_number.get(number), _of_archived(given, number)
        for entry in entries:
            fault = gone or fault_of_entry(given.view.inputs, entry, action.owners if action else ())
            if fault:
                yield _void_entry(given, entry, number, fault)
            elif later := given.view.inputs.doubtful.get(entry.row):
                yield given.hit_on("corrections", entry, "kind", number, I, later=later, cure=_ANOTHER_DAY)
            elif torn := given.view.inputs.torn.get(entry.row):
                yield given.hit_on("corrections", entry, "on", number, torn=torn, cure=_DONE_ANEW)
            elif (
                action and not given.view.derived[number].is_ended and (held := given.view.inputs.unkept.get(entry.row))
            ):
                yield given.hit_on("corrections", entry, "before", number, I, held=held, cure=f"原内容写：{held}")


def _void_entry(given: RuleInputs, entry: Correction, number: str, fault: EntryFault) -> Hit:
    return given.hit_on("corrections", entry, fault.key, number, why=fault.why, cure=fault.cure)


def _of_archived(given: RuleInputs, number: str) -> EntryFault | None:
    """An entry can't reach a row that year-end moved away: the archive stays as it was kept."""
    year = given.archived.get(number)
    return EntryFault(f"本项已归档在「{year}」，不再改动", ANEW) if year is not None else None


EF05 = Rule(
    "EF05", "4.5.1", E, "无效而没有后续编号（下一个工作日前为警告）；部分有效而没有后续编号（十个工作日内为警告）",
    "措施「{v}」，但无后续措施⟦：后续编号「{named}」不是另一项没有取消的措施⟧",
    "新建后续措施，并在后续编号填它的编号（或再次确认有效）",
    _no_follow_up, ("effect|confirmations:effect", "follow_ups"), also=(W,),
)  # fmt: skip
EF06 = Rule(
    "EF06", "4.5.1", W, "有效，而实际值没有达到目标值",
    "结论有效但指标未达目标：实际值 {v}，目标值 {target}（现值 {before}）",
    "改结论，或说明为什么仍算有效⟦；{doubt}⟧",
    _target_missed, ("effect|confirmations:effect", "baseline", "target"),
)  # fmt: skip
EF07 = Rule(
    "EF07", "4.5.1", W, "有效，完成后又有以它为前次编号的问题（警告），或一年内有同类问题（提示）",
    "确认有效后又发生同类问题：{ids}",
    "重新评价效果⟦；确是重复时在后来那一行登记是否重复与{unlinked}⟧",
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
    "补实际值，或在《效果确认》中写依据",
    _without_basis, ("severity", "effect|confirmations:effect", "actual"),
)  # fmt: skip
EF14 = Rule(
    "EF14", "4.5.1", W, "以另一个指标确认有效，本项的效果指标没有被评价",
    "以「{a}」确认，目标是「{b}」，目标没有被评价",
    "按效果指标确认，或改效果指标",
    _judged_on_another, ("indicator", "confirmations:indicator"),
)  # fmt: skip
EF15 = Rule(
    "EF15", "4.5.1", W,
    "更正记录不生效：没有写全、项目不是列名、批准人无权批准、与表中现在的内容不一致、没有可撤销的，或本项已归档；重开的日期在完成和确认之间（可撤销的日期都在它以后，或原内容空白而日期将被改写：提示）",
    "更正记录⟦不生效：{why}⟧⟦没有撤销表中现在的日期：{later}⟧⟦的日期在完成和确认之间：{torn}⟧"
    "⟦的原内容空白，而重做时会改写：{held}⟧",
    "{cure}", _correction_void, ("corrections:kind",), also=(I,), in_general={"cure": _IN_GENERAL},
)  # fmt: skip
EF16 = Rule(
    "EF16", "", W, "后续编号填的措施在本项确认以前已经结束（错误），或在本项完成以前就已登记",
    "后续编号填的不像是据本项的结果新建的：{why}",
    "新建后续措施，在后续编号填它的编号；确由这一项接着做的，写例外说明",
    _follow_up_from_before, ("effect|confirmations:effect", "follow_ups", "confirmed_on|confirmations:confirmed_on"),
    also=(E,),
)  # fmt: skip
