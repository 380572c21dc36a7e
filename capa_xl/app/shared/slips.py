"""A slip made of an opened workbook: for `slip`, and for the letters that carry one. Shared ground."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from capa_xl.model.slip import Slip
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.slips import questions_for
from capa_xl.reports.slip_workbook import address_lines
from capa_xl.workbook.reading.lists import Lists


def slip_of(view: RegisterView, name: str, workbook_id: str) -> Slip:
    """What waits for a department or a person at T; the same questions give the same token."""
    procedure = view.procedure
    questions, without_cell = questions_for(view, name, Lists(procedure.lists, procedure.meanings).allowed)
    slip = Slip(workbook_id, procedure.company, name, view.on, "", questions, without_cell)
    token = hashlib.sha256("\n".join(address_lines(slip)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return replace(slip, token=token)
