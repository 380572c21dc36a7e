"""FD25, FD26, FD30: rows that leave out what everything else goes by.

Such a blank is no wrong value, so reading finds nothing: the person only drops out of every department's list, the day
is worked or not by whichever row stands last, the step belongs to no action.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.cut_text import cut_list
from capa_xl.model.problem import Hit
from capa_xl.model.records import Holiday, Person
from capa_xl.policy.keyless_rows import keyless_rows
from capa_xl.policy.rules.rule import E, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs

_MOST_NAMED = 8
_REST = "休"
_FILL_DAY, _FILL_KIND, _ONE_ROW = "填日期", "填休或班", "只留一行"


def _without_department(given: RuleInputs) -> Iterator[Hit]:
    """One hit at the first of those in office; 总经理 may stand above all departments."""
    table = given.view.register.people
    people: tuple[Person, ...] = tuple(table.records) if table else ()
    blank = [one for one in people if one.name and not one.department and _counts(given, one)]
    if blank:
        names = tuple(dict.fromkeys(one.name or "" for one in blank))
        whose = cut_list(names, _MOST_NAMED, "人")
        yield given.hit_on("people", blank[0], "department", v=whose)


def _counts(given: RuleInputs, person: Person) -> bool:
    in_office = person.active is not False and (person.valid_to is None or person.valid_to >= given.on)
    return in_office and words.GENERAL_MANAGER not in person.roles


def _unclear_days(given: RuleInputs) -> Iterator[Hit]:
    """What a row lacks, and days that two rows call different; a cell that couldn't be read has been told already."""
    table = given.view.register.holidays
    if table is None:
        return
    told = {(remark.hit.sheet, remark.hit.at) for remark in given.view.register.remarks}
    first: dict[date, Holiday] = {}
    for day in table.records:
        if merged := table.anchors.get((day.row, "on")):
            why = f"第 {day.row} 行的日期合并在 {merged} 里，按 {day.on} 计"
            yield given.hit_on("holidays", day, "on", why=why, how=f"取消单元格 {merged} 的合并，各行写自己的日期")
            continue
        key = "on" if day.on is None else "kind"
        if (day.on is None or day.kind is None) and (table.sheet, table.cell(day.row, key)) not in told:
            why = "没有日期，这一行不起作用" if day.on is None else f"{day.on} 没有写休、班，按休计"
            yield given.hit_on("holidays", day, key, why=why, how=_FILL_DAY if day.on is None else _FILL_KIND)
        earlier = first.setdefault(day.on, day) if day.on else day
        if (earlier.kind or _REST) != (kind := day.kind or _REST):
            why = f"{day.on} 在第 {earlier.row} 行写{earlier.kind or _REST}，这一行写{kind}，按后面的计"
            yield given.hit_on("holidays", day, "kind", why=why, how=_ONE_ROW)


def _without_key(given: RuleInputs) -> Iterator[Hit]:
    for row in keyless_rows(given.view.register):
        facts = {"row": str(row.record.row), "what": row.called, "why": row.effect}
        yield given.hit_on(row.sheet_key, row.record, row.key, None, W if row.is_slight else None, **facts)


FD25 = Rule(
    "FD25", "", W, "《人员部门》里在职的人没有填部门（只报一次；总经理除外）",
    "{v} 的部门空着：按部门找检查人、确认人、经理和收信人时，都找不到",
    "在《人员部门》填部门",
    _without_department, ("people:department",),
)  # fmt: skip
FD26 = Rule(
    "FD26", "", W, "《节假日》的一行没有日期或类型，日期合并了几行，或同一天又写休又写班",
    "{why}",
    "{how}",
    _unclear_days, ("holidays:on", "holidays:kind"),
    in_general={"how": f"{_FILL_DAY}，{_FILL_KIND}；同一天{_ONE_ROW}"},
)  # fmt: skip
FD30 = Rule(
    "FD30", "", E, "一行填了别的，却没有编号、姓名等大家用来找它的一格（更正记录由 EF15 说）",
    "第 {row} 行⟦（{what}）⟧没有{c}，{why}",
    "填{c}；不要的整行清空",
    _without_key, also=(W,),
    in_general={"c": "空着的编号、姓名等"},
)  # fmt: skip
