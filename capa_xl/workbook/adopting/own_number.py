"""The column that numbers the rows of somebody's table, where nobody listed its heading: NC No., Issue key, 病害编号.

Known by name and values together: it names the number of a case, or its values are such as people quote; every row has
one, none comes twice. What numbers other things (电梯编号, 梯号, Part No.) is no number of the row, and a running 序号
gives way to a number that people quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.heading_names import ROW_NUMBERS, normalised
from capa_xl.workbook.reading.notes import text_of

_NUMBERS = re.compile(
    r"(编号|单号|案号|文号|编码|号)$|(\b|[a-z0-9\u4e00-\u9fff])(no|nr|number|id|key|ref|reference)\W*$|#\s*$",
    re.IGNORECASE,
)
_OTHER_THINGS = re.compile(
    r"设备|资产|仪器|电梯|合同|文件|图纸|房间|门牌|楼|电话|手机|身份|工号|物料|零件|产品|版本|订单|发票|车牌|批号|批次|序列|型号|条款"
    r"|标准|客户|供应商|项目|账号|来源|原|旧|曾用|历史|关联|人员|员工|证书|备件|机台|桥|井号|层号|料号|位号|前次|后续|报告|运单|快递"
    r"|part|asset|serial|phone|employee|staff|contract|drawing|order|batch|lot\b|version|clause|room|model|project"
    r"|customer|vendor|invoice|parent|related|\bold\b|legacy|previous|external|user|host|control|criteri|\bpo\b|\btel\b|\bip\b|report",
    re.IGNORECASE,
)
_CASES = re.compile(
    r"问题|缺陷|隐患|病害|改进|事件|事故|故障|偏差|不符合|不合格|整改|措施|任务|工单|督办|检查|审核|发现|案|投诉|意见|建议|风险|记录|登记|台账|票|通知单|告知单|联系单"
    r"|\b(nc|ncr|ncn|car|par|capa|issue|finding|ticket|case|action|defect|incident|deviation|obs|observation|snag|log|risk"
    r"|non-?conform\w*|complaint|problem|hazard|job|task|punch|audit|event|entry|record|rfi)\b"
    r"|^(ref|reference|id|key)\W*$",
    re.IGNORECASE,
)
"""What a row of such a table may be, and so may its number be called; of what a TSC ref is, nobody knows."""
_QUOTED = re.compile(
    r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff]*[-_/ ]?\d[\w-]{3,}|[A-Za-z]{2,}[-_/ ][A-Za-z]{1,}[-_/ ]?\d[\w-]*"
)
"""A number that people quote, CCP-2604, JL-ZL-003, and not a place, A1."""
_LONG = re.compile(r"(?!\d{8}$)\d{8,}")
"""A number that a system gave, 20261101001, no day."""
_CLAUSE = re.compile(r"\d\.\d")
"""CC6.1, A.9.2.1, 8.5.1: a place in a standard that the row refers to, or a number of its own."""
_RUNNING_NUMBERS = frozenset({ROW_NUMBERS, "no", "sn", "项次", "行号", "item", "序", "num"})
_DIGIT = re.compile(r"\d")
_IS_A_NUMBER = re.compile(r"(?!\d{1,4}$)(?!(\d{4}[-./年]\d|\d{8}$)).{0,12}\d[^，。；]{0,8}")
"""Not a running number, nor a day."""
_SLIP = re.compile(r"单号|单据号|流水单?号")
_CODE = re.compile(r"[A-Za-z]{1,8}[-_/ ]?\d[\w-]*")
"""What no column of names holds: PRB0451, A-17."""
_NEARLY = 0.8


def own_number(table: FoundTable, headings: Sequence[Heading]) -> Heading | None:
    """The heading of the rows' own number; None where the table has one that is listed, or several may be.

    Args:
        headings: Those nobody has answered for.
    """
    known = next((h for h in table.match.headings if h.key == "number"), None)
    if known is not None and (known not in headings or not is_running_number(known.text)):
        return None
    found = [h for h in headings if h.key is None and numbers_the_rows(table, h) and _is_of_a_case(table, h)]
    if len(found) != 1 or (known is not None and not _names_a_case(found[0])):
        return None
    return None if _are_clauses(table, found[0]) or _has_an_equal(table, headings, found[0]) else found[0]


def beside_a_running_number(table: FoundTable, headings: Sequence[Heading]) -> tuple[Heading, Heading] | None:
    """A running 序号 and one number beside it that people quote, under a name that says not of what: either may be it.

    Args:
        headings: Those nobody has answered for.
    """
    known = next((h for h in headings if h.key == "number" and is_running_number(h.text)), None)
    free = [h for h in headings if h.key is None and numbers_the_rows(table, h)]
    found = [h for h in free if _is_of_a_case(table, h) or all(map(_LONG.fullmatch, _given(table, h)))]
    if plain := [h for h in headings if h.key is None and _nearly_numbers_the_rows(table, h)]:
        return (known, plain[0]) if known is not None and len(plain) == 1 and found in ([], plain) else None
    return None if known is None or len(found) != 1 or _names_a_case(found[0]) else (known, found[0])


def is_called_a_slips_number(text: str) -> bool:
    """True for 单号 alone: of no other thing, so the rows' own sooner than a running 序号."""
    return _SLIP.fullmatch(text.strip()) is not None


def _nearly_numbers_the_rows(table: FoundTable, heading: Heading) -> bool:
    """单号 above codes, nearly all different: one may have been copied with its row, or be merged over two."""
    given = _given(table, heading)
    is_coded = bool(given) and (_is_coded(table, heading) or all(map(_LONG.fullmatch, given)))
    return (
        is_called_a_slips_number(heading.text)
        and is_coded
        and len(set(given)) >= _NEARLY * max(len(given), len(_whole_rows(table)))
    )


def _is_of_a_case(table: FoundTable, heading: Heading) -> bool:
    """Of what a row is about, by its name or the look of all its values: 梯号 A1 and 床号 12 are of things."""
    return _names_a_case(heading) or all(map(_QUOTED.match, _given(table, heading)))


def _has_an_equal(table: FoundTable, headings: Sequence[Heading], number: Heading) -> bool:
    """Another column numbers the rows as well, left of it or under a case's name: nobody knows which is theirs."""
    others = (h for h in headings if h is not number and h.key is None and numbers_the_rows(table, h))
    return any(h.column < number.column or _names_a_case(h) for h in others if _is_coded(table, h))


def _is_coded(table: FoundTable, heading: Heading) -> bool:
    return all(map(_CODE.fullmatch, _given(table, heading)))


def _are_clauses(table: FoundTable, heading: Heading) -> bool:
    """Half of the numbers or more are written as those of clauses are."""
    given = _given(table, heading)
    return 2 * sum(_CLAUSE.search(number) is not None for number in given) >= len(given)


def _names_a_case(heading: Heading) -> bool:
    return _CASES.search(heading.text) is not None


def numbers_the_rows(table: FoundTable, heading: Heading) -> bool:
    """Named after a number of nothing else, and every row has one of its own."""
    return _names_a_number(heading) and _numbers_every_row(table, heading)


def likely_number(table: FoundTable, heading: Heading) -> bool:
    """Whether a heading may be the rows' own number where none is known: leftmost or named so, nearly all different.

    That is asked: 票号 with a footer below it, PRB单 above PRB0451, Ticket above OPS-1201 behind Incident.
    """
    first = min((h.column for h in table.match.headings), default=0)
    given = _given(table, heading)
    is_other = _OTHER_THINGS.search(heading.text.replace("序列", "")) is not None
    is_coded = (heading.column == first or _names_a_case(heading)) and all(map(_CODE.fullmatch, given))
    return (
        "number" not in table.match.columns
        and (is_called_number(heading.text) or is_coded)
        and not is_other
        and not (heading.column != first and _are_clauses(table, heading))
        and len(given) > 1 and _NEARLY * len(_whole_rows(table)) <= len(set(given))
        and (heading.column == first or len(set(given)) == len(given))  # one may have been copied with its row
        and all(map(_IS_A_NUMBER.fullmatch, given))
    )  # fmt: skip


def counts_the_rows(table: FoundTable, heading: Heading) -> bool:
    """Whether a heading stands leftmost above 1, 2, 3 …, and the table has no other number: likely the rows' own."""
    first = min((h.column for h in table.match.headings), default=0)
    given = [number.removesuffix(".0") for number in _given(table, heading)]
    is_free = heading.column == first and "number" not in table.match.columns
    return is_free and len(given) > 1 and given == [str(at) for at in range(1, len(given) + 1)]


def is_called_number(text: str) -> bool:
    """True for a heading that names a number, other than a running one."""
    return _NUMBERS.search(text.strip()) is not None and not is_running_number(text)


def is_running_number(text: str) -> bool:
    """True for 序号, No. and the like."""
    return normalised(text) in _RUNNING_NUMBERS


def _names_a_number(heading: Heading) -> bool:
    """The name is that of a number, and not of one that another thing has."""
    text = heading.text.strip()
    return _NUMBERS.search(text) is not None and _OTHER_THINGS.search(text) is None and normalised(text) != ROW_NUMBERS


def _numbers_every_row(table: FoundTable, heading: Heading) -> bool:
    numbers, given = list(_numbers(table, heading.column)), _given(table, heading)
    return (
        bool(given) and len(set(given)) == len(given) and all(map(_DIGIT.search, given)) and _is_filled(table, numbers)
    )


def _is_filled(table: FoundTable, numbers: Sequence[str]) -> bool:
    """A blank one only where the row continues the number above: a merged cell."""
    merged = any(bottom > top for top, _, bottom, _ in table.values.merged if top > table.match.header_row)
    return merged or all(numbers)


def _numbers(table: FoundTable, column: int) -> Iterator[str]:
    return (text_of(row[column - 1]) for row in _whole_rows(table))


def _given(table: FoundTable, heading: Heading) -> list[str]:
    return [number for number in _numbers(table, heading.column) if number]


def _whole_rows(table: FoundTable) -> list[Sequence[Value]]:
    """Without lines of one cell: legends, sections."""
    return [row for row in table.rows if sum(cell != "" for cell in row) > 1]
