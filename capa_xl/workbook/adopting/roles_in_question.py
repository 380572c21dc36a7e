"""People whose names say whose they are, not what they do in the action: asked, and never proposed.

Who reviewed for quality let the plan pass or the work; a quality engineer of a supplier may look at either; whoever
complained raised it, but waits for an answer and can't be waited for in the company; nor do the departments whose
complaint it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.kinds_of_values import are_days, are_numbers, are_organisations, are_people, share_of

_REVIEWS = re.compile(r"(qa|qc|质量|质控|技术|体系).{0,3}(审核|复核)(人|员|人员)$|^[sdpc]qe$", re.IGNORECASE)
_FROM_OUTSIDE = re.compile(
    r"(诉求|投诉|来电|举报|反映|报料|信访|申诉)(人|者|人员|人姓名)$|\bcomplainant\b", re.IGNORECASE
)
_ASKED_FOR_HELP = re.compile(
    r"(诉求|投诉|来电|举报|反映|反馈|报修|报事|报料|信访|申诉|申报|提单)(部门|单位|科室|班组|车间|病区)$"
)
_NAME_LONGEST, _MOST = 8, 0.5


def roles_in_question(heading: str, values: Sequence[Value]) -> tuple[str, ...]:
    """The columns of people that such a heading above such values may be; () for every other."""
    if is_whose_complaint_it_is(heading) and are_organisations(values):
        return ("raised_department",)
    if _REVIEWS.search(heading.strip()) and are_people(values):
        return ("inspector", "approver")
    return ("raised_by",) if _FROM_OUTSIDE.search(heading.strip()) and _are_short(values) else ()


def is_whose_complaint_it_is(heading: str) -> bool:
    """True for 反映科室 and 报修部门: it waits for the work, so it is likely not the one that does it."""
    return _ASKED_FOR_HELP.search(heading.strip()) is not None


def _are_short(values: Sequence[Value]) -> bool:
    """张先生, 样例居民: no surname need be among them."""
    is_other = are_days(values) or are_numbers(values)
    return bool(values) and not is_other and share_of(values, lambda text: len(text) <= _NAME_LONGEST) > _MOST
