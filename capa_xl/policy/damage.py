"""What is wrong with the workbook as a whole, said before everything else: deleted headings, sheets that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capa_xl.model.problem import Problem
from capa_xl.model.register import Register
from capa_xl.model.schema import ALWAYS_NEEDED, LISTS_SHEET, NO_HEADER, PEOPLE_SHEET, SETTINGS_SHEET, SHEETS

WHOLE = frozenset({"WB01", "WB02", "WB03", "WB12", "WB13"})
"""Rules about the table itself: whatever else is told stands on it."""
_EXPECTED = (PEOPLE_SHEET, SETTINGS_SHEET, LISTS_SHEET)
_MOST_TOLD = 3
_OURS = 2
"""So many sheets that only this program makes show that the workbook is one of ours."""


def damage_sentences(register: Register, problems: Iterable[Problem]) -> tuple[str, ...]:
    """First what must be put right in the table, then what sheets are gone; () for a sound workbook."""
    return (*_table_sentence([p for p in problems if p.rule in WHOLE]), *_missing_sheets(register))


def _table_sentence(found: list[Problem]) -> Iterator[str]:
    if not found:
        return
    if sum(p.rule == "WB02" for p in found) == ALWAYS_NEEDED:
        yield f"工作表《{found[0].sheet}》{NO_HEADER}"
        return
    told = "；".join(f"{p.cell or p.sheet} {p.message} → {p.fix}" for p in found[:_MOST_TOLD])
    more = f" 等 {len(found)} 处" if len(found) > _MOST_TOLD else ""
    yield f"请先改好表格本身：{told}{more}"


def _missing_sheets(register: Register) -> Iterator[str]:
    names = {name.strip() for name in register.sheet_names}
    owned = {spec.name for spec in SHEETS if spec.owned}
    gone = [name for name in _EXPECTED if name not in names]
    if gone and len(owned & names) >= _OURS:
        yield (
            f"工作表《{'》《'.join(gone)}》不见了（被删或改名），现在按默认值计算 → "
            "请改回名称，或从 .capa_xl/backups 里的备份拷回"
        )
