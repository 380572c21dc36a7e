"""客户回复函: a letter to a customer, as long as its texts; its closing stays with the signatures."""

from __future__ import annotations

from capa_xl.model.paper_kinds import REPLY
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import BODY, each, gap, known, lines, paragraph, signature_block, when

_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_AT_THE_RIGHT = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>'
"""A letter's salutation and closing aren't indented; who writes, and the day, stand at the right edge."""


def sections() -> tuple[PageSection]:
    """One section."""
    return (PageSection(_body()),)


def _body() -> tuple[str, ...]:
    return (
        paragraph(REPLY.title, "Title"),
        paragraph("尊敬的客户＿＿＿＿＿＿＿＿＿＿：", BODY, extra=_FLUSH),
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
        paragraph("此致", keep=True),
        paragraph("敬礼！", BODY, keep=True, extra=_FLUSH),
        paragraph(
            "{% if head.company %}{{ head.company }}{% else %}＿＿＿＿＿＿＿＿＿＿{% endif %}（盖章）",
            BODY,
            keep=True,
            extra=_AT_THE_RIGHT,
        ),
        paragraph("日期：＿＿＿＿年＿＿月＿＿日", BODY, keep=True, extra=_AT_THE_RIGHT),
        gap(keep=True),
        signature_block((("经办", known("need.receiver"), ""), ("审核（部门经理）", "", ""), ("批准", "", ""))),
        when("head.missing", paragraph("{{ head.missing }}")),
    )
