"""What the tracker says and a register should hold, too: a section whose register lacks it isn't without data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.period import Period
from capa_xl.model.review import Unregistered
from capa_xl.policy.need_answers import answers_by_need
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.review.review_number import registered_reviews


def unregistered(view: RegisterView, period: Period) -> Mapping[str, Unregistered]:
    """Field of `ReviewFacts` → the rows of the tracker that speak of its matter; without those that have none.

    A review that is yet to be held is registered: 管理评审编号 has no day of its own, and may name it beforehand.
    """
    reviews = {review.number for review in registered_reviews(view)}
    complaints, decided = complaint_actions(view, period), [a for a in view.actions if a.review_number]
    revised = [a for a in view.actions if a.needs_revision is True and _is_of(view, a, period)]
    found = {
        "complaints": _beside("问题需求登记", "本期登记、来源为顾客投诉", complaints, _in_needs(view)),
        "documents": _beside("文件修订", "在办或本期关闭、涉及文件修订", revised, lambda a: a.number in view.revisions),
        "earlier": _beside("管理评审", "写有管理评审编号", decided, lambda a: a.review_number in reviews),
    }
    return {field: rows for field, rows in found.items() if rows.count}


def complaint_actions(view: RegisterView, period: Period) -> list[Action]:
    """The actions of the period that a complaint led to, by their own 来源."""
    return [a for a in view.actions if a.source == words.COMPLAINT and period.holds(a.registered_on)]


def unregistered_complaints(view: RegisterView, period: Period) -> Iterator[Action]:
    """Those of them that answer nothing in 问题需求登记."""
    is_there = _in_needs(view)
    return (action for action in complaint_actions(view, period) if not is_there(action))


def unsourced_actions(view: RegisterView, period: Period) -> Iterator[Action]:
    """The actions of the period that don't say whether a complaint led to them, by 来源 or by a need they answer."""
    is_there = _in_needs(view)
    return (a for a in view.actions if a.source is None and period.holds(a.registered_on) and not is_there(a))


def _in_needs(view: RegisterView) -> Callable[[Action], bool]:
    known = {need.number for need in view.needs}
    answering = {n for need, numbers in answers_by_need(view).items() if need in known for n in numbers}
    return lambda action: action.number in answering


def _beside(sheet: str, what: str, rows: Iterable[Action], is_there: Callable[[Action], bool]) -> Unregistered:
    found = list(rows)
    return Unregistered(sheet, what, len(found), tuple(a.number for a in found if not is_there(a)))


def _is_of(view: RegisterView, action: Action, period: Period) -> bool:
    """Open, or closed in the period, and not registered after it."""
    derived = view.derived[action.number]
    if action.registered_on and action.registered_on > period.end:
        return False
    return not derived.is_ended or period.holds(derived.closed_on)
