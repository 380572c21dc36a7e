"""The catalogue: every rule, once, in the order of the rule table. `capa-xl rules` and docs/rules.md come from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from capa_xl.errors import UsageError
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.policy.rules import (
    analysis,
    approval,
    archiving,
    before_it_existed,
    cancel,
    confirmation,
    deadline,
    doing,
    doubled,
    effect_figures,
    effectiveness,
    extension,
    field,
    half_filled_rows,
    inspection,
    ledger,
    links,
    named_rules,
    needs,
    own_judgement,
    people,
    planning,
    roster_rows,
    signature,
    spans,
    standing_in,
    statistics,
    table,
    unfit_signer,
    wanted_parts,
)
from capa_xl.policy.rules.rule import Rule

CATALOGUE: Final[tuple[Rule, ...]] = (
    table.WB01, table.WB02, table.WB03, table.WB04, table.WB05, table.WB06, table.WB07, table.WB08, table.WB09,
    table.WB10, table.WB11, table.WB12, table.WB13, table.WB14, table.WB15, table.WB16, table.WB17,
    field.FD01, field.FD02, field.FD03, field.FD04, field.FD05, field.FD06, field.FD07,
    people.FD08, people.FD09, people.FD10, field.FD11, field.FD12, people.FD13, field.FD14, field.FD15,
    people.FD16, people.FD17, field.FD18, unfit_signer.FD19, field.FD20, field.FD21, people.FD22, people.FD23,
    field.FD24, half_filled_rows.FD25, half_filled_rows.FD26,
    roster_rows.FD27, spans.FD28, named_rules.FD29, half_filled_rows.FD30, doubled.FD31,
    roster_rows.FD32, standing_in.FD33, field.FD35,
    planning.PL01, planning.PL02, planning.PL03, planning.PL04, planning.PL05, planning.PL06, planning.PL07,
    planning.PL08, planning.PL09, analysis.PL10, analysis.PL11, analysis.PL12, analysis.PL13, analysis.PL14,
    analysis.PL15, analysis.PL16, planning.PL17, planning.PL18, deadline.PL19, deadline.PL20, deadline.PL21,
    planning.PL22, analysis.PL23, planning.PL24, planning.PL25, analysis.PL26, planning.PL27, analysis.PL28,
    approval.AP01, approval.AP02, approval.AP03, approval.AP04, signature.AP05, approval.AP06, own_judgement.AP07,
    signature.AP08, approval.AP09, signature.AP10, signature.AP11, approval.AP12, signature.AP13, approval.AP14,
    signature.AP15, before_it_existed.AP16, signature.AP17, signature.AP18,
    doing.DO01, doing.DO02, doing.DO03, doing.DO04, doing.DO05, doing.DO06, doing.DO07,
    extension.DO08, extension.DO09, extension.DO10, extension.DO11, doing.DO12, extension.DO13, doing.DO14, doing.DO15,
    doing.DO16,
    inspection.CK01, inspection.CK02, inspection.CK03, own_judgement.CK04, inspection.CK05, inspection.CK06,
    confirmation.EF01, confirmation.EF02, confirmation.EF03, confirmation.EF04,
    effectiveness.EF05, effectiveness.EF06, effectiveness.EF07, effectiveness.EF08,
    own_judgement.EF09, confirmation.EF10, confirmation.EF11, effectiveness.EF12,
    confirmation.EF13, effectiveness.EF14, effectiveness.EF15, effectiveness.EF16,
    effect_figures.EF17,
    archiving.AR01, archiving.AR02, archiving.AR03, archiving.AR04, archiving.AR05, archiving.AR06, archiving.AR07,
    archiving.AR08, archiving.AR09, archiving.AR10,
    needs.XR01, needs.XR02, needs.XR03, needs.XR04, links.XR05, links.XR06, links.XR07, needs.XR08, needs.XR09,
    needs.XR10, needs.XR11, wanted_parts.XR12,
    cancel.CX01, cancel.CX02, cancel.CX03, cancel.CX04, cancel.XX01,
    statistics.ST01, statistics.ST02, statistics.ST03, statistics.ST04, statistics.ST05, statistics.ST06,
    statistics.ST07,
    ledger.LG01, ledger.LG02,
)  # fmt: skip


def rules_by_code(codes: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of these codes and families (FD), each once and in the order of the catalogue; small letters do too.

    Raises:
        UsageError: A code that no rule has.
    """
    wanted = {code.strip().upper() for code in codes}
    known = {rule.id for rule in CATALOGUE} | {_family(rule) for rule in CATALOGUE}
    if unknown := sorted(wanted - known):
        raise UsageError(f"没有规则「{'」「'.join(unknown)}」 → {_what_to_ask(unknown)}，全部规则见 capa-xl rules")
    return tuple(rule for rule in CATALOGUE if not wanted.isdisjoint((rule.id, _family(rule))))


def _family(rule: Rule) -> str:
    """FD of FD04."""
    return rule.id[:2]


def _what_to_ask(codes: Sequence[str]) -> str:
    if all(re.fullmatch(r"R(?!00)[0-6]\d|R7[0-3]", code) for code in codes):
        return f"这是《制度执行自查表》的行：{to_paste('check', THIS_WORKBOOK, '--conformity')}；规则编号像 AP03"
    return "规则编号像 AP03，一类像 AP"
