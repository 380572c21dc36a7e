"""Rows that are no action whatever stands in them: totals, footers, section headings (decisions C5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from capa_xl.model.uncounted import FOOTER, SECTION, TOTAL
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.written_dates import lacks_a_year, names_a_day

LEADING = 3
"""Columns from the left in which a row says that it is a total, a footer or a section."""
_LATIN_TOTAL = (
    r"(?is)(sub ?-?|grand )?totals?(\s*|( [a-z]+){1,4}\s*(?=:))(:.*)?"
    r"|totals? (no\.?|number|count|open|closed|overdue|completed|outstanding|items|actions|findings|issues)"
    r"( (of )?(open|closed|overdue|items|actions|findings|issues))*|(average|mean|sum)\s*:?"
)
_TOTAL = (
    r".{0,20}(合计|小计|小结|总计|共计|累计|汇总|平均(值|数|分|评分|得分|天数|用时|时长|周期)?|均值|均分)"
    r"(\s*[A-Za-z][A-Za-z .]*)?\s*([:：].*)?"
    r"|(总|整体|综合|按期|按时|及时)?(完成|整改|办结|闭环|关闭|销号|合格|达标|及时)(率|占比|比例)\s*([:：].*)?"
)
_RATE = r".{0,8}(率|占比|比例)\s*[:：]?\s*\d+(\.\d+)?\s*[%％]\s*"
_FEW = 3
_LATIN_FOOTER = (
    r"(?is)(signed|signature|(prepared|approved|reviewed|checked|verified|issued|accepted|witnessed) by)\b[^:]{0,30}:.*"
)
_FOOTER = (
    r"(编制|审核|批准|填表|制表|填报|复核|校对|会签|制单|备注|说明|注)\s*(人|者|人员|单位|部门|日期|时间|说明|签字)?\s*"
    r"([/／]\s*(日期|时间)\s*)?(\d*\s*[:：](?s:.*))?"
    r"|.{0,4}(经理|总监|监理|安全员|经办人?|领导|主任|签[字名收发]|盖章|负责人)\s*([（(]签[字名章][)）])?\s*[:：].{0,12}"
    r"|[^:：\d]{2,8}[:：][^:：\d]{0,12}\s[^:：\d]{2,8}[:：](?s:.*)"
)
_LABELS = re.compile(r"\s*([^:：\d]{1,30}[:：][\s_＿]*)+")
"""One label or several with room behind each; a number or a day makes a row more than that."""
_ENDS_OF_LABELS = (":", "：", "_", "＿")
_SECTION = (
    r"[（(]?[一二三四五六七八九十]+\s*([、.．]|[)）]\s*[、.．]?).*"
    r"|第[一二三四五六七八九十\d]+(部分|章|类)\s*[:：、]?.{0,20}"
)
_KINDS = ((TOTAL, "(?s)" + _TOTAL), (FOOTER, _FOOTER), (SECTION, "(?s)" + _SECTION))
"""Compiled where a text is first asked about, as those of Latin letters: a tracker of ours has numbers there."""


def kind_of_no_action(value: Value) -> str:
    """What the whole of a text says its row is: a total, a footer or a section; "" for anything else.

    In Latin letters totals and signatures are known.
    """
    if not isinstance(value, str):
        return ""
    text = value.strip()
    if text.isascii():
        if text[-1:].isdigit() and ":" not in text:
            return ""  # as nearly every number of a tracker: what these patterns know has no figure but behind a colon
        return TOTAL if re.fullmatch(_LATIN_TOTAL, text) else FOOTER if re.fullmatch(_LATIN_FOOTER, text) else ""
    return next((kind for kind, said in _KINDS if re.fullmatch(said, text)), "")


def is_row_of_labels(cells: Iterable[Value]) -> bool:
    """True for a row with nothing but labels to be filled in by hand, 审核组长： … 日期：; that is a footer.

    Args:
        cells: What people wrote in the row, its 编号 first: mostly that one tells, and no other is looked at.
    """
    is_any = False
    for cell in cells:
        if cell in ("", None):
            continue
        if not isinstance(cell, str) or not cell.rstrip().endswith(_ENDS_OF_LABELS) or not _LABELS.fullmatch(cell):
            return False
        is_any = True
    return is_any


def leads_no_action(cells: Sequence[Value], columns: Mapping[str, int]) -> bool:
    """True for a row whose first filled cell from the left says that it is none, unless the rest tells of an action.

    Args:
        cells: The row, from column A.
        columns: Key → 1-based column.
    """
    if is_row_of_labels(cells) or _is_row_with_a_rate(cells):
        return True
    at = next((at for at, cell in enumerate(cells[:LEADING]) if cell not in ("", None)), None)
    kind = kind_of_no_action(cells[at]) if at is not None else ""
    return kind != "" and not tells_all_the_same(kind, cells, columns)


def _is_row_with_a_rate(cells: Sequence[Value]) -> bool:
    """True for 核心条款4项 beside 达标率 25%, and nothing else."""
    filled = [cell for cell in cells if cell not in ("", None)]
    return len(filled) <= _FEW and any(isinstance(cell, str) and re.fullmatch(_RATE, cell) for cell in filled)


def tells_all_the_same(kind: str, cells: Sequence[Value], columns: Mapping[str, int]) -> bool:
    """数据汇总 with an owner and a day is an action whatever it is called, 一、安全 beside a problem and a measure too.

    Totals count problems and measures, so those say nothing; those who sign a footer have no due date.
    """
    said = {key: cells[columns[key] - 1] for key in _TELLING if key in columns}
    told = {key for key, cell in said.items() if cell != "" and kind_of_no_action(cell) != kind}
    if kind == SECTION:
        return len(told) > 1
    return kind == TOTAL and told >= _WHOSE_AND_WHEN and _is_day(said["due_on"])


def _is_day(value: Value) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and (names_a_day(value) or lacks_a_year(value)))


_TELLING = ("description", "measure", "owners", "due_on")
_WHOSE_AND_WHEN = {"owners", "due_on"}
