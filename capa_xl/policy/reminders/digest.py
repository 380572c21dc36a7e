"""Q1, the quality department's Monday digest: silent when there is nothing to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.cut_text import cut_clauses, cut_list
from capa_xl.model.derived import Derived
from capa_xl.model.journal import UNKNOWN, Posting
from capa_xl.model.letter import JournalKey, iso_week
from capa_xl.model.milestones import Q1, milestone_name
from capa_xl.model.names_apart import listed_names, unit_of_actors
from capa_xl.model.pages import line_of
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.todo import MOST_NAMES, STEP, STEP_LATE
from capa_xl.model.weekly import (
    DUE_SOON,
    LATE_DOING,
    LATE_WAITING,
    TO_PLAN_ANEW,
    WeeklyDigest,
    WeeklyLine,
    WeeklyList,
)
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.beside_the_row import side_tasks
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.posted import is_due_no_more, is_of_former_address, newest_of_matters
from capa_xl.policy.reminders.reach import cure_of
from capa_xl.policy.reminders.rows_told_once import rows_told_once
from capa_xl.policy.routes import refused_on
from capa_xl.policy.tally import tally_of
from capa_xl.policy.waiting_items import lateness_in_full

MOST_LINES = 20
TITLE_LENGTH = 30
"""Characters of the problem in every line."""
UNREACHED = "无法送达"
_FAILED = "LG02"
_OVER = f"不再发 → 请核对邮箱或服务器，并在《例外说明》写明（{_FAILED}）"
_ENDS = "。．；：，、. "


def weekly_digest(
    view: RegisterView,
    problems: Iterable[Problem],
    silent: Iterable[tuple[str, str]],
    troubled: Iterable[Posting],
    *,
    again: Collection[JournalKey] = (),
    alone: bool = True,
) -> WeeklyDigest:
    """Overdue, to plan anew, due within a month, errors, quarantined rows, unreachable people, failed and unknown mail.

    Args:
        silent: (name, why) of those whom no letter reaches.
        again: Reminders that go out with this very run: of an earlier failure among them the outcome isn't known yet.
        alone: They are worth a letter of their own: a reminder was for one of them. Else they go with other news.
    """
    titles, problems = _titles(view), tuple(problems)
    settled = {p.number for p in problems if p.rule == _FAILED and p.excused}
    troubled = tuple(troubled)
    newest = newest_of_matters(one for one in troubled if one.result != UNKNOWN)
    standing = (one for one in troubled if one.result == UNKNOWN or one.key in newest)
    asked = (one for one in standing if not (one.key.number in settled and is_due_no_more(one, view)))
    of_rows = (
        _list(LATE_DOING, _late(view, ("Y1",))),
        _late_steps(view),
        _list(LATE_WAITING, _late(view, words.WAITING_LATE)),
        _list(TO_PLAN_ANEW, _to_plan_anew(view)),
        _list(DUE_SOON, _soon(view)),
        _list("数据错误", _errors(problems)),
        _list("待更正的行", _quarantined(view)),
    )
    of_letters = (
        _list(UNREACHED, [WeeklyLine("", "", f"{name}：{why} → {cure_of((why,))}") for name, why in silent]),
        _list("邮件失败或结果不明", [_mail(view, one, again) for one in asked if _asks(view, one, again)]),
    )
    lists = (*rows_told_once(of_rows, titles.keys(), MOST_LINES), *rows_told_once(of_letters, (), MOST_LINES))
    said = tuple(_titled(part, titles) for part in lists if part.count)
    if not alone and all(part.heading == UNREACHED for part in said):
        said = ()
    return WeeklyDigest(said, tally_of(view))


def digest_reminders(view: RegisterView, digest: WeeklyDigest) -> Iterator[DueReminder]:
    """The reminder of this week's Monday, from its first working day on; none when the digest is empty."""
    monday = view.on - timedelta(days=view.on.weekday())
    planned_on = view.calendar.forward(monday)
    if not digest.lists or planned_on > view.on:
        return
    roster, on = view.roster, view.on
    yield DueReminder(
        number="",
        milestone=Q1,
        due_version="",
        occurrence=iso_week(monday),
        planned_on=planned_on,
        due_on=None,
        acting=tuple(name for name in roster.quality_posts(on) if roster.active(name) or roster.stand_in(name, on)),
        what=f"每周汇总：{digest.summary}",
    )


def _titles(view: RegisterView) -> Mapping[str, str]:
    """编号 → the first words of its 问题描述; without those that stand in several rows, which say different things."""
    rows = (*view.actions, *(row.record for row in view.register.quarantined))
    counted = Counter(row.number for row in rows)
    return {row.number: _title(row) for row in rows if row.number and counted[row.number] == 1}


def _title(row: Action) -> str:
    """The first words of its 问题描述, without the full stop that would stand before our colon."""
    text = " ".join((row.description or row.measure or "").split()).rstrip(_ENDS)
    return cut_clauses(text, TITLE_LENGTH + 1).rstrip(_ENDS)


def _titled(part: WeeklyList, titles: Mapping[str, str]) -> WeeklyList:
    lines = (replace(line, title=line.title or titles.get(line.number, "")) for line in part.lines)
    return replace(part, lines=tuple(lines))


def _list(heading: str, lines: Iterable[WeeklyLine]) -> WeeklyList:
    every = tuple(lines)
    return WeeklyList(heading, len(every), every)


def _late(view: RegisterView, codes: Collection[str]) -> Iterator[WeeklyLine]:
    """Actions whose worst lateness is one of these, the longest first."""
    found = [one for one in view.derived.values() if one.overdue and one.overdue[0] in codes]
    return (_line(view, one) for one in sorted(found, key=lambda one: (-one.days_overdue, one.row)))


def _late_steps(view: RegisterView) -> WeeklyList:
    """Actions that have a step past its own 计划完成, the longest first: each one line, whatever its own 完成期限."""
    found, count = [], 0
    for number in view.inputs.steps:
        if derived := view.derived.get(number):
            tasks = side_tasks(action_state_of(view.inputs, view.by_number[number]), derived.status)
            late = [one for one in tasks if one.kind == STEP and one.due_on is not None and one.due_on < view.on]
            if late:
                days = max((view.on - (one.due_on or view.on)).days for one in late)
                steps = "、".join(one.record.called for one in late)
                who = tuple(dict.fromkeys(name for one in late for name in one.actors))
                count += len(late)
                longest = f"{STEP_LATE}最长" if len(late) > 1 else STEP_LATE
                said = f"步骤 {steps}：{longest} {days} 天，等 {_named(who)}"
                own = view.by_number[number].responsible_department
                homes = dict.fromkeys(home for one in late if (home := one.home or own))
                shown = _department_beside(view, "、".join(homes), tuple(homes), who)
                is_apart = {*who} != {*listed_names(derived.next_actor)}
                line = replace(_line(view, derived), words=said, department=shown, is_apart=is_apart)
                found.append((days, derived.row, line))
    found.sort(key=lambda one: (-one[0], one[1]))
    return replace(_list(STEP_LATE, (line for *_, line in found)), steps=count)


def _to_plan_anew(view: RegisterView) -> Iterator[WeeklyLine]:
    """Actions that were refused or didn't work, in sheet order, from the day of that verdict, late or not."""
    for action, one in view.pairs:
        if one.status == words.SENT_BACK:
            on, verdict = refused_on(view.inputs, action), words.REFUSED
        elif one.status == words.NOT_EFFECTIVE and one.conclusion is not None:
            on, verdict = one.conclusion.confirmed_on, one.conclusion.effect
        else:
            continue
        said = f"{one.status}（{f'{on} ' if on else ''}{verdict}）"
        yield replace(_line(view, one), words=f"{said}{_waiting_for(one)}")


def _soon(view: RegisterView) -> Iterator[WeeklyLine]:
    """Actions due within a month, the nearest first."""
    found = [one for one in view.derived.values() if "Y0" in one.overdue]
    return (_line(view, one) for one in sorted(found, key=lambda one: (one.days_left or 0, one.row)))


def _line(view: RegisterView, derived: Derived) -> WeeklyLine:
    place = f"{view.register.tracker.sheet_of(derived.row)}!{view.at(derived.row, 'number')}"
    action = view.by_number[derived.number]
    department = action.responsible_department or ""
    late = lateness_in_full(action_state_of(view.inputs, action), derived)
    shown = _department_beside(view, department, action.departments, listed_names(derived.next_actor))
    return WeeklyLine(derived.number, place, f"{late}{_waiting_for(derived)}", shown)


def _department_beside(view: RegisterView, told: str, departments: Sequence[str], names: Sequence[str]) -> str:
    """The department behind those whom a line waits for; called 责任部门 where one of them stands in another."""
    if told in ("", "、".join(names)):
        return ""
    elsewhere = any(view.roster.is_elsewhere(name, departments, view.on) for name in names)
    return f"责任部门 {told}" if elsewhere else told


def _waiting_for(derived: Derived) -> str:
    return f"，等 {_named(listed_names(derived.next_actor))}" if derived.next_actor else ""


def _named(names: Sequence[str]) -> str:
    """As the todo names whom it waits for."""
    return cut_list(names, MOST_NAMES, unit_of_actors(names))


def _errors(problems: Iterable[Problem]) -> Iterator[WeeklyLine]:
    for p in problems:
        if p.severity is Severity.ERROR:
            yield WeeklyLine(p.number, f"{p.sheet}!{p.cell}" if p.cell else p.sheet, f"{p.message} → {p.fix}")


def _quarantined(view: RegisterView) -> Iterator[WeeklyLine]:
    tracker = view.register.tracker
    for row in view.register.quarantined:
        cells = "、".join(row.cells) or f"第 {line_of(row.row)} 行"
        place = f"{tracker.sheet_of(row.row)}!{cells}"
        yield WeeklyLine(row.number, place, "整行不计入，请更正", title=_title(row.record))


def _asks(view: RegisterView, posting: Posting, again: Collection[JournalKey]) -> bool:
    """Nobody is asked about an address that was put right since: what is still due goes to the new one by itself."""
    addresses = (one.email or "" for one in view.roster.rows(posting.key.recipient))
    return posting.key in again or not is_of_former_address(posting, addresses)


def _mail(view: RegisterView, posting: Posting, again: Collection[JournalKey]) -> WeeklyLine:
    fate, error = "结果不明" if posting.result == UNKNOWN else "发送失败", posting.error
    if posting.result != UNKNOWN and is_due_no_more(posting, view):
        error = f"{error.split('→')[0].rstrip()}，{_OVER}".lstrip("，")
    elif posting.key in again:
        fate, error = f"上次{fate}", f"{error.split('→')[0].rstrip()}，这次再发，结果见《提醒台账》".lstrip("，")
    words_ = f"{posting.key.recipient}：{milestone_name(posting.key.milestone)} {fate} {error}".strip()
    return WeeklyLine(posting.key.number, "", words_)
