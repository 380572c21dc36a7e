"""WB: the table itself — sheet, headers, formulas, rows that vanished, our own cells. Mostly met while reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.as_of import moment_text
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.meant_number import also_written, typed_plainly, writings
from capa_xl.model.number_rule import number_regex
from capa_xl.model.problem import Hit
from capa_xl.model.schema import (
    ADOPT_FIX,
    ALIASES,
    NO_COLUMN,
    NO_COLUMN_FIX,
    NO_COLUMN_OTHERS_FIX,
    NO_COLUMN_RENAMED,
    NO_COLUMN_RENAMED_FIX,
    NO_COLUMN_STRANGE_FIX,
    NO_TRACKER,
    NO_TRACKER_FIX,
    SEVERAL_FIX,
    SEVERAL_TRACKERS,
)
from capa_xl.model.stated_status import STATED_OPEN
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.auto_cells import STAMP, EditedCell, edited_auto_cells, newer_file, older_file
from capa_xl.policy.past_years import NOT_COUNTED
from capa_xl.policy.rules.reading import met_while_reading, remarks
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs


def _vanished(given: RuleInputs) -> Iterator[Hit]:
    at = given.tracker.cell(given.tracker.header_row, "number") or None
    merged = _merged_since(given)
    cells = "、".join(merged.values())
    typed = {typed_plainly(other): other for other in given.row_of} if given.vanished else {}
    for number in merged:
        facts = {"cells": merged[number], "parts": "、".join(given.view.register.parts[number]), "lost": number}
        yield Hit(given.tracker.sheet, merged[number], number, facts=facts)
    for group in writings(given.vanished - merged.keys()):
        if other := typed.get(typed_plainly(group[0])):
            wrong = (number for number in group if not _is_put_right(given, number, other))
            yield from (_typed_otherwise(given, number, other) for number in wrong)
        else:
            number = min(group, key=lambda one: _kept_by_rule(given, one) is None)
            others = also_written([one for one in group if one != number])
            facts = {"cells": cells, "gone": f"被删除，或改成了别的编号{others}", "lost": number}
            yield Hit(given.tracker.sheet, at, number, facts=facts)


def _is_put_right(given: RuleInputs, before: str, now: str) -> bool:
    """The writing that is gone was the wrong one: full-width, or against 编号规则, which the present one keeps."""
    is_width = before != now == unicodedata.normalize("NFKC", before)
    return is_width or (_kept_by_rule(given, now) is not None and _kept_by_rule(given, before) is None)


def _kept_by_rule(given: RuleInputs, number: str) -> re.Match[str] | None:
    """Whether a number is written as 编号规则 has it."""
    return number_regex(given.view.procedure.number_pattern).fullmatch(number)


def _typed_otherwise(given: RuleInputs, number: str, other: str) -> Hit:
    """Its row is there, under the same number with another width, case or sign: nothing is to be restored."""
    row = given.row_of[other]
    sheet, at = given.tracker.sheet_of(row), given.tracker.cell(row, "number")
    is_width = unicodedata.normalize("NFKC", other) == number
    facts = {"typed": other, "signs": "全角" if is_width else "与原来写法不同"}
    facts |= {"fix": to_paste("check", THIS_WORKBOOK, "--fix")} if is_width else {}
    return Hit(sheet, at, number, row, facts)


def _merged_since(given: RuleInputs) -> dict[str, str]:
    """编号 that stood in a cell of its own when the last run saw it → the merged cell that it stands in now."""
    parts = given.view.register.parts
    since = {number: given.row_of.get(parts[number][0]) for number in sorted(given.vanished) if number in parts}
    return {number: given.tracker.cell(row, "number") for number, row in since.items() if row is not None}


def _auto_cells_edited(given: RuleInputs) -> Iterator[Hit]:
    yield from remarks(given, "WB07")
    columns = {column.key: column for column in AUTO_COLUMNS}
    written = given.journal.auto_cells if given.journal is not None else {}
    older = older_file(given.view.register, written, given.row_of)
    if older is not None:
        facts = {"old": older.stamp or "第一次回写以前", "n": str(len(older.rows))}
        yield Hit(given.tracker.sheet, given.tracker.cell(older.rows[0], STAMP), facts=facts, severity=I)
    newer = newer_file(given.view.register, written, given.row_of)
    if newer is not None:
        facts = {"new": newer.stamp, "until": newer.written, "m": str(len(newer.rows))}
        yield Hit(given.tracker.sheet, given.tracker.cell(newer.rows[0], STAMP), facts=facts, severity=I)
    edited = tuple(edited_auto_cells(given.view.register, written, given.row_of))
    if given.journal is not None and (put_back := given.journal.put_back):
        if edited and older is None:
            yield _put_back(given, put_back, edited)
        return
    for cell in edited:
        facts = {"c": columns[cell.key].header, "now": cell.now or "空白", "before": cell.before or "空白"}
        sheet, at = given.tracker.sheet_of(cell.row), given.tracker.cell(cell.row, cell.key)
        yield Hit(sheet, at, cell.number, cell.row, facts)


def _put_back(given: RuleInputs, put_back: str, differing: tuple[EditedCell, ...]) -> Hit:
    """That the workbook is an earlier version of ours, told only where the days of 更新时间 don't tell it."""
    first, rows = differing[0], {cell.row for cell in differing}
    facts = {"old": moment_text(put_back), "n": str(len(rows))}
    sheet, at = given.tracker.sheet_of(first.row), given.tracker.cell(first.row, first.key)
    return Hit(sheet, at, facts=facts, severity=I)


_STILL_OPEN = frozenset({words.TO_INSPECT, words.OBSERVING, words.TO_CONFIRM, words.NOT_EFFECTIVE, words.REWORK})


def _word_against_facts(given: RuleInputs) -> Iterator[Hit]:
    """未销号 beside a day of completion says nothing else than that nobody has accepted the work yet."""
    verdicts = {hit.row: hit for hit in remarks(given, "WB10")}
    completed = given.tracker.headings.get("completed_on", "实际完成日期")
    for action, derived in given.pairs:
        if action.stated_status is None:
            continue
        state = action_state_of(given.view.inputs, action)
        is_open = state.stated == STATED_OPEN and derived.status in _STILL_OPEN and not state.is_left_to_look_at
        if state.is_word_denied_by(derived.status) and not is_open:
            yield _word_of(given, action, verdicts, s=derived.status)
        elif state.is_begun_again and action.completed_on is not None:
            yield _word_of(given, action, verdicts, again=completed)
        elif state.is_cancelled_beside_a_day:
            yield _word_of(given, action, verdicts, heading=completed)


def _word_of(
    given: RuleInputs,
    action: Action,
    verdicts: Mapping[int | None, Hit],
    *,
    s: str = "",
    heading: str = "",
    again: str = "",
) -> Hit:
    """At the status word, or at the verdict that somebody declared to cancel the row."""
    if (verdict := verdicts.get(action.row)) is not None:
        return replace(verdict, facts={**verdict.facts, "s": s, "heading": heading, "again": again})
    word = action.stated_status or ""
    return given.hit(action, "stated_status", h="状态列", v=word, s=s, heading=heading, again=again)


def _crossed_out(given: RuleInputs) -> Iterator[Hit]:
    """Rows that are over may well be crossed out."""
    ended = {action.row for action, derived in given.pairs if derived.is_ended}
    yield from (hit for hit in remarks(given, "WB14") if hit.row not in ended)


WB01 = Rule(
    "WB01", "4.4.5", E, "找不到《改进计划跟踪表》，或有几个工作表都像",
    f"{NO_TRACKER}⟦：{SEVERAL_TRACKERS}⟧",
    f"⟦{SEVERAL_FIX}⟧⟦{ADOPT_FIX}⟧{NO_TRACKER_FIX}",
    met_while_reading("WB01"), excusable=False,
)  # fmt: skip
WB02 = Rule(
    "WB02", "", E, "按别名也找不到一个必需的列，或找不到标题行",
    f"⟦{{none}}⟧⟦{NO_COLUMN}⟧⟦{NO_COLUMN_RENAMED}⟧⟦{ALIASES}⟧",
    f"⟦{{back}}⟧⟦{NO_COLUMN_RENAMED_FIX}⟧⟦{NO_COLUMN_OTHERS_FIX}⟧⟦{NO_COLUMN_STRANGE_FIX}⟧⟦{NO_COLUMN_FIX}⟧",
    met_while_reading("WB02"), excusable=False,
    in_general={"c": "缺的列"},
)  # fmt: skip
WB03 = Rule(
    "WB03", "", E, "两个列名识别为同一列",
    "⟦与 {first} 的⟧「{a}」⟦、「{b}」都⟧⟦{alike}⟧识别为「{c}」⟦，现在读的是 {first}⟧",
    "把其中一列改名，让「{c}」只有一列",
    met_while_reading("WB03"), excusable=False,
    in_general={"c": "识别成的列"},
)  # fmt: skip
WB04 = Rule(
    "WB04", "4.4.5", E, "上次检查时有的编号现在没有了",
    "编号 {id} 在上次检查后⟦合并了几行，现在按 {parts} 计⟧⟦写成了「{typed}」（{signs}）⟧⟦{gone}⟧",
    "⟦取消编号格 {cells} 的合并，各行写回自己的编号；⟧⟦把「{typed}」改回原来的编号⟧⟦，或看看能否自动改：{fix}⟧"
    "⟦误删的，从 .capa_xl/backups 恢复 {lost} 这一行；改了编号的，改回 {lost}；"
    "已移到归档工作簿的，运行 capa-xl year-end 本工作簿 --moved 归档.xlsx --apply；"
    "不再实施的措施填取消日期、取消原因、取消批准人，不要删除⟧",
    _vanished, ("+journal",), excusable=False,
    in_general={"lost": "少了的编号"},
)  # fmt: skip
WB05 = Rule(
    "WB05", "", E, "公式没有存下结果，或格里是错误值（#REF!、#N/A 等）",
    "⟦{c}「{v}」是错误值：{why}⟧⟦单元格 {cell} {none}，请在 Excel 或 WPS 中打开保存⟧",
    "⟦把算成 {v} 的公式改好，或换成值；⟧用 Excel 或 WPS 打开本文件，重新计算后保存",
    met_while_reading("WB05"), excusable=False,
)  # fmt: skip
WB06 = Rule(
    "WB06", "", I, "不认识的列",
    "未识别列「{h}」，将原样保留⟦：与本工具的列同名，接管时没有认定，{n} 行的内容不计入⟧",
    "⟦是标准列换了叫法的，运行 capa-xl adopt 本工作簿 --map {q}，等号右边换成标准列名；⟧"
    "⟦就是这一列的，运行 capa-xl adopt 本工作簿 --map {own}，不认识的词会逐个问；⟧"
    "列名写错的，请改用标准列名；自用的列不必处理",
    met_while_reading("WB06"), excusable=False,
)  # fmt: skip
WB07 = Rule(
    "WB07", "", W, "〔自动〕列被手工修改，或填了公式、合并了单元格",
    "⟦自动列被手工修改，将被覆盖：{c} 由「{before}」改成了「{now}」⟧"
    "⟦自动列被手工修改：{c} 里是{kept}，保留原样，工具不写这一格⟧"
    "⟦自动列是 {old} 的旧内容（{n} 行）：像是换回了旧文件或副本，不算手工修改⟧"
    "⟦自动列是 {new} 写的（{m} 行），台账只到 {until}：像是旧的 .capa_xl，不算手工修改⟧",
    "⟦有 {until} 以后的 .capa_xl，先放回再运行；没有的照常运行；⟧"
    "⟦更新这 {n} 行的旧内容：capa-xl refresh 本工作簿；⟧⟦取消这格的{kept}，由工具填写；⟧"
    "改原始事实列（日期、结论等），不改〔自动〕列",
    _auto_cells_edited, ("+journal|+kept",), also=(I,), excusable=False,
)  # fmt: skip
WB08 = Rule(
    "WB08", "", W, "数据行在 Excel 表格区域之外",
    "第 {r} 行在表格区域之外",
    "把表格右下角的小三角拖到最后一行",
    met_while_reading("WB08"), excusable=False,
)  # fmt: skip
WB09 = Rule(
    "WB09", "", I, "《参数》里有不认识的参数",
    "《参数》「{k}」不认识⟦（是不是「{s}」？）⟧",
    "改成正确的参数名，或删除这一行",
    met_while_reading("WB09"), excusable=False,
)  # fmt: skip
WB10 = Rule(
    "WB10", "", W, "表格自己的状态（或算作取消的验证结论）与已填的事实矛盾",
    "{h}写「{v}」⟦，按填写的事实是「{s}」⟧⟦，{heading}又填了日期，按取消算⟧⟦，{again}填的算上一轮的，按没有完成计⟧",
    "⟦填写的事实没有错的，改成“{s}”；⟧做完的改这个词（又做了一轮的，日期也改成这一轮的）；取消的写“取消”；"
    "没有做完的写“返工中”，日期留着，算上一轮的；日期填错了才清空",
    _word_against_facts, ("stated_status|+cancelled",), excusable=False,
)  # fmt: skip
WB11 = Rule(
    "WB11", "", W, "另一个工作表也像跟踪表，或像改了名的措施分解等，里面的行没有读取",
    "工作表《{v}》⟦{like}⟧⟦的列名和《{ours}》的一样⟧，其中 {n} 行⟦（未完成 {m} 行）⟧"
    "⟦没有参与跟踪，现在跟踪的是《{t}》⟧⟦没有读取，只按名称读《{ours}》⟧"
    "⟦；编号和内容多数与《{copy}》的相同，像是副本⟧",
    "⟦要计入，运行 {adopt}；不是跟踪表⟧⟦改过名的，{back}；是副本⟧⟦{drop}⟧，"
    "在《参数》中加“跟踪表_{v}”，值填“不计入”",
    met_while_reading("WB11"), excusable=False,
    in_general={"adopt": "capa-xl adopt 本工作簿 -o 新表.xlsx", "v": "工作表名"},
)  # fmt: skip
WB12 = Rule(
    "WB12", "", E, "《参数》里计入的工作表不在了，里面的行没有参与跟踪",
    "《参数》里计入的工作表《{v}》不在工作簿里",
    "恢复这个工作表；改过名的，把《参数》中{kept}名称里的“{v}”改成现在的工作表名",
    met_while_reading("WB12"), excusable=False,
    in_general={"kept": "这几行", "v": "旧名称"},
)  # fmt: skip
WB13 = Rule(
    "WB13", "", W, "中间一列有内容，却没有标题（标题被删）",
    "这一列没有标题，下面 {n} 行有内容，不会被读取",
    "恢复这一列的标题；可取回 .capa_xl/backups 里的备份对照",
    met_while_reading("WB13"), excusable=False,
)  # fmt: skip
WB14 = Rule(
    "WB14", "", W, "整行划了删除线，仍在跟踪",
    "第 {r} 行整行划了删除线，但没有取消，仍照常跟踪和提醒",
    "不再做的，按取消办理；不算一项的，在《参数》中加“取值_编号_{id}”，值填“不计入”；"
    "仍要做的，去掉删除线，或把这个参数的值填为“照常跟踪”",
    _crossed_out, excusable=False,
    in_general={"id": "本行编号"},
)  # fmt: skip
WB15 = Rule(
    "WB15", "", W, f"《参数》里的上年工作簿读不到，{NOT_COUNTED}",
    "上年工作簿「{v}」读不到：{why}，" + NOT_COUNTED + "⟦（台账记下的有 {rows}）⟧",
    "把它放回本工作簿所在的文件夹，或把《参数》“上年工作簿”改成现在的路径",
    met_while_reading("WB15"), excusable=False,
)  # fmt: skip
WB16 = Rule(
    "WB16", "", W, "工作表与本工具的同名，列名却不同",
    "工作表《{v}》与本工具的同名，列名却不同（{h}），没有当作本工具的，也不会改写",
    "自己的表请改名；要用本工具的《{v}》，改名后运行 capa-xl grow 本工作簿",
    met_while_reading("WB16"), also=(I,), excusable=False,
    in_general={"v": "工作表名"},
)  # fmt: skip
WB17 = Rule(
    "WB17", "", W, "接管以后新加的列，列名像本工具的列",
    "接管以后新加的列「{h}」⟦（原来的“{gone}”一列没有了）⟧⟦没有计入，像“{like}”⟧⟦按“{c}”计⟧",
    "⟦是的，运行 capa-xl adopt 本工作簿 --map {q}；⟧⟦是别的列，换成 --map {e}；⟧⟦期限又延的，把新的期限写进「{due}」；⟧"
    "自用的列，运行 capa-xl adopt 本工作簿 --map {own}",
    met_while_reading("WB17"), excusable=False,
    in_general={"own": "列名="},
)  # fmt: skip
