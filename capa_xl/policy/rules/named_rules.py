"""FD29: what 例外说明 names as a rule has to be one that an exception can lower, else the entry does nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from capa_xl.model.cut_text import cut_quote
from capa_xl.model.problem import Hit
from capa_xl.policy.excuses import named_rules
from capa_xl.policy.rules.rule import Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs

_CODE = re.compile(r"([A-Z]{1,2})0*(\d{1,2})")
_OF_THE_SELF_CHECK = "R"


def _unknown_rules(given: RuleInputs) -> Iterator[Hit]:
    table = given.view.register.excuses
    for entry in table.records if table is not None else ():
        faults = [why for name in named_rules(entry) if name and (why := _fault(name, given.lowered))]
        if faults:
            yield given.hit_on("excuses", entry, "rule", entry.number, why="；".join(dict.fromkeys(faults)))


def _fault(name: str, lowered: Mapping[str, bool]) -> str:
    if name in lowered:
        return "" if lowered[name] else f"规则 {name} 不能用例外说明降低"
    code = _CODE.fullmatch(unicodedata.normalize("NFKC", name))
    if code and code[1] == _OF_THE_SELF_CHECK:
        return f"「{cut_quote(name)}」是自查表的条目，不是规则"
    meant = f"{code[1]}{int(code[2]):02}" if code else ""
    return f"没有规则「{cut_quote(name)}」" + (f"（是不是 {meant}？）" if meant in lowered else "")


FD29 = Rule(
    "FD29", "", W, "《例外说明》的规则不是规则编号，或是不能用例外说明的规则",
    "例外说明不起作用：{why}",
    "写 check 每条末尾括号里的规则编号，例如 AP06；全部规则见 capa-xl rules",
    _unknown_rules, ("excuses:rule",),
)  # fmt: skip
