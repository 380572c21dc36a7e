"""客户回复函: a letter to a customer, as long as its texts, and behind it the page by which the house lets it go out.

What belongs to the house (whose signatures stand behind it, its numbers, the 校验码) is on that page alone.
"""

from __future__ import annotations

from capa_xl.model.paper_kinds import REPLY
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import BODY, each, form, gap, known, lines, paragraph, signature_block, when

_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_AT_THE_RIGHT = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>'
"""A letter's salutation and closing aren't indented; who writes, and the day, stand at the right edge."""


def sections() -> tuple[PageSection, PageSection]:
    """What the customer gets, and what stays."""
    return PageSection(_letter(), is_sent_out=True), PageSection(_kept())


def _letter() -> tuple[str, ...]:
    return (
        paragraph(REPLY.title, "Title"),
        paragraph("尊敬的客户＿＿＿＿＿＿＿＿＿＿：", BODY, extra=_FLUSH),
        paragraph(
            "您的反映我们已{% if need.registered_on %}于{{ need.registered_on }}{% endif %}受理，"
            "受理编号 {{ need.number }}，现将处理情况回复如下。各项记录照录原文。"
        ),
        paragraph("受理记录：{{ need.description }}"),
        paragraph("{{ verdict }}"),
        when("grounds", paragraph("核实记录：{{ grounds }}")),
        each(
            "m in measures",
            when("m.contained", paragraph("临时处置记录：{{ m.contained }}")),
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
        paragraph("日期：＿＿＿＿年＿＿月＿＿日", BODY, extra=_AT_THE_RIGHT),
    )


def _kept() -> tuple[str, ...]:
    """Its page: what the letter rests on, and who lets it go out."""
    numbers = "{% for m in measures %}{{ m.number }}{% if not loop.last %}、{% endif %}{% else %}—{% endfor %}"
    return (
        paragraph("发函审批（内部留存，不随函寄出）", "FormTitle"),
        gap(keep=True),
        form(
            (
                ("受理编号", "{{ need.number }}", "登记日期", "{{ need.registered_on.iso }}"),
                ("登记部门", "{{ need.department }}", "登记人", "{{ need.raised_by }}"),
                ("接收部门", "{{ need.receiving_department }}", "接收人", "{{ need.receiver }}"),
                ("是否成立", "{{ need.is_valid }}", "改进编号", numbers),
            )
        ),
        gap(keep=True),
        signature_block((("经办", known("need.receiver"), ""), ("审核（部门经理）", "", ""), ("批准", "", ""))),
        when("head.edition_note", paragraph("{{ head.edition_note }}")),
        when("head.missing", paragraph("{{ head.missing }}")),
        paragraph("页脚的校验码用于核对本函所依据的《改进计划跟踪表》有没有改动，寄出的函不印。", "SmallNote"),
    )
