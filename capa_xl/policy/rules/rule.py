"""What a rule is: words, weight, what it needs to be in force, and one generator that says where it strikes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from capa_xl.model.absent_sheets import has_sheet
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import MOST_OF_A_QUOTE, cut_inside, cut_quote, cut_text, is_prose
from capa_xl.model.problem import Hit, Severity
from capa_xl.model.schema import spec_of
from capa_xl.policy.rules.rule_inputs import RuleInputs

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - the letters of the rule table

Find = Callable[[RuleInputs], Iterator[Hit]]

_OPTIONAL = re.compile(r"⟦(.*?)⟧")
_PLACE = re.compile(r"\{(\w+)\}")
_BETWEEN_ALTERNATIVES = re.compile(r"⟧⟦(?=[^，；{])")
_CHINESE = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BLANK_INSIDE = re.compile(f"(?<={_CHINESE}) (?={_CHINESE})")
MOST_OF_A_LIST = 120
"""Characters of several values between 、 inside a sentence."""
_OUR_WORDS = frozenset({"a"})
"""The aliases of a column stand last, and who looks for one needs them all."""
_LONGER = {"err": 240, "cure": 120, "why": 240, "later": 120, "torn": 120}
"""What a server said, its cure, and why something is wrong in our own words stand as whole as a line allows."""
_INPUTS = {
    "+journal": "提醒台账和运行记录",
    "+postings": "已发过提醒的提醒台账",
    "+mail": "经邮件服务器发出的提醒，或《进展反馈》中类型为“提醒”的人工记录",
    "+snapshot": "上次运行的记录",
    "+figures": "统计结果",
    "+papers": "归档文件",
    "+steps": "《措施分解》（有内容）",
    "+cancelled": "按《参数》算取消的检查、验证结论",
    "+kept": "〔自动〕列中的公式或合并单元格",
}


class Rule(Struct, frozen=True):
    """One rule of the catalogue.

    Attributes:
        id: E.g. PL01; never reused.
        clause: Clause of YNTD-ITSS-0300, "" where the rule guards the table itself.
        severity: Its weight, unless a hit says otherwise.
        title: When it strikes, in Chinese, for the rule list.
        message: What is wrong, with `{places}` for the facts of the hit; a part in ⟦⟧ drops out with an empty fact.
        fix: What to do, likewise.
        find: Yields where it strikes.
        needs: All that must be there, else the rule is 未启用. `due_on` a column of the tracker, `steps:` a sheet in
            use, `steps:due_on` a column of it, `+journal` an input of the run; `a|b` either.
        also: Other weights its hits may carry.
        excusable: False where 例外说明 can't lower it.
        curable: It can be put right even in a row that ended before 接管基线日.
        reads: Columns of the tracker that it looks at besides those it needs.
        once_excused: What is still to do beside a signed 例外说明, with `{places}` as the fix has them; "" for nothing.
        in_general: What the catalogue, which knows no hit, says in the places of the fix: place → words.
        of_blanks: It names the blank cells of a group whose other cells are filled, whatever day stands there.
    """

    id: str
    clause: str
    severity: Severity
    title: str
    message: str
    fix: str
    find: Find
    needs: tuple[str, ...] = ()
    also: tuple[Severity, ...] = ()
    excusable: bool = True
    curable: bool = False
    reads: tuple[str, ...] = ()
    in_general: Mapping[str, str] = {}
    of_blanks: bool = False
    once_excused: str = ""

    def is_in_force(self, given: RuleInputs) -> bool:
        """True when the workbook and the run have everything the rule needs."""
        return all(any(given.has(part) for part in need.split("|")) for need in self.needs)

    @property
    def is_of_reading(self) -> bool:
        """True for the rules about the table and single fields (WB, FD), which speak of what stands in a cell."""
        return self.id.startswith(("WB", "FD"))

    @property
    def is_of_table(self) -> bool:
        """True for what is wrong with the table and its keys, whatever the age of a row."""
        return self.id.startswith("WB") or self.id in ("FD01", "FD02", "FD03")

    @property
    def columns_read(self) -> tuple[str, ...]:
        """Keys of the tracker's columns that it stands on."""
        parts = [key for need in self.needs for key in need.split("|")]
        return (*(key for key in parts if ":" not in key and key[:1] != "+"), *self.reads)

    @property
    def general_fix(self) -> str:
        """The fix as the catalogue prints it: whole, without the facts of a hit; alternatives stand side by side."""
        has_one = _OPTIONAL.sub("", self.fix)
        filled = fill(self.fix if has_one else _BETWEEN_ALTERNATIVES.sub("；⟧⟦", self.fix), self.in_general)
        return _BLANK_INSIDE.sub("", filled).strip("，；")

    @property
    def needs_words(self) -> str:
        """What it needs, in Chinese; "" when it is always in force."""
        return "；".join(map(need_words, self.needs))


def fill(template: str, facts: Mapping[str, str]) -> str:
    """The template with its places filled; optional parts stay only when every fact in them is there and not empty.

    The sentence stays whole however long the values are that it quotes: the cell has them.
    """

    def keep(part: re.Match[str]) -> str:
        words = part.group(1)
        return words if all(facts.get(name) for name in _PLACE.findall(words)) else ""

    is_long = max(map(len, facts.values()), default=0) > MOST_OF_A_QUOTE
    quoted = {name: _quoted(name, fact) for name, fact in facts.items()} if is_long else facts
    return (_OPTIONAL.sub(keep, template) if "⟦" in template else template).format_map(quoted)


def _quoted(name: str, fact: str) -> str:
    if len(fact) <= MOST_OF_A_QUOTE or name in _OUR_WORDS:
        return fact
    if name in _LONGER:
        return cut_text(fact, _LONGER[name])
    return cut_inside(fact, MOST_OF_A_LIST) if "、" in fact and not is_prose(fact) else cut_quote(fact)


def need_words(need: str, given: RuleInputs | None = None) -> str:
    """One need in Chinese: either of its parts will do; of a sheet that stands there blank its rows are wanted."""
    return "或".join(dict.fromkeys(_need_word(part, given) for part in need.split("|")))


def _is_blank(name: str, given: RuleInputs, sheet_key: str) -> bool:
    """The sheet is there, without a row."""
    table = given.table(sheet_key)
    return not table.records if table is not None else has_sheet(given.view.register, name)


def _need_word(need: str, given: RuleInputs | None) -> str:
    if need in _INPUTS:
        return _INPUTS[need]
    sheet_key, colon, key = need.rpartition(":")
    if not colon:
        return column_by_key(Action)[need].header
    spec = spec_of(sheet_key)
    if given is not None and _is_blank(spec.name, given, sheet_key):
        return f"《{spec.name}》的登记内容"
    if not key or spec.record is None:
        return f"《{spec.name}》"
    return f"《{spec.name}》{column_by_key(spec.record)[key].header}"
