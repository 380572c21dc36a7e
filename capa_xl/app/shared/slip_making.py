"""A slip made of an opened workbook: for `slip`, and for the letters that carry one. Shared ground."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Set

from msgspec.structs import replace

from capa_xl.model.letter import Duty, LetterSlip
from capa_xl.model.problem import Problem
from capa_xl.model.slip import Question, Slip
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.slips import questions_for
from capa_xl.reports.slip_workbook import address_lines, slip_workbook
from capa_xl.workbook.reading.lists import Lists


def slip_of(view: RegisterView, name: str, workbook_id: str, problems: Iterable[Problem] = ()) -> Slip:
    """What waits for a department or a person at T; the same questions give the same token.

    Args:
        problems: What `check` found: of a row that is set aside all its errors are named, as in the todo.
    """
    procedure = view.procedure
    allowed = Lists(procedure.lists, procedure.meanings).allowed
    questions, without_cell = questions_for(view, name, allowed, problems)
    return with_token(Slip(workbook_id, procedure.company, name, view.on, "", questions, without_cell))


def with_token(slip: Slip) -> Slip:
    """The slip with the name that its own questions give it."""
    lines = "\n".join(address_lines(slip))
    return replace(slip, token=hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:16])


def slips_of_letters(view: RegisterView, duties: Iterable[Duty], workbook_id: str) -> dict[str, LetterSlip]:
    """The slips that go with a day's letters, by recipient (参数 随信附填报表); nobody gets one that asks for nothing.

    The head of a department gets the department's, and what else waits for the head; anybody else their own; who is
    only told of something gets none, and who shares a name: their list is another's too.
    """
    if not view.procedure.attaches_slip:
        return {}
    told: dict[str, set[str]] = {}
    for duty in duties:
        if not duty.informed and len(view.roster.addresses(duty.key.recipient, view.on)) < 2:
            told.setdefault(duty.key.recipient, set()).add(duty.key.number)
    slips = {name: _slip_of_letter(view, name, workbook_id) for name in told}
    return {name: _with_a_letter(slip, told[name]) for name, slip in slips.items() if slip.questions}


def _slip_of_letter(view: RegisterView, name: str, workbook_id: str) -> Slip:
    """A head's has what waits for them as somebody's deputy in another department too."""
    whole = slip_of(view, _whose(view, name), workbook_id)
    if whole.department == name:
        return whole
    own, there = slip_of(view, name, workbook_id), {_cell(one) for one in whole.questions}
    more = tuple(one for one in own.questions if _cell(one) not in there)
    untold = tuple(one for one in own.without_cell if one not in whole.without_cell)
    together = replace(whole, questions=(*whole.questions, *more), without_cell=(*whole.without_cell, *untold))
    return with_token(together) if more or untold else whole


def _cell(one: Question) -> tuple[str, ...]:
    return one.table, one.number, one.mark, one.key


def _whose(view: RegisterView, name: str) -> str:
    department = view.roster.department_of(name, view.on)
    return department if department and view.roster.manager_of(department, view.on) == name else name


def _with_a_letter(slip: Slip, told: Set[str]) -> LetterSlip:
    return LetterSlip(
        file_name=f"slip-{slip.as_of}-{slip.token[:8]}.xlsx",
        blob=slip_workbook(slip),
        cells=len(slip.questions),
        workbook_id=slip.workbook_id,
        token=slip.token,
        lines=address_lines(slip),
        others=tuple(dict.fromkeys(one.number for one in slip.questions if one.number not in told)),
    )
