"""What waits for somebody, as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from string import ascii_uppercase

from capa_xl.model import words
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import cut_list, cut_text
from capa_xl.model.names_apart import listed_names, unit_of_actors
from capa_xl.model.schema import PEOPLE_SHEET
from capa_xl.model.todo import (
    ACTION,
    BESIDE,
    DEPARTMENT,
    KINDS,
    LATE,
    MOST_NAMES,
    STEP,
    STEP_LATE,
    UNITS,
    WAITED_TOO_LONG,
    AskedNumber,
    Todo,
    TodoItem,
    counted,
)

_LONGEST = 30
_MOST = 5
_NOT_IN_THE_OVERVIEW = frozenset({words.TO_CORRECT, *words.ENDED})


def todo_lines(todo: Todo, on: date) -> Iterator[str]:
    """One paragraph an item, worst first; the first line counts them."""
    if todo.asked is not None:
        yield _of_a_number(todo.asked)
        return
    if todo.successors:
        yield _of_a_former_name(todo)
        return
    if todo.written_in:
        yield _of_a_strange_department(todo)
        return
    if not todo.kind:
        near = todo.nearest if not todo.otherwise else ""
        hint = f"，是否指「{near}」？" if near else " → 请核对姓名或部门；新的人先登记在《人员部门》"
        yield f"《人员部门》和跟踪表中都没有「{todo.name}」{hint}"
        yield from _otherwise(todo)
        return
    yield f"{todo.name}：{_count(todo, on)}"
    if todo.deputy:
        listed = f"，以下各项也列在 {todo.deputy} 的待办里" if todo.items else ""
        yield f"{todo.name} 这一天由 {todo.deputy} 代理{listed}。"
    for items in _entries(todo):
        yield ""
        yield from _entry_lines(items, todo.name)
    if todo.elsewhere:
        yield ""
        yield from _elsewhere(todo)
    yield from _otherwise(todo)


def _of_a_number(asked: AskedNumber) -> str:
    """What to ask instead of the list of a 编号."""
    waits = f"它现在等{asked.waits_for}：{to_paste('todo', THIS_WORKBOOK, asked.waits_for)}" if asked.waits_for else ""
    past = f"它的经过：{to_paste('history', THIS_WORKBOOK, asked.number)}" if asked.has_history else ""
    cure = "；".join(filter(None, (waits, past))) or "请写姓名或部门"
    return f"「{asked.number}」是{asked.what}，待办按姓名或部门列 → {cure}"


def _of_a_former_name(todo: Todo) -> str:
    """What the department is called today, and whose list to ask for."""
    since = f"（{todo.changed_on} 起）" if todo.changed_on else ""
    lists = "；".join(to_paste("todo", THIS_WORKBOOK, name) for name in todo.successors)
    return f"「{todo.name}」按《部门沿革》现在是「{'、'.join(todo.successors)}」{since} → 它的待办：{lists}"


def _of_a_strange_department(todo: Todo) -> str:
    """Who has the rows of a department that no list has, and what is to be done first."""
    who = f"由归口部门办理，归口部门也没有的由{words.QUALITY_DEPARTMENT}办理"
    rows = f"写着它的 {len(todo.written_in)} 项（{cut_list(todo.written_in, _MOST)}）{who}"
    cure = f"先登记这个部门，或把这几项改成{f'「{todo.nearest}」（是不是它？）' if todo.nearest else '名单中的部门'}"
    see = to_paste("todo", THIS_WORKBOOK, words.QUALITY_DEPARTMENT)
    return f"《{PEOPLE_SHEET}》里没有部门「{todo.name}」，{rows} → {cure}；质量部的待办：{see}"


def _elsewhere(todo: Todo) -> Iterator[str]:
    """Their own actions that ask nothing of them today: they wait for somebody else, or for a day (观察期)."""
    theirs = [number for number, actor in todo.elsewhere if actor == todo.name]
    others = [f"{number}（{actor}）" for number, actor in todo.elsewhere if actor != todo.name]
    if others:
        yield f"{todo.name}负责的另有 {len(others)} 项在等别人：{'、'.join(others)}"
    if theirs:
        yield f"{todo.name}负责的另有 {len(theirs)} 项现在不用填，到日子再做：{'、'.join(theirs)}"


def _otherwise(todo: Todo) -> Iterator[str]:
    for writing, numbers in todo.otherwise:
        count = f"{len(numbers)} 项（{cut_list(numbers, _MOST)}）"
        yield f"写作「{writing}」的另有 {count}，没有算在内 → 是同一个人的，请把格子里改成「{todo.name}」"


def _count(todo: Todo, on: date) -> str:
    if not todo.items:
        return f"截至 {on} 没有待办。"
    kinds = Counter(item.kind for item in todo.items)
    said = "、".join(f"{kind} {kinds[kind]} {UNITS.get(kind, '项')}" for kind in KINDS if kind in kinds)
    late = "、".join(filter(None, (_late(todo, word) for word in (LATE, STEP_LATE, WAITED_TOO_LONG))))
    apart = "括号里的不是措施的环节，总览、每周汇总的实施逾期、环节超时不计。" if "（" in late else ""
    return f"截至 {on} 待办{said}" + (f"，其中{late}。{apart}" if late else "。") + _beyond_the_overview(todo)


def _late(todo: Todo, word: str) -> str:
    """超时 3 项（延期 1、需求 1）: in brackets what no count of the actions has; "" where nothing is late so."""
    late = [item for item in todo.items if item.late == word]
    kinds = [item.kind for item in late]
    beside = [f"{kind} {kinds.count(kind)}" for kind in BESIDE if kind in kinds]
    wholes = {item.number for item in todo.items if item.whole} if word == LATE else ()
    numbers = len({item.number for item in late}) if word == STEP_LATE else len(late) + len(wholes)
    count = counted(numbers, len(late) if word == STEP_LATE else 0)
    return f"{word} {count}" + (f"（{'、'.join(beside)}）" if beside else "") if numbers else ""


def _beyond_the_overview(todo: Todo) -> str:
    """Why a department finds more actions here than in its row of 总览, which counts each once; "" where it doesn't."""
    actions = [item for item in todo.items if item.kind == ACTION]
    beyond = any("、" in item.next_actor or item.status in _NOT_IN_THE_OVERVIEW for item in actions)
    return "总览里一项措施只计在一个部门，待更正、已取消的不计。" if todo.kind == DEPARTMENT and beyond else ""


def _entries(todo: Todo) -> Iterable[list[TodoItem]]:
    """Each item by itself, but the steps of one action together, where the worst of them stands."""
    found: dict[tuple[str, int], list[TodoItem]] = {}
    for at, item in enumerate(todo.items):
        found.setdefault((item.number, -1) if item.kind == STEP and item.number else ("", at), []).append(item)
    return found.values()


def _entry_lines(items: Sequence[TodoItem], name: str) -> Iterator[str]:
    """What it is about once, and what is to be done of each."""
    item = items[0]
    what = cut_text(item.description, _LONGEST + 1)
    kind = f"{item.kind} {len(items)} {UNITS[STEP]}" if len(items) > 1 else item.kind
    whole = f"本项{item.whole.phrase}，完成期限 {item.whole.due_on}" if item.whole else ""
    state = "；".join(filter(None, ("，".join(filter(None, (item.status or kind, item.overdue))), whole)))
    yield f"{item.number or '（无编号）'} {' '.join(what.split())}（{state}）"
    if item.strip:
        yield f"  {item.strip}"
    for one in items:
        yield _task_line(one, name)


def _task_line(item: TodoItem, name: str) -> str:
    actors = listed_names(item.next_actor)
    waited = cut_list(actors, MOST_NAMES, unit_of_actors(actors))
    stood_in_for = f"代{item.deputy_for}" if item.deputy_for else ""
    is_theirs = not item.next_actor or name in actors or actors == (item.deputy_for,)
    who = "，".join(filter(None, ("" if is_theirs else f"等待 {waited}", stood_in_for)))
    who = f"（{who}）" if who else ""
    due = " ".join(filter(None, (item.due_name, str(item.due_on), item.minute))) + "；" if item.due_on else ""
    return f"  {due}下一步：{item.next_step}{who}（{_place(item)}）"


def _place(item: TodoItem) -> str:
    """The cells to fill; the row alone where the step asks for another sheet's, so that nobody fills its 编号."""
    if item.kind != ACTION:
        return "!".join(filter(None, (item.sheet, "、".join(item.cells) or item.cell)))
    page = f"《{item.page}》" if item.page else ""
    return item.place(page, f"{page}第 {item.cell.lstrip(ascii_uppercase)} 行")
