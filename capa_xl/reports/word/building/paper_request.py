"""Paper C: 纠正预防措施要求单 (3.3.3): one bordered form of five blocks on one page; blanks are space to write in."""

from __future__ import annotations

from collections.abc import Sequence

from capa_xl.model.paper_kinds import REQUEST
from capa_xl.reports.word.building.forms import (
    FORM_ANALYSIS,
    FORM_GRID,
    FORM_LINE,
    FORM_ROOMY,
    form_block,
    form_heads,
    form_room,
    form_rooms,
    form_row,
    form_sign,
    form_values_or_room,
)
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.paper_report import problem_box
from capa_xl.reports.word.building.pieces import SMALL, cancelled, gap, known, paragraph, steer, table, when


def sections() -> tuple[PageSection]:
    """One page."""
    return (PageSection(_body(), is_deep=True),)


def _body() -> tuple[str, ...]:
    return (
        paragraph(REQUEST.title, "FormTitle", extra='<w:spacing w:after="40" w:line="360" w:lineRule="exact"/>'),
        when("cancelled", cancelled("cancelled")),
        table(FORM_GRID, (*_first(), *_second(), *_third(), *_fourth()), "FormTable"),
        gap(),
        table(FORM_GRID, _fifth(), "FormTable"),
        when("head.missing", paragraph("{{ head.missing }}", SMALL)),
        problem_box("problems", "head.draft", "cancelled"),
    )


def _first() -> Sequence[str]:
    return (
        form_rooms(("要求单编号", "head.number", 3), ("改进编号", "action.number", 3)),
        form_row(("性质", "{{ boxes.type }}\u3000\u3000{{ boxes.severity }}\u3000\u3000{{ boxes.repeat }}", 7)),
        form_block("① 提出部门填写（不符合或潜在问题：写事实，时间、地点、对象、数量）"),
        form_row(("提出部门/人", "{{ raised.department }} / {{ raised.by }}", 7)),
        *_received(),
        form_row(("问题描述", "{{ raised.description }}", 7)),
        form_rooms(("违反的要求", "raised.requirement", 3), ("证据", "raised.evidence", 3)),
        form_room("临时处置", "raised.containment", keep=True),
        form_sign("提出人签字", "{{ raised.on }}", when="提出日期"),
    )  # fmt: skip


def _received() -> Sequence[str]:
    """Who answers it, and until when: as high as people need to write where nobody said so."""
    who = ("接收部门/人", _both("receiver.department", "receiver.name"), 7)
    until = (
        ("来源/单号/过程", "{{ raised.source }} / {{ raised.source_number }} / {{ raised.process }}", 4),
        ("回复期限", known("receiver.reply_due_on"), 2),
    )
    return (
        *_or_room("receiver.department and receiver.name", who),
        *_or_room("receiver.reply_due_on", *until),
    )


def _or_room(condition: str, *pairs: tuple[str, str, int]) -> Sequence[str]:
    steers = (steer(code, len(FORM_GRID), FORM_GRID) for code in (f"if {condition}", "else", "endif"))
    rows = (form_row(*pairs, height=height) for height in (FORM_LINE, FORM_ROOMY))
    first, other, end = steers
    filled, blank = rows
    return (first, filled, other, blank, end)


def _second() -> Sequence[str]:
    return (
        form_block("② 责任部门填写"),
        form_room("影响面及\n同类排查", "cause.impact"),
        form_room("原因分析\n及方法", "cause.text", FORM_ANALYSIS, keep=True),
        form_sign("调查人：" + known("cause.investigators") + "\u3000责任部门签字", known("cause.on"), when="调查日期"),
    )


def _third() -> Sequence[str]:
    columns = (
        (1, "序号", "{{ m.index }}"),
        (5, "措施 / 步骤", known("m.content")),
        (1, "责任人", known("m.owners")),
        (2, "完成期限", known("m.due_on.iso")),
    )
    return (
        form_block(
            "③ 措施（归口管理部门组织制定）{% if plan.replied_on %}　回复日期：{{ plan.replied_on }}{% endif %}"
        ),
        form_heads([(span, heading) for span, heading, _ in columns]),
        form_values_or_room([(span, text) for span, _, text in columns], "m in measures", "m.content"),
        *_resources(),
        form_sign("归口部门负责人签字"),
    )


def _resources() -> Sequence[str]:
    """Side by side; a long one below the other, over the whole width."""
    resources, communication = ("资源需求", "plan.resources"), ("涉及部门\n及沟通", "plan.communication")
    wide = (form_room(*one, keep=True) for one in (resources, communication))
    first, other, end = (steer(code, len(FORM_GRID), FORM_GRID) for code in ("if plan.is_long", "else", "endif"))
    return (first, *wide, other, form_rooms((*resources, 3), (*communication, 3), keep=True), end)


def _fourth() -> Sequence[str]:
    return (
        form_block("④ 批准"),
        form_row(("批准权限", "{{ boxes.route }}", 7)),
        form_row(
            ("结论", "{{ boxes.approval }}", 3),
            ("意见", known("approval.past_refusals"), 3),
            height=FORM_ROOMY,
            keep=True,
        ),
        form_sign(
            "批准人：" + known("approval.approver") + known("approval.evidence") + "\u3000签字", known("approval.on")
        ),
    )


def _fifth() -> Sequence[str]:
    """A table of its own whose rows stand on one page, signature and all: LibreOffice keeps whole tables only."""
    return (
        form_block("⑤ 检查与有效性评价"),
        form_rooms(("检查部门/人", "inspection.who", 3), ("检查日期\n及结论", "inspection.when", 3), keep=True),
        form_room("检查情况", "inspection.note", keep=True),
        form_rooms(("评价组织部门", "evaluation.department", 3), ("参加人", "evaluation.participants", 3), keep=True),
        form_row(
            ("评价结论", "{{ boxes.effect }}", 3),
            ("涉及文件修订", "{{ boxes.revision }}　后续编号：" + known("evaluation.follow_ups"), 3),
            keep=True,
        ),
        form_sign("确认人：" + known("evaluation.confirmer") + "\u3000签字", known("evaluation.on")),
    )  # fmt: skip


def _both(department: str, person: str) -> str:
    """A department of thirty characters takes one line here, a narrow cell of its own six; blank, room for a pen."""
    return f"{known(department)}{{% if {department} and {person} %}} / {{% endif %}}{known(person)}"
