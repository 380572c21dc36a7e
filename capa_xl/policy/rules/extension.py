"""DO08–DO11, DO13: changes of the due date and their records (R61)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import cut_list
from capa_xl.model.derived import Derived
from capa_xl.model.problem import Hit
from capa_xl.model.records import SIGNATURE, Extension
from capa_xl.policy.beside_the_row import blank_of_signature, half_signed
from capa_xl.policy.corrections import reopened_on
from capa_xl.policy.derive import first_moved_from
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.routes import is_agreed, is_held_to
from capa_xl.policy.rules.message_words import headers
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.weights import follows, once_ended
from capa_xl.policy.signed_verdict import as_decided
from capa_xl.policy.signing_role import is_refused_by_role

MANY = 2
_NAMED = 5
_TO_ENTER = "在《延期记录》登记并批准"
_ANSWERED = ("reason", *SIGNATURE)
"""What an extension that was asked for too late still needs."""


def _in_order(given: RuleInputs, action: Action) -> list[Extension]:
    """The action's extensions in the order they were asked for."""
    rows = given.view.extensions.get(action.number, ())
    return sorted(rows, key=lambda ext: (ext.asked_on or ext.approved_on or date.min, ext.row)) if rows else []


def _extended(given: RuleInputs) -> Iterator[tuple[Action, Derived, list[Extension]]]:
    extended = given.view.extensions
    if extended:
        for action, derived in given.live:
            if action.number in extended:
                yield action, derived, _in_order(given, action)


def _moved_without_approval(given: RuleInputs) -> Iterator[Hit]:
    led_to, extended = _approved_dates(given), given.view.extensions
    taken_over: list[Action] = []
    for action, derived in given.live:
        extensions = _in_order(given, action) if action.number in extended else []
        original = _unapproved_from(given, action, derived, extensions, led_to)
        if original is None:
            continue
        if _is_taken_over(given, action, extensions):
            taken_over.append(action)
        elif signing := _only_unsigned(given, action, extensions):
            blank = blank_of_signature(given.view.inputs, signing)
            told = {"v": str(action.due_on), "d": str(original), "missing": headers(blank)}
            yield given.hit_on("extensions", signing, blank[0], signing.number, once_ended(derived), **told)
        else:
            to = to_carry_over(given.view, action, derived)
            dates = {"v": str(action.due_on), "d": str(original)}
            back = "" if to or "延期记录" in given.lost_sheets else str(original)  # it may have been approved there
            told = {"to": str(to) if to else "", "back": back, "where": _TO_ENTER}
            if any(map(_is_over_when_asked, extensions)):
                told = {"where": "先改正《延期记录》里早于申请日期的新期限"}
            yield given.hit(action, "due_on", once_ended(derived), **dates, **told)
    if taken_over:
        rows = cut_list([action.number for action in taken_over], _NAMED)
        yield given.hit(taken_over[0], "due_on", I, n=str(len(taken_over)), rows=rows)


def _unapproved_from(
    given: RuleInputs,
    action: Action,
    derived: Derived,
    extensions: list[Extension],
    led_to: frozenset[tuple[str, date | None]],
) -> date | None:
    """The deadline that 完成期限 was moved from to a day that no approved record leads to; None where it wasn't."""
    original = action.original_due_on or first_moved_from(extensions, action.due_on)
    if original is None and _moved_since_approved(given, action, derived):
        original = given.journal.first_due.get(action.number) if given.journal is not None else None
    is_moved = action.due_on not in (None, original) and (action.number, action.due_on) not in led_to
    return original if is_moved else None


def _only_unsigned(given: RuleInputs, action: Action, extensions: list[Extension]) -> Extension | None:
    """The newest record that agrees to 完成期限 as it stands, where nothing but its signature is lacking."""
    inputs = given.view.inputs
    leading = (ext for ext in extensions if ext.new_due_on == action.due_on and not _is_over_when_asked(ext))
    return next((ext for ext in reversed(list(leading)) if half_signed(inputs, ext) == words.AGREED), None)


def _moved_since_approved(given: RuleInputs, action: Action, derived: Derived) -> bool:
    """True where the journal saw another deadline, and the one before it was held to."""
    journal = given.journal
    if journal is None or action.due_on is None or journal.first_due.get(action.number) in (None, action.due_on):
        return False
    if not is_agreed(action, derived):
        return False
    seen_on = journal.first_seen.get((action.number, action.due_on))
    return seen_on is None or is_held_to(given.view.inputs, action, derived, seen_on)


def _is_taken_over(given: RuleInputs, action: Action, extensions: list[Extension]) -> bool:
    """The deadline as it stands was set before the table was taken over; requests since then moved it no further."""
    if not extensions:
        return _moved_before_taken_over(given, action)
    return action.due_on == extensions[0].old_due_on and _begins_taken_over(given, action, extensions)


def _begins_taken_over(given: RuleInputs, action: Action, extensions: list[Extension]) -> bool:
    """The records begin with a deadline that had been moved before the table was taken over: none tells of that."""
    since, first = given.view.procedure.taken_over_on, extensions[0]
    if since is None or first.old_due_on is None or (first.asked_on or date.min) < since:
        return False
    return _moved_before_taken_over(given, replace(action, due_on=first.old_due_on))


def _moved_before_taken_over(given: RuleInputs, action: Action) -> bool:
    """The deadline stood as it does when the first run saw an adopted table: nobody here was asked (接管基线日).

    What the very first run saw has no day in the journal, it may have stood for years; before it there is no journal.
    """
    since, journal = given.view.procedure.taken_over_on, given.journal
    if since is None or action.due_on is None or (action.registered_on is not None and action.registered_on > since):
        return False
    if journal is None or not (journal.first_seen or journal.first_due):
        return True
    seen_on = journal.first_seen.get((action.number, action.due_on))
    if seen_on is None:
        return journal.first_due.get(action.number) == action.due_on
    is_dated = all(due in journal.first_seen for due in journal.first_due.items())
    return is_dated and seen_on == min(journal.first_seen.values())


def to_carry_over(view: RegisterView, action: Action, derived: Derived) -> date | None:
    """新期限 of the newest approval where 完成期限 is another day; None where there is none.

    What somebody approved who may not moves nothing, AP05 asks for another approver first; nor does a day that was
    over when it was asked for, which DO13 tells.
    """
    approved = [
        ext
        for ext in view.extensions.get(action.number, ())
        if ext.approval == words.AGREED and not is_refused_by_role(view.roster, action, derived, ext)
        if not _is_over_when_asked(ext)
    ]
    if not approved or action.due_on is None:
        return None
    newest = max(approved, key=lambda ext: (ext.approved_on or ext.asked_on or date.min, ext.row)).new_due_on
    return newest if newest != action.due_on else None


def _is_over_when_asked(ext: Extension) -> bool:
    """The new deadline lies before the day on which it was asked for: one of the two is a slip."""
    return ext.asked_on is not None and ext.new_due_on is not None and ext.new_due_on < ext.asked_on


def _approved_dates(given: RuleInputs) -> frozenset[tuple[str, date | None]]:
    """(编号, 新期限) of every approved extension, those approved after T too: a past T sees today's 完成期限."""
    table = given.view.register.extensions
    latest = given.view.as_of.latest
    decided = (as_decided(table, ext) for ext in table.records) if table is not None else ()
    return frozenset(
        (ext.number or "", ext.new_due_on)
        for ext in decided
        if ext.approval == words.AGREED and (ext.approved_on is None or ext.approved_on <= latest)
    )


def _often_extended(given: RuleInputs) -> Iterator[Hit]:
    """Of what is done nobody weighs any more whether it can be done; rework can still be."""
    for action, derived, extensions in _extended(given):
        count = sum(ext.postpones for ext in extensions)
        if count >= MANY and derived.days_left is not None:
            yield given.hit(action, "due_on", n=str(count))


def _asked_too_late(given: RuleInputs) -> Iterator[Hit]:
    """A date that was over when the action was begun anew can't be moved in time: what was asked since is no fault.

    Told why, and answered, nothing is left to be done about it: then it is only mentioned.
    """
    headers = {key: col.header for key, col in column_by_key(Extension).items()}
    for action, _, extensions in _extended(given):
        anew = reopened_on(given.view.inputs, action)
        for ext in extensions:
            if ext.asked_on is None or ext.old_due_on is None or ext.asked_on <= ext.old_due_on:
                continue
            if _is_of_another_day(given, ext, action.due_on):  # of what day it was asked nobody knows yet: DO13 asks
                continue
            if anew is None or not ext.old_due_on <= anew <= ext.asked_on:
                verdict = ext.approval or half_signed(given.view.inputs, ext)
                answered = replace(ext, approval=verdict or None)
                blank = "、".join(headers[key] for key in _ANSWERED if getattr(answered, key) is None)
                told = {"blank": blank, "by": "" if blank else ext.approver or ""}
                v, d, weight = str(ext.asked_on), str(ext.old_due_on), None if blank else I
                yield given.hit_on("extensions", ext, "asked_on", ext.number, weight, v=v, d=d, **told)


def _approval_not_carried_over(given: RuleInputs) -> Iterator[Hit]:
    """A cell with a day that nobody approved is DO08's, which names the approved one too: one fault is told once.

    Of a verdict that nobody signed the blank cell is named: till then there is no day to carry over.
    """
    led_to = _approved_dates(given)
    for action, derived, extensions in _extended(given):
        newest = to_carry_over(given.view, action, derived)
        is_other = _unapproved_from(given, action, derived, extensions, led_to) is not None
        is_other = is_other and not _is_taken_over(given, action, extensions)
        if newest and not is_other:
            yield given.hit(action, "due_on", once_ended(derived), d=str(newest), due=str(action.due_on))
        for ext in extensions:
            verdict = half_signed(given.view.inputs, ext)
            if verdict and not (is_other and ext is _only_unsigned(given, action, extensions)):
                blank = blank_of_signature(given.view.inputs, ext)
                told = {"v": verdict, "missing": headers(blank)}
                yield given.hit_on("extensions", ext, blank[0], ext.number, once_ended(derived), **told)


def _broken_chain(given: RuleInputs) -> Iterator[Hit]:
    for action, derived, extensions in _extended(given):
        before = None if _begins_taken_over(given, action, extensions) else action.original_due_on
        for ext in extensions:
            if ext.approval == words.REFUSED:
                continue
            old, new = ext.old_due_on, ext.new_due_on
            if new is None and (ext.asked_on or ext.approval):
                hit = given.hit_on("extensions", ext, "new_due_on", ext.number, once_ended(derived), what="新期限空白")
                yield follows(hit, "FD05")
            elif _is_over_when_asked(ext):
                what = f"新期限 {new} 早于申请日期 {ext.asked_on}"
                yield given.hit_on("extensions", ext, "new_due_on", ext.number, once_ended(derived), what=what)
            elif old is not None and new == old:
                what = f"新期限 {new} 就是原期限"
                yield given.hit_on("extensions", ext, "new_due_on", ext.number, what=what)
            elif old is not None and before is not None and old != before:
                what = f"原期限 {old}，前一个期限是 {before}"
                yield given.hit_on("extensions", ext, "old_due_on", ext.number, what=what)
            elif old is not None and before is None and _is_of_another_day(given, ext, action.due_on):
                what = f"原期限 {old}，完成期限是 {action.due_on}"
                yield given.hit_on("extensions", ext, "old_due_on", ext.number, what=what)
            before = new or before


def _is_of_another_day(given: RuleInputs, ext: Extension, due_on: date | None) -> bool:
    """An undecided request whose 原期限 isn't the deadline that it asks to move, and whose 新期限 nobody wrote yet."""
    is_undecided = ext.approval is None and not half_signed(given.view.inputs, ext)
    return is_undecided and due_on is not None and due_on not in (ext.old_due_on, ext.new_due_on)


DO08 = Rule(
    "DO08", "", E, "完成期限与原期限不同，而没有批准的延期记录（已结束为警告；接管以前改的合为一条提示）",
    "⟦接管以前改过期限、没有延期记录的 {n} 行：{rows}⟧"
    "⟦期限变更无批准的延期记录：原期限 {d}⟧⟦，批准的 {to}⟧⟦，现在 {v}⟧",
    "⟦这 {n} 行不用补记；以后改期先在《延期记录》申请，批准后再改期限⟧"
    "⟦把完成期限更新为 {to}；另有新期限的⟧⟦{where}⟧⟦，或恢复原期限 {back}⟧⟦补填空着的{missing}⟧",
    _moved_without_approval, ("due_on", "original_due_on|extensions:|+journal"), also=(W, I),
    in_general={"n": "些接管以前改的", "to": "批准的新期限", "where": _TO_ENTER, "back": "那一天",
                "missing": "批准人、批准日期"},
)  # fmt: skip
DO09 = Rule(
    "DO09", "", W, "没有完成的措施，批准的延期有两次以上（提前不算）",
    "已延期 {n} 次",
    "评估措施可行性：增加资源、调整措施或停止",
    _often_extended, ("due_on", "extensions:approval"),
)  # fmt: skip
DO10 = Rule(
    "DO10", "", W, "期限过后才申请延期（理由、批准三格都有的为提示；重开时期限已过、重开以后申请的不算）",
    "逾期后申请延期：申请 {v}，原期限 {d}",
    "⟦补 {blank}；理由写明为什么逾期才申请⟧⟦理由和 {by} 的结论都有了，不用再处理⟧",
    _asked_too_late, ("extensions:asked_on", "extensions:old_due_on"), also=(I,),
    in_general={"blank": "空着的理由、批准人、批准日期、批准结论", "by": "批准人"},
)  # fmt: skip
DO11 = Rule(
    "DO11", "", E, "最近批准的新期限与完成期限不同（已结束为警告；填了别的日子的由 DO08 说），或结论没有人签",
    "⟦延期已批准为 {d}⟧⟦，完成期限仍为 {due}⟧⟦延期的结论「{v}」还不算数：{missing}空白⟧",
    "⟦把完成期限更新为 {d}⟧⟦补填空着的{missing}⟧",
    _approval_not_carried_over, ("due_on", "extensions:new_due_on", "extensions:approval"), also=(W,),
    in_general={"d": "批准的新期限", "missing": "批准人、批准日期"},
)  # fmt: skip
DO13 = Rule(
    "DO13", "", E, "新期限就是原期限、早于申请日期或空白（已结束为警告），各次延期接不上，或待批的原期限不是完成期限",
    "延期记录前后不接：{what}",
    "核对原期限、新期限与申请日期；原期限是申请时的完成期限",
    _broken_chain, ("extensions:old_due_on", "extensions:new_due_on"), also=(W,),
)  # fmt: skip
