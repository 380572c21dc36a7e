"""FD19: 例外说明 signed by somebody who may not."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.problem import Hit
from capa_xl.policy.excuses import Signature, is_of_quality, signed_entries, signers
from capa_xl.policy.rules.message_words import some
from capa_xl.policy.rules.rule import I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs

_USUAL = "质量部负责人、总经理或应批准人"


def _unfit_signer(given: RuleInputs) -> Iterator[Hit]:
    seen: set[int] = set()
    for entry, number, rule, signature in signed_entries(given):
        if signature is Signature.SOUND or entry.row in seen:
            continue
        seen.add(entry.row)
        severity = I if signature is Signature.UNKNOWN else None
        able = signers(given, number, rule, entry.on or given.on)
        who = {"who": _who_signs(rule, able)} if is_of_quality(rule) else {"usual": _USUAL}
        yield given.hit_on("excuses", entry, "signed_by", number, severity, v=entry.signed_by or "", **who)


def _who_signs(rule: str, able: frozenset[str]) -> str:
    """Whose signature counts for a fault of 质量部's own."""
    if able:
        who = f"总经理（兼任质量部负责人的，由该项的应批准人）确认：{some(sorted(able))}"
        return f"{rule} 是质量部自身的事项，质量部负责人不能确认，由{who}"
    return "总经理兼任质量部负责人，制度没有规定由谁确认质量部自身的这一事项：本项保持待整改，请提交管理评审"


FD19 = Rule(
    "FD19", "", W, "例外说明的确认人当日不是质量部负责人、总经理或应批准人，或就是当事人（名单中无人可签：提示）",
    "例外说明的确认人「{v}」不合格",
    "⟦由{usual}确认；确认人不能是责任人，也不能为自己的行为说明⟧⟦{who}⟧",
    _unfit_signer, ("excuses:signed_by",), also=(I,), excusable=False,
    in_general={"usual": _USUAL},
)  # fmt: skip
