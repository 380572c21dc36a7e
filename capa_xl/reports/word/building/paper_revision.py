"""Paper D: 文件修改意见单 (4.5.3): one page per document."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.paper_kinds import REVISION
from capa_xl.reports.word.building.forms import (
    FORM_GRID,
    FORM_ROOMY,
    FORM_TEXT,
    form_block,
    form_heads,
    form_rooms,
    form_row,
    form_text_when,
    form_values,
)
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.paper_report import problem_box
from capa_xl.reports.word.building.pieces import known, paragraph, signature_feet, table, when


def sections() -> tuple[PageSection]:
    """One page."""
    return (PageSection(_body(), is_deep=True),)


def _body() -> tuple[str, ...]:
    return (
        paragraph(REVISION.title, "FormTitle"),
        table(FORM_GRID, (*_top(), *_proposal(), *_effects(), *_approval(), *_result(), *_signatures()), "FormTable"),
        when("head.missing", paragraph("{{ head.missing }}")),
        problem_box("problems", "head.draft"),
    )  # fmt: skip


def _top() -> tuple[str, ...]:
    return (
        form_row(("意见单编号", "{{ head.number }}", 3), ("提出部门", "{{ proposal.department }}", 3)),
        form_row(("提出人", "{{ proposal.by }}", 3), ("提出日期", "{{ proposal.on }}", 3)),
        form_block("① 关联"),
        form_row(("改进编号", "{{ action.number }}", 3), ("效果结论", "{{ boxes.effect }}", 3)),
        form_row(("问题描述", "{{ action.description }}", 7)),
        form_row(("已确认的措施", "{{ action.measure }}", 7)),
        form_row(("确认人", "{{ action.confirmer }}", 3), ("确认日期", "{{ action.confirmed_on }}", 3)),
        form_block("② 文件"),
        form_row(("文件编号", "{{ document.number }}", 3), ("文件名称", "{{ document.name }}", 3)),
        form_row(("类别", "{{ boxes.document_class }}", 3), ("现行版本", "{{ document.old_version }}", 3)),
        form_row(("涉及条款", "{{ document.clauses }}", 3), ("文件归口部门", "{{ document.department }}", 3)),
    )


def _proposal() -> tuple[str, ...]:
    heads = ((2, "条款"), (2, "现行内容"), (3, "建议修改为"), (2, "理由"))
    proposal = "{% if p.is_long %}（见下一行）{% else %}" + known("p.proposal") + "{% endif %}"
    body = ((2, known("p.clause")), (2, known("p.current")), (3, proposal), (2, known("p.reason")))
    return (
        form_block("③ 不一致说明与修改意见"),
        form_heads(heads),
        form_values(body, "p in rows", FORM_TEXT, form_text_when("p.is_long", "建议修改为：{{ p.proposal }}")),
    )


def _effects() -> tuple[str, ...]:
    line = "☐ 不涉及\u3000☐ 涉及：＿＿＿＿"
    return (
        form_block("④ 影响评估"),
        form_row(("相关文件", line, 3), ("相关表单", line, 3), height=FORM_ROOMY),
        form_row(("培训", line, 3), ("在用系统", line, 3), height=FORM_ROOMY),
    )


def _approval() -> tuple[str, ...]:
    return (
        form_block("⑤ 审批"),
        form_row(("文件归口部门负责人意见", "", 7), height=FORM_TEXT),
        form_rooms(("批准人", "approval.by", 3), ("批准日期", "approval.on", 3)),
        form_row(("结论", "{{ boxes.approval }}", 3), ("不同意理由", known("approval.reason"), 3), height=FORM_ROOMY),
    )


def _result() -> tuple[str, ...]:
    return (
        form_block("⑥ 修订结果"),
        form_rooms(("修订人", "result.reviser", 3), ("计划完成", "result.due_on", 3)),
        form_rooms(("修订完成日期", "result.revised_on", 3), ("新版本", "result.new_version", 3)),
        form_row(("发放 / 培训", "", 3), ("旧版收回", "", 3), height=FORM_ROOMY),
    )


def _signatures() -> Iterator[str]:
    roles = (
        ("提出", known("proposal.by"), known("proposal.on")),
        ("审核（文件归口部门）", "", ""),
        ("批准", known("approval.by"), known("approval.on")),
        ("质量部核实关闭", "", ""),
    )
    return signature_feet(roles, FORM_GRID, (3, 2, 2, 2), apart=False)
