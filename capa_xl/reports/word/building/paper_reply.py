"""客户回复函: a letter to a customer, as long as its texts; its closing stays with the signatures."""

from __future__ import annotations

from capa_xl.model.paper_kinds import REPLY
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import each, gap, known, lines, paragraph, signature_block, when


def sections() -> tuple[PageSection]:
    """One section."""
    return (PageSection(_body()),)


def _body() -> tuple[str, ...]:
    return (
        paragraph(REPLY.title, "Title"),
        paragraph("尊敬的客户＿＿＿＿＿＿＿＿＿＿：", "CellText"),
        paragraph("您反映的问题（{{ need.number }}，{{ need.registered_on }}）：{{ need.description }}"),
        paragraph("{{ verdict }}"),
        each(
            "m in measures",
            when("m.contained", paragraph("已采取的临时处置：{{ m.contained }}")),
            when("m.cause", paragraph("原因："), lines("m.cause")),
            when("m.measure", paragraph("采取的措施："), lines("m.measure")),
            when("m.progress", paragraph("{{ m.progress }}", keep=True)),
        ),
        when("contact", paragraph("如有疑问，请与我们联系：{{ contact }}", keep=True)),
        paragraph("此致", "CellText", keep=True),
        paragraph("{{ head.company }}\u3000（盖章）\u3000\u3000日期：＿＿＿＿＿＿", "CellText", keep=True),
        gap(keep=True),
        signature_block((("经办", known("need.receiver"), ""), ("审核（部门经理）", "", ""), ("批准", "", ""))),
        when("head.missing", paragraph("{{ head.missing }}")),
    )
