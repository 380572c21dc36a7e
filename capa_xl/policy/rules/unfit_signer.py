"""FD19: 例外说明 signed by somebody who may not."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.problem import Hit
from capa_xl.policy.excuses import Signature, signed_entries
from capa_xl.policy.rules.rule import I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs


def _unfit_signer(given: RuleInputs) -> Iterator[Hit]:
    seen: set[int] = set()
    for entry, number, _, signature in signed_entries(given):
        if signature is Signature.SOUND or entry.row in seen:
            continue
        seen.add(entry.row)
        severity = I if signature is Signature.UNKNOWN else None
        yield given.hit_on("excuses", entry, "signed_by", number, severity, v=entry.signed_by or "")


FD19 = Rule(
    "FD19", "", W, "例外说明的确认人当日不是质量部负责人、总经理或应批准人，或就是当事人（名单中无人可签：提示）",
    "例外说明的确认人{v}不合格",
    "由质量部负责人、总经理或应批准人确认；确认人不能是责任人，也不能为自己的行为说明",
    _unfit_signer, ("excuses:signed_by",), also=(I,), excusable=False,
)  # fmt: skip
