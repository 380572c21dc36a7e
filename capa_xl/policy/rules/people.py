"""FD08–FD10, FD13, FD16, FD17, FD22, FD23: people and departments against the roster, because letters go by it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache, partial
from typing import Any

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Column, Kind, columns_of
from capa_xl.model.cut_text import cut_quote
from capa_xl.model.meant_word import like_person, meant_department
from capa_xl.model.names_apart import listed_names
from capa_xl.model.problem import Hit, Severity
from capa_xl.model.records import Step
from capa_xl.model.schema import CHILDREN_OF_ACTIONS, record_class_of
from capa_xl.policy.reminders.recipients import manager_names
from capa_xl.policy.reorganisation import renamed_departments, strange_successors
from capa_xl.policy.roster import deputies_of
from capa_xl.policy.rules.reading import remarks
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs, distinct

_COMPARED = 500
"""With more names than that only those within a wrong one are looked for."""
_PEOPLE = frozenset({Kind.PERSON, Kind.PEOPLE})
_DEPARTMENTS = frozenset({Kind.DEPARTMENT, Kind.DEPARTMENTS})
_HEADS = ("副经理", "经理", "负责人", "主管", "主任", "部长", "总监", "组长", "班长", "站长")
_ENROL = "在《人员部门》中登记"
_OTHERS = ("needs", "decisions", "plans", "measurements", "observations", "analyses")


@cache
def _columns(record_class: type, kinds: frozenset[Kind]) -> tuple[Column, ...]:
    return tuple(c for c in columns_of(record_class) if c.kind in kinds)


def _strangers(given: RuleInputs) -> Iterator[Hit]:
    known = frozenset(p.name for p in given.view.register.people.records if p.name)  # type: ignore[union-attr]
    yield from _unknown(given, _PEOPLE, known)
    yield from _unknown_deputies(given, known)


def _unknown_deputies(given: RuleInputs, known: frozenset[str]) -> Iterator[Hit]:
    """E while somebody is away or gone and the deputy is needed, else I."""
    for person in given.view.register.people.records:  # type: ignore[union-attr]
        if strange := [name for name in deputies_of(person) if name not in known]:
            needed = given.view.roster.deputy(person.name or "", given.on) is not None
            yield given.hit_on("people", person, "deputy", "", None if needed else I, **_unlisted("、".join(strange)))


def _strange_departments(given: RuleInputs) -> Iterator[Hit]:
    yield from _unknown(given, _DEPARTMENTS, frozenset(given.view.roster.departments))
    strange, table = strange_successors(given.view), given.table("successions")
    for row in table.records if table is not None and strange else ():
        for name in _listed(row.new or "", _DEPARTMENTS):
            if name in strange:
                yield given.hit_on("successions", row, "new", "", v=name, s=strange[name])


def _unknown(given: RuleInputs, kinds: frozenset[Kind], known: frozenset[str]) -> Iterator[Hit]:
    """Names the roster doesn't have: E on open and quarantined rows, I on ended ones (nobody has to act there)."""
    rows: list[tuple[Action, Severity | None]] = [(a, I if d.is_ended else None) for a, d in given.filled.pairs]
    rows += [(q.record, None) for q in given.view.register.quarantined]
    actions = [action for action, _ in rows]
    columns = [c.key for c in _columns(Action, kinds) if c.key in given.tracker.columns]
    strange = [(key, unknown) for key in columns if (unknown := _unknown_values(actions, key, known))]
    facts_of = cache(partial(_stranger, given, kinds=kinds, known=known))  # one strange name stands in many rows
    for action, severity in rows if strange else ():
        for key, unknown in strange:
            if (value := getattr(action, _field(key))) in unknown:
                yield given.hit(action, key, severity, **facts_of(value, is_over=severity is I))
    for sheet_key in (*CHILDREN_OF_ACTIONS, *_OTHERS):
        yield from _unknown_on(given, sheet_key, kinds, known)


def _unknown_values(actions: list[Action], key: str, known: frozenset[str]) -> frozenset[Any]:
    """The values of a column, one name or several, that have a name the roster doesn't have."""
    return frozenset(value for value in distinct(actions, _field(key)) if _missing(value, known))


def _field(key: str) -> str:
    """Where a column's name or names stand; 责任部门 with all the departments it names."""
    return "departments" if key == "responsible_department" else key


def _unknown_on(given: RuleInputs, sheet_key: str, kinds: frozenset[Kind], known: frozenset[str]) -> Iterator[Hit]:
    table = given.table(sheet_key)
    if table is None:
        return
    columns = [c for c in _columns(record_class_of(sheet_key), kinds) if c.key in table.columns]
    for record in table.records:
        for col in columns:
            value = getattr(record, col.key)
            names = value if isinstance(value, tuple) else _listed(value, kinds) if value else ()
            if not known.issuperset(names):
                severity = None if _waits(given, sheet_key, record) else I
                number = getattr(record, "number", None)
                facts = _stranger(given, names, kinds, known)
                yield given.hit_on(sheet_key, record, col.key, number, severity, **facts)


def _listed(text: str, kinds: frozenset[Kind]) -> tuple[str, ...]:
    """The departments of a cell, 、 between them; a person's cell names one."""
    return listed_names(text) if Kind.DEPARTMENT in kinds else (text,)


def _waits(given: RuleInputs, sheet_key: str, record: Any) -> bool:
    """Whether somebody still has to act on a row of another sheet."""
    if sheet_key in CHILDREN_OF_ACTIONS:
        derived = given.view.derived.get(record.number)
        return derived is not None and not derived.is_ended
    return sheet_key == "needs" and record.evaluation is None


def _stranger(
    given: RuleInputs,
    value: str | tuple[str, ...],
    kinds: frozenset[Kind],
    known: frozenset[str],
    *,
    is_over: bool = False,
) -> dict[str, str]:
    """What is wrong: several names where one may stand, whether or not the roster has each, else a stranger.

    Args:
        is_over: The row ended: nobody has to act on it.
    """
    name = _missing(value, known)
    if kinds == _PEOPLE and (several := _crowd(value, known)):
        one = several.replace("、", "或")
        return {"v": several, "n": str(len(several.split("、"))), "one": one, "enrol": f"不在名单的，{_ENROL}"}
    near = _nearest(name, kinds, known)
    like = "" if near or kinds != _PEOPLE or len(known) > _COMPARED else like_person(name, known)
    found = _unlisted(name) | {"s": near, "like": like, "what": _taken_for(given, name, kinds)}
    if found["what"]:
        return found | {"enrol": "", "over": "已结束的可以不改" if is_over else ""}
    return found | {"enrol": _ENROL, "over": "已结束的可以不改"} if is_over else found


def _unlisted(name: str) -> dict[str, str]:
    return {"v": name, "enrol": f"{_ENROL}「{name}」", "out": "不在人员名单"}


def _crowd(value: str | tuple[str, ...], known: frozenset[str]) -> str:
    """The names, 、 between them, of a cell that takes one; "" where it has one, or is a list of single names."""
    names = (value,) if isinstance(value, str) else value
    return next((name for name in names if "、" in name and name not in known), "")


def _taken_for(given: RuleInputs, name: str, kinds: frozenset[Kind]) -> str:
    """What the name is on the roster, where somebody filled the wrong one of two cells; or that it is a post."""
    if name in given.view.roster.departments:
        return "这是部门，不是人"
    if given.view.roster.exists(name):
        return "这是人，不是部门"
    return "这是职务，不是人" if kinds == _PEOPLE and _is_post(given, name) else ""


def _is_post(given: RuleInputs, name: str) -> bool:
    """经理, 部门经理, 网络部经理: a word for who heads a department, alone or behind the name of one."""
    if name in words.ROLES:
        return True
    heads = (name.removesuffix(post) for post in _HEADS if name.endswith(post))
    return any(not rest or rest in given.view.roster.departments for rest in heads)


@lru_cache(maxsize=4096)
def _nearest(name: str, kinds: frozenset[Kind], known: frozenset[str]) -> str:
    """The name on the list that was probably meant: what stands within it (with a phone or a blank), else a department.

    Where several stand within it (样例工（协助：样例网）) nobody knows which is meant. Of people only that:
    two names that differ by a character may be two people, so of them it is only asked.
    """
    whole = "".join(name.replace("、", "").split())
    within = [one for one in known if one and one in whole]
    apart = [one for one in within if not any(one in other for other in within if other != one)]
    if apart:
        return apart[0] if len(apart) == 1 else ""
    return "" if kinds == _PEOPLE or len(known) > _COMPARED else meant_department(name, known)


def _missing(value: str | tuple[str, ...], known: frozenset[str]) -> str:
    names = (value,) if isinstance(value, str) else value
    return "、".join(name for name in names if name not in known)


def _guessed_names(given: RuleInputs) -> Iterator[Hit]:
    """W while somebody has to act there, else I."""
    for hit in remarks(given, "FD23"):
        derived = given.view.derived.get(hit.number or "")
        yield replace(hit, severity=I) if derived is not None and derived.is_ended else hit


def _left_without_deputy(given: RuleInputs) -> Iterator[Hit]:
    roster = given.view.roster
    gone = {
        name
        for action, _ in given.open
        for name in action.owners
        if roster.exists(name) and not roster.active(name) and not roster.stand_in(name, given.on)
    }
    for action, _ in given.open:
        if not gone.isdisjoint(action.owners):
            yield given.hit(action, "owners", v="、".join(name for name in action.owners if name in gone))


def _unreachable(given: RuleInputs) -> Iterator[Hit]:
    roster = given.view.roster
    rows = [*(a for a, _ in given.open), *(q.record for q in given.view.register.quarantined)]
    names = {name for action in rows for name in action.owners if roster.exists(name)}
    silent = {name: _address_at_fault(given, name) for name in names if not roster.address(name)}
    for action in rows:
        if not silent.keys().isdisjoint(action.owners):
            told = [name for name in action.owners if name in silent]
            why = "；".join(filter(None, (silent[name] for name in told)))
            yield given.hit(action, "owners", v="、".join(told), why=why, how="改正" if why else "填写")
    yield from _wrong_addresses(given, frozenset(silent))


def _wrong_addresses(given: RuleInputs, told: frozenset[str]) -> Iterator[Hit]:
    """What stands for an address of the others in force and is none: letters of their post go to them too."""
    table, roster = given.view.register.people, given.view.roster
    for person in table.records if table else ():
        name = person.name or ""
        if name and name not in told and person.email and roster.active(name) and not roster.address(name):
            yield given.hit_on("people", person, "email", v=name, why=_address_at_fault(given, name), how="改正")


def _address_at_fault(given: RuleInputs, name: str) -> str:
    """The cell that was meant for the address and has none that can be used; "" where it is blank."""
    table = given.view.register.people
    written = next((one for one in given.view.roster.rows(name) if one.email), None)
    if table is None or written is None:
        return ""
    return f"{table.sheet}!{table.cell(written.row, 'email')} 的「{cut_quote(written.email or '')}」不是一个邮箱地址"


def _owner_elsewhere(given: RuleInputs) -> Iterator[Hit]:
    roster, on = given.view.roster, given.on
    for action, _ in given.open:
        if action.owners and roster.is_elsewhere(main := action.owners[0], action.departments, on):
            dept = "、".join(action.departments)
            yield given.hit(action, "owners", v=main, dept=dept, own=roster.department_of(main, on) or "")


def _headless_departments(given: RuleInputs) -> Iterator[Hit]:
    """One hit a department, at its first open row."""
    roster = given.view.roster
    known, told = frozenset(roster.departments), set[str]()
    for action, _ in given.open:
        for dept in action.departments:
            if dept in known and dept not in told:
                told.add(dept)
                if roster.head_of(dept, given.on) is None:
                    yield given.hit(action, "responsible_department", dept=dept, what=_who_gets_it(given, dept))


def _who_gets_it(given: RuleInputs, dept: str) -> str:
    """What becomes of the letters that are its manager's (`manager_names`)."""
    (name,) = manager_names(given.view, dept)
    return "无法送达" if name == dept else f"由质量部负责人 {name} 代收"


def _former_departments(given: RuleInputs) -> Iterator[Hit]:
    """One hit a former name, at the first open row that still goes by it; how many there are stands in it.

    At the first step that isn't done where steps alone do.
    """
    lineage = given.view.roster.lineage
    rows: dict[str, list[Action]] = {}
    steps: dict[str, list[Step]] = {}
    for action, _ in given.open if lineage.former else ():
        for name in renamed_departments(given.view, action):
            rows.setdefault(name, []).append(action)
        for step in given.view.steps.get(action.number, ()):
            if step.done_on is None and step.department and not lineage.lives_on(step.department, given.on):
                steps.setdefault(step.department, []).append(step)
    for name in (*rows, *(name for name in steps if name not in rows)):
        new, day = "、".join(lineage.successors(name, given.on)), str(lineage.goes_by_since(name, given.on) or "")
        if name in rows:
            key = "responsible_department" if name in rows[name][0].departments else "owning_department"
            yield given.hit(rows[name][0], key, v=name, new=new, d=day, n=str(len(rows[name])))
        else:
            yield given.hit_on("steps", steps[name][0], "department", v=name, new=new, d=day, k=str(len(steps[name])))


FD08 = Rule(
    "FD08", "", E, "人员不在《人员部门》中，或只写一个人的格子里写了几个（已结束的行为提示）",
    "{c}「{v}」⟦写了 {n} 个人，这一格只写一个人⟧⟦{out}⟧⟦（{what}）⟧",
    "⟦只留一个（{one}）；⟧⟦{enrol}，或⟧改成名单中的姓名⟦（是不是「{s}」？）⟧⟦（是不是「{like}」？）⟧⟦；{over}⟧",
    _strangers, ("people:name",), also=(I,),
)  # fmt: skip
FD09 = Rule(
    "FD09", "", W, "未结束的行的责任人已离职，且没有代理人",
    "「{v}」已离职或停用，无代理人",
    "更换责任人，或在《人员部门》中填代理人",
    _left_without_deputy, ("owners", "people:active"),
)  # fmt: skip
FD10 = Rule(
    "FD10", "4.4.6", W, "未结束的行的责任人没有可用的邮箱，或在职的人的邮箱不是邮箱地址",
    "「{v}」没有有效邮箱，无法提醒⟦：{why}⟧",
    "在《人员部门》中{how}邮箱，每人只写一个",
    _unreachable, ("owners", "people:email"),
    in_general={"how": "填写或改正"},
)  # fmt: skip
FD13 = Rule(
    "FD13", "", E, "部门不在《人员部门》中（已结束的行为提示）",
    "部门「{v}」不存在（{c}⟦，{what}⟧）",
    "在《人员部门》中登记或改名⟦（是不是「{s}」？）⟧",
    _strange_departments, ("people:department",), also=(I,),
)  # fmt: skip
FD16 = Rule(
    "FD16", "4.4.6", W, "第一责任人不属于责任部门",
    "「{v}」不属于「{dept}」⟦（属于「{own}」）⟧，提醒会发给别的经理",
    "核对责任人与责任部门",
    _owner_elsewhere, ("owners", "responsible_department", "people:department"),
)  # fmt: skip
FD17 = Rule(
    "FD17", "4.4.6", E, "有未结束的行的部门既没有部门经理，也没有归口部门负责人",
    "「{dept}」没有经理，给经理的信{what}",
    f"在《人员部门》登记「{{dept}}」的{words.DEPARTMENT_MANAGER}或{words.PROCESS_HEAD}",
    _headless_departments, ("responsible_department", "people:department"),
    in_general={"dept": "部门名称"},
)  # fmt: skip
FD22 = Rule(
    "FD22", "", W, "未结束的行还用着《部门沿革》里的旧部门名",
    "「{v}」⟦自 {d} 起⟧已是「{new}」⟦，还有 {n} 项在办措施用旧名⟧⟦，还有 {k} 个没有完成的步骤用旧名⟧",
    "运行 capa-xl reorganise 本工作簿，先预览，再加 --apply 改名",
    _former_departments, ("responsible_department|owning_department", "successions:old"),
)  # fmt: skip
FD23 = Rule(
    "FD23", "", W, "一格里像是写了几个人，用的是 &、+、and、和、与、或；或写的是同上、待定",
    "{c}「{v}」{n}",
    "几个人用“、”隔开；本来就是一个名字的，写进《人员部门》；写着“同上”“待定”的，写明姓名",
    _guessed_names, also=(I,),
)  # fmt: skip
