"""What is wrong with the workbook as a whole, said before everything else: deleted headings, sheets that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capa_xl.model.absent_sheets import adding
from capa_xl.model.command_line import THIS_WORKBOOK, to_adopt, to_paste
from capa_xl.model.cut_text import cut_list
from capa_xl.model.kept_sheets import EMPTIED, emptied_sheets, how_gone, lost_ground, lost_sheets, lost_written
from capa_xl.model.lost_columns import lost_columns
from capa_xl.model.problem import Problem
from capa_xl.model.register import Register
from capa_xl.model.schema import ALIASES, LISTS_SHEET, NO_HEADER, NO_HEADER_FIX, PEOPLE_SHEET, SETTINGS_SHEET, SHEETS
from capa_xl.policy.renamed_auto import renamed_auto_columns
from capa_xl.policy.root_causes import UNREADABLE

WHOLE = frozenset({"WB01", "WB02", "WB03", "WB12", "WB13"})
"""Rules about the table itself: whatever else is told stands on it."""
_EXPECTED = (PEOPLE_SHEET, SETTINGS_SHEET, LISTS_SHEET)
_MOST_TOLD = 3
_ALSO_KNOWN_AS = ALIASES.partition("{")[0]
_MOST_NUMBERS = 30
_OURS = 2
"""So many sheets that only this program makes show that the workbook is one of ours."""


RESTORE_SHEET = "请改回名称，或从 .capa_xl/backups 里的备份复制回来"
"""What to do about a sheet that is gone."""


def restore_columns(register: Register) -> str:
    """What to do about a column that is gone."""
    adopt = to_adopt(THIS_WORKBOOK, is_adopted=register.settings is not None)
    return f"误改、误删的请恢复列名和内容；有意改名的运行 {adopt}，说明新列名对应哪一列"


def damage_sentences(
    register: Register,
    problems: Iterable[Problem],
    known_columns: frozenset[str] = frozenset(),
    *,
    is_listed: bool = False,
) -> tuple[str, ...]:
    """First what must be put right in the table, then what columns, rows, sheets and archives are gone; or ().

    Args:
        known_columns: Keys of the tracker's columns, and of sheets with rows, that earlier runs saw.
        is_listed: The problems stand below, each with what to do about it.
    """
    problems = tuple(problems)
    vanished = [p for p in problems if p.rule == "WB04"]
    gone = [p.number for p in vanished if p.row is None]
    typed = () if is_listed else (f"{p.message} → {p.fix}" for p in vanished if p.row is not None)
    whole = [p for p in problems if p.rule in WHOLE]
    lost = () if any(p.rule in UNREADABLE for p in whole) else _lost_columns(register, known_columns)
    archives = (f"{p.message} → {p.fix}" for p in problems if p.rule == "WB15")
    return (
        *_table_sentence(whole, is_listed=is_listed),
        *lost,
        *_renamed_auto_columns(register),
        *archives,
        *typed,
        *_vanished_sentence(gone),
        *_missing_sheets(register, known_columns),
        *lost_sheets_sentences(register, known_columns),
    )


def _lost_columns(register: Register, known: frozenset[str]) -> Iterator[str]:
    """A heading renamed or deleted switches off what is judged by its column: statuses change, rules fall silent."""
    lost, now = lost_columns(register, known), unknown_headings(register)
    for headers, stopped in ((lost.judged, "靠它判断的都停了"), (lost.others, "没有规则靠它判断，只是不再印出")):
        if headers:
            named = cut_list(headers, _MOST_TOLD, "个")
            yield f"上次检查时有的列 {named} 现在没有了{now}，{stopped} → {restore_columns(register)}"


def _renamed_auto_columns(register: Register) -> Iterator[str]:
    """A 〔自动〕 heading without its mark is read as a column of people's own, which we neither write nor trust."""
    for name, header in renamed_auto_columns(register):
        yield (
            f"列「{name}」像是「{header}」改了名，工具不再更新它 → "
            f"把列名改回「{header}」，再运行 {to_paste('refresh', THIS_WORKBOOK)}；确是自己另加的列不必处理"
        )


def unknown_headings(register: Register) -> str:
    """In brackets the headings of the tracker that nobody knows, one of which may be the lost one renamed; or ""."""
    told = [r for r in register.remarks if r.hit.sheet in register.tracker.sheets]
    renamed = [r.hit for r in told if r.rule == "WB17" and r.hit.facts.get("gone")]
    strange = [f"{r.hit.at}「{r.hit.facts['h']}」" for r in told if r.rule == "WB06"]
    named = [
        f"{hit.at}「{hit.facts['h']}」像“{hit.facts['gone']}”，是改名的，"
        f"运行 {to_paste('adopt', THIS_WORKBOOK)} --map {hit.facts['q']}"
        for hit in renamed
    ]
    parts = [*named, *([f"不认识的列：{cut_list(strange, _MOST_TOLD, '个')}"] if strange and not named else [])]
    return f"（{'；'.join(parts)}）" if parts else ""


def _vanished_sentence(gone: list[str]) -> Iterator[str]:
    """However few: a row that is deleted reminds nobody any more."""
    if gone:
        yield (
            f"上次检查时有的 {len(gone)} 个编号现在没有了（{cut_list(gone, _MOST_NUMBERS)}） → "
            f"已移到归档的，运行 {to_paste('year-end', THIS_WORKBOOK, '--moved', '归档.xlsx', '--apply')}；"
            "误删的请恢复这些行，可取回 .capa_xl/backups 里的备份对照；改了编号的请改回；"
            "本来就登记错的也请恢复，填取消日期、取消原因、取消批准人"
        )


def _table_sentence(found: list[Problem], *, is_listed: bool) -> Iterator[str]:
    if not found:
        return
    if headless := [p for p in found if p.message == NO_HEADER]:
        if not (nowhere := [p for p in found if p.rule == "WB01"]):
            yield f"工作表《{headless[0].sheet}》{NO_HEADER} → 请{NO_HEADER_FIX}"
            return
        found = nowhere  # a sheet that isn't ours has lost no header
    if is_listed:
        told, where = [f"{_place(p)}{p.message.partition(_ALSO_KNOWN_AS)[0]}" for p in found], "（改法见下面）"
    else:
        told, where = [f"{_place(p)}{p.message} → {p.fix}" for p in found], ""
    yield f"请先改好表格本身{where}：{cut_list(told, _MOST_TOLD, '处', between='；')}"


def _place(problem: Problem) -> str:
    """《Sheet1》A1; nothing where the sheet itself isn't there, which the message names."""
    return f"《{problem.sheet}》{problem.cell} " if problem.cell else ""


def _missing_sheets(register: Register, known: frozenset[str]) -> Iterator[str]:
    names = {name.strip() for name in register.sheet_names}
    owned = {spec.name for spec in SHEETS if spec.owned}
    is_ours = len(owned & names) >= _OURS
    gone = [name for name in _EXPECTED if name not in names] if is_ours else lost_ground(register, known)
    if gone:
        yield f"{how_gone(register, gone)}，现在按默认值计算 → {RESTORE_SHEET}"


def lost_sheets_sentences(register: Register, known: frozenset[str]) -> Iterator[str]:
    """Sheets whose rows count no more, then those that nobody writes any more.

    What was approved, revised or explained there counts no more, and the advice of the rules would be wrong.

    Args:
        known: Keys of the tracker's columns, and of sheets, that earlier runs saw.
    """
    if lost := lost_sheets(register, known):
        ours = {register.tracker.sheet, *register.tracker.sheets, *(spec.name for spec in SHEETS)}
        strange = [f"《{name}》" for name in register.sheet_names if name.strip() not in ours]
        unknown = f"（不认识的工作表：{cut_list(strange, _MOST_TOLD, '个')}）" if strange else ""
        yield (
            f"工作表《{'》《'.join(lost)}》不见了（被删或改名）{unknown}，里面的记录都没有计入 → "
            "先改回名称，或从 .capa_xl/backups 里的备份复制回来，再处理下面的问题；不要另加一个空的"
        )
    if emptied := emptied_sheets(register, known):
        yield (
            f"上次检查时有行的工作表《{'》《'.join(emptied)}》{EMPTIED} → "
            "误删的从 .capa_xl/backups 里的备份复制回来那些行；本来就要删的不用处理"
        )
    if gone := lost_written(register, known):
        yield f"工具写的工作表《{'》《'.join(gone)}》不见了（被删或改名），不再更新 → 要加回的，运行 {adding(*gone)}"
