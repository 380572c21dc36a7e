"""FD31: cells by which one row is found, and which several rows have."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from capa_xl.model.cut_text import cut_quote
from capa_xl.model.problem import Hit
from capa_xl.policy.doubled_rows import ONE_ROW, RENUMBER, DoubledRows, doubled_rows, setting_in_force, typed_otherwise
from capa_xl.policy.rules.rule import E, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs


def _shared(given: RuleInputs) -> Iterator[Hit]:
    """One hit at every row but the first."""
    register = given.view.register
    for rows in doubled_rows(register):
        unique = rows.unique
        why = setting_in_force(register, rows) if unique.sheet_key == "settings" else unique.effect
        facts = {"v": cut_quote(rows.value), "rows": rows.lines, "why": why}
        facts |= {"merged": rows.merged, "how": _cure(rows)}
        for record in rows.records[1:]:
            number = getattr(record, "number", None)
            hit = given.hit_on(unique.sheet_key, record, unique.keys[0], number, unique.severity, **facts)
            yield replace(hit, facts={**hit.facts, "c": rows.header})
    for sheet_key, record, earlier in typed_otherwise(register):
        facts = {"v": record.number, "other": earlier.number, "line": str(earlier.row)}
        hit = given.hit_on(sheet_key, record, "number", record.number, None, **facts)
        how = f"同一项的只留一行，不是一项的改用新的{hit.facts['c']}"
        yield replace(hit, facts={**hit.facts, "how": how})
    yield from _merged_names(given)


def _merged_names(given: RuleInputs) -> Iterator[Hit]:
    """A name merged over the box of somebody else, who is nowhere then; over his own other posts it may well be."""
    table = given.view.register.people
    if table is None or not table.anchors:
        return
    first = {table.cell(one.row, "name"): one for one in reversed(table.records)}
    for person in table.records:
        above = first[table.cell(person.row, "name")]
        if person is not above and person.email and person.email.lower() != (above.email or "").lower():
            at = table.cell(person.row, "name")
            facts = {"v": cut_quote(person.name or ""), "rows": f"第 {above.row}、{person.row} 行", "merged": at}
            facts |= {"why": "邮箱却不同，后一个人的姓名没有了", "how": f"取消单元格 {at} 的合并，各行写自己的姓名"}
            yield given.hit_on("people", person, "name", None, None, **facts)


def _cure(rows: DoubledRows) -> str:
    own = rows.header.split("、")[-1]
    return f"取消单元格 {rows.merged} 的合并，各行写自己的{own}" if rows.merged else rows.unique.fix.format(c=own)


FD31 = Rule(
    "FD31", "", W, "登记编号、分析编号、计划的版本、评审决议、步骤号、轮次、指标的一期或参数在几行重复，"
    "编号只是写法不同，或姓名合并了不同邮箱的几行",
    "{c}「{v}」⟦{rows}都有⟧⟦与第 {line} 行的「{other}」只是写法不同⟧⟦（{merged} 合并了几行）⟧⟦，{why}⟧",
    "{how}",
    _shared, also=(E,),
    in_general={"how": f"{RENUMBER.format(c='编号、版本、步骤号或轮次')}；指标的一期、参数{ONE_ROW}"},
)  # fmt: skip
