"""Paper A: 改进效果确认报告 (4.5.2)."""

from __future__ import annotations

from capa_xl.model.paper_kinds import REPORT
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import (
    SMALL,
    TEXT_WIDTH,
    GridCell,
    cancelled,
    each,
    form,
    gap,
    known,
    lines,
    listing,
    page_break,
    paragraph,
    row,
    run_in,
    scaled,
    signature_block,
    steer,
    table,
    tag,
    told,
    told_paragraph,
    when,
)

H1, H2 = "Heading1", "Heading2"
_RESOURCED = "r.action.resources or r.action.resources_on or r.action.involved_departments or r.requests or r.action.communication"


def sections() -> tuple[PageSection]:
    """One section; every report of the file begins a page."""
    return (PageSection(_body(), is_deep=True),)


def _body() -> tuple[str, ...]:
    return (
        tag("for r in reports"),
        when("not loop.first", page_break()),
        paragraph(REPORT.title, "Title"),
        paragraph("{{ r.action.number }}\u3000{{ r.subject }}", "SubtitleTight"),
        when("r.cancelled", cancelled("r.cancelled"), otherwise=paragraph("{{ r.strip }}", "CellCentred")),
        _basics(),
        *_planning(),
        *_doing(),
        *_checking(),
        *_confirming(),
        *_closing(),
        tag("endfor"),
    )


def _basics() -> str:
    return form(
        (
            ("报告编号", "{{ r.number }}", "改进编号", "{{ r.action.number }}"),
            ("计划编号", "{{ r.action.plan_number }}", "来源/单号", "{{ r.action.source }} / {{ r.action.source_number }}"),
            ("措施类型", "{{ r.boxes.action_type }}", "严重度/重复",
             "{{ r.action.severity }} / {{ r.action.is_repeat }}{% if r.action.previous_numbers %}（前次 {{ r.action.previous_numbers }}）{% endif %}"),
            ("归口部门", "{{ r.derived.owning_department }}", "过程/层面", "{{ r.action.process }} / {{ r.derived.level }}"),
            ("责任部门/人", "{{ r.action.responsible_department }} / {{ r.action.owners }}"
             "{% if r.action.external_party %}（外部单位：{{ r.action.external_party }}）{% endif %}"),
            ("登记/提出", "{{ r.action.registered_on }} / {{ r.action.raised_by }}", "原/现期限", "{{ r.derived.original_due_on }} / {% if r.derived.original_due_on == r.action.due_on %}未变更{% else %}{{ r.action.due_on }}{% endif %}"),
            ("实际完成", "{{ r.action.completed_on }}", "结论", "{{ r.boxes.effect }}"),
        )
    )  # fmt: skip


def _text(key: str) -> str:
    """A text of the action, its lines kept, or what stands in the place of a blank one."""
    own = f"r.action.{key}"
    return when(own, lines(own), otherwise=paragraph(f"{{{{ r.nothing.{key} }}}}"))


def _listed(heading: str, condition: str, rows: str, nothing: str) -> tuple[str, ...]:
    """A part that is a table; where it is empty, that it is stands behind its heading: a line of its own costs pages."""
    return (when(condition, paragraph(heading, H2), rows, otherwise=run_in(heading, nothing, H2)),)


def _planning() -> tuple[str, ...]:
    return (
        paragraph("一、制订（4.1.2、4.2.2、4.3.2、4.4.4）", H1),
        paragraph("1.1 问题描述与影响面", H2),
        lines("r.action.description"),
        when("r.action.breached_requirement", paragraph("违反的要求：{{ r.action.breached_requirement }}")),
        when("r.action.impact", paragraph("影响面：{{ r.action.impact }}")),
        when("r.action.like_problems", paragraph("同类排查：{{ r.action.like_problems }}")),
        when("r.action.containment", paragraph("临时处置：{{ r.action.containment }}")),
        when(
            "r.is_preventive",
            paragraph("1.2 主要原因与统计依据", H2),
            told_paragraph(("分析编号", "r.action.analysis_number"), ("数据范围", "r.analysis.data_range"),
                           ("方法", "r.analysis.method"), ("信号", "r.analysis.signal")),
            told_paragraph(("主要原因", "r.action.main_cause")),
            otherwise=paragraph("1.2 原因分析", H2),
        ),
        told_paragraph(("分析方法", "r.action.analysis_methods"), ("原因类别", "r.action.cause_category"),
                       ("调查人", "r.action.investigators"), ("调查日期", "r.action.investigated_on"), end="。"),
        _text("cause"),
        paragraph("1.3 改进目标与效果指标", H2),
        when("r.action.goal or not r.goals", _text("goal")),
        when("r.action.goal and r.goals", gap(keep=True)),
        when("r.goals", listing((6, 2, 2, 2), (
            ("指标", "{{ g.indicator }}"), ("现值", "{{ g.baseline }}"),
            ("目标值", "{{ g.target }}"), ("单位", "{{ g.unit }}"),
        ), "g in r.goals")),
        paragraph("1.4 措施与实施方案", H2),
        _text("measure"),
        when("r.steps", gap(keep=True), listing((1.45, 6.2, 2.1, 2.44, 4.21), (
            ("步骤号", "{{ s.step }}"), ("步骤内容", "{{ s.content }}"), ("责任人", "{{ s.owners }}"),
            ("计划完成", "{{ s.due_on.iso }}"), ("产出", "{{ s.output }}"),
        ), "s in r.steps"), otherwise=when("r.action.scheme", lines("r.action.scheme"))),
        *_listed("1.5 资源与沟通", _RESOURCED, form((
            ("资源需求", "{{ r.action.resources }}"),
            ("落实日期", "{{ r.action.resources_on }}", "涉及部门", "{{ r.action.involved_departments }}"),
            ("资源申请", "{% for e in r.requests %}{{ e.on.iso }} {{ e.content }}；"
             "{% if e.answer %}答复：{{ e.answer }}{% else %}未答复{% endif %}"
             "{% if e.answered_by %}（{{ e.answered_by }}，{{ e.answered_on.iso }}）{% endif %}{% else %}{{ r.no_requests }}{% endfor %}"),
            ("沟通记录", "{{ r.action.communication }}"),
        ), whole=True), "没有登记资源需求、涉及部门和沟通记录；{{ r.no_requests }}。"),
        paragraph("1.6 批准", H2),
        listing((2.3, 2.55, 3.55, 2.44, 1.45, 4.31), (
            ("应批准方式", "{{ a.route }}"), ("实际批准方式", "{{ a.actual }}"), ("批准人", "{{ a.approver }}"),
            ("批准日期", "{{ a.on.iso }}"), ("结论", "{{ a.result }}"), ("评审编号 / 决议", "{{ a.decision }}"),
        ), "a in r.approvals"),
        each("a in r.approvals", when("a.evidence", paragraph("{{ a.evidence }}"))),
    )  # fmt: skip


def _doing() -> tuple[str, ...]:
    return (
        paragraph("二、实施（4.4.1、4.4.2、4.4.6）", H1),
        paragraph("2.1 实施情况", H2),
        _text("progress_note"),
        paragraph("完成证据：{% if r.action.evidence %}{{ r.action.evidence }}{% else %}{{ r.nothing.evidence }}{% endif %}"),
        *_listed("2.2 步骤完成情况", "r.steps", listing((1.45, 4.66, 1.8, 2.17, 2.17, 3.2, 1.14), (
            ("步骤号", "{{ s.step }}"), ("步骤内容", "{{ s.brief }}"), ("责任人", "{{ s.owners }}"),
            ("计划完成", "{{ s.due_on.iso }}"), ("实际完成", "{{ s.done_on.iso }}"),
            ("产出/证据", "{{ s.brief_output }}"), ("按期", "{{ s.on_time }}"),
        ), "s in r.steps", dense=True), "{{ r.no_steps }}"),
        *_listed("2.3 实施中问题与协调", "r.log", listing((2.44, 5.9, 1.85, 3.87, 2.54), (
            ("提出日期\n提出人", "{{ e.on.iso }}\n{{ e.recorded_by }}"), ("内容", "{{ e.content }}"),
            ("需总经理\n协调", "{{ e.needs_general_manager }}"), ("处理意见", "{{ e.answer }}"),
            ("处理日期\n处理人", "{{ e.answered_on.iso }}\n{{ e.answered_by }}"),
        ), "e in r.log"), "{{ r.no_log }}"),
        *_listed("2.4 期限变更", "r.extensions", listing((2.44, 2.44, 2.44, 3.6, 1.82, 2.44, 1.42), (
            ("申请日期", "{{ x.asked_on.iso }}"), ("原期限", "{{ x.old_due_on.iso }}"),
            ("新期限", "{{ x.new_due_on.iso }}"), ("理由", "{{ x.reason }}"), ("批准人", "{{ x.approver }}"),
            ("批准日期", "{{ x.approved_on.iso }}"), ("结论", "{{ x.approval }}"),
        ), "x in r.extensions"), "{{ r.no_extensions }}"),
        paragraph("2.5 提醒与催办", H2),
        paragraph("{{ r.reminder }}"),
    )  # fmt: skip


def _checking() -> tuple[str, ...]:
    return (
        paragraph("三、检查（4.4.3）", H1),
        when("r.inspections", listing((2.6, 3.6, 2.6, 1.6, 6), (
            ("应检查部门", "{{ i.department }}"), ("检查人（部门）", "{{ i.inspector }}"),
            ("检查日期", "{{ i.on.iso }}"), ("结论", "{{ i.result }}"), ("检查情况", "{{ i.note }}"),
        ), "i in r.inspections"), otherwise=paragraph("{{ r.no_inspection }}")),
        each("i in r.inspections", when("i.whole", paragraph("{{ i.on }}检查情况：", keep=True), lines("i.whole"))),
    )  # fmt: skip


def _confirming() -> tuple[str, ...]:
    return (
        paragraph("四、确认（4.5.1）", H1),
        paragraph("4.1 观察期", H2),
        paragraph("{{ r.observation }}"),
        paragraph("4.2 效果数据", H2),
        when("r.effect.rows", listing((3.6, 3.8, 5, 1.8, 1.3), (
            ("指标", "{{ m.indicator }}"), ("改进前", "{{ m.before }}"), ("改进后", "{{ m.after }}"),
            ("目标值", "{{ m.target }}"), ("达到", "{{ m.reached }}"),
        ), "m in r.effect.rows"), gap(), otherwise=paragraph("{{ r.effect.none }}")),
        when("r.effect.chart", paragraph("{{ r.effect.chart }}", "ChartPlace")),
        when("r.effect.sentence", paragraph("{{ r.effect.sentence }}")),
        paragraph("4.3 结论", H2),
        form((
            ("执行情况", "{{ r.conclusion.execution }}", "效果结论", "{{ r.conclusion.effect }}"),
            ("确认依据", "{{ r.conclusion.brief_basis }}"),
            ("组织/参加人", "{{ r.conclusion.department }}{% if r.conclusion.participants %} / {{ r.conclusion.participants }}{% endif %}"),
            ("确认人", "{{ r.conclusion.confirmer }}", "确认日期", "{{ r.conclusion.on }}"),
        ), whole=True),
        when("r.conclusion.whole", paragraph("确认依据全文：", keep=True), lines("r.conclusion.whole")),
        when("r.conclusion.evidence", paragraph("{{ r.conclusion.evidence }}")),
        when("r.past_conclusions", paragraph("历次确认：", keep=True), listing((1.2, 4.6, 1.9, 3.4, 2.44, 2.96), (
            ("轮次", "{{ c.round }}"), ("观察期", "{{ c.observed }}"), ("效果结论", "{{ c.effect }}"),
            ("确认人", "{{ c.confirmer }}"), ("确认日期", "{{ c.on.iso }}"), ("确认依据", "{{ c.basis }}"),
        ), "c in r.past_conclusions"), gap()),
        paragraph("4.4 巩固与后续", H2),
        paragraph("是否涉及文件修订：{{ r.boxes.revision }}", keep=True),
        when("r.revisions", gap(keep=True), listing((2.5, 2.6, 5.98, 1.22, 2.44, 1.66), (
            ("文件编号", "{{ v.document_number }}"), ("文件名称", "{{ v.document_name }}"),
            ("修改意见", "{{ v.proposal }}"), ("结论", "{{ v.approval }}"),
            ("修订完成", "{{ v.revised_on.iso }}"), ("新版本", "{{ v.new_version }}"),
        ), "v in r.revisions"), gap()),
        each("f in r.follow_ups", paragraph(told(("后续编号", "f.number"), ("完成期限", "f.due_on"), ("措施", "f.measure")))),
        paragraph("同类问题复发情况：{{ r.recurrence }}", keep=True),
    )  # fmt: skip


def _closing() -> tuple[str, ...]:
    signers = [
        (f"{{{{ r.people[{at}].role }}}}", known(f"r.people[{at}].name"), known(f"r.people[{at}].on"))
        for at in range(4)
    ]
    return (
        when("r.edition_note", paragraph("版本说明", H1), paragraph("{{ r.edition_note }}", keep=True)),
        when("r.corrections", paragraph("更正说明", H1), listing((2.44, 1.6, 2, 2.65, 2.65, 3.1, 2.16), (
            ("日期", "{{ c.on.iso }}"), ("类型", "{{ c.kind }}"), ("项目", "{{ c.field }}"),
            ("原内容", "{{ c.before }}"), ("更正后", "{{ c.after }}"), ("原因", "{{ c.reason }}"),
            ("批准人", "{{ c.approver }}"),
        ), "c in r.corrections")),
        problem_box("r.problems", "r.is_draft", "r.cancelled"),
        when("r.missing", paragraph("{{ r.missing }}", keep=True)),
        when("r.attachments", paragraph("附件清单", H1), listing((1.2, 9, 3), (
            ("序号", "{{ f.index }}"), ("名称 / 位置", "{{ f.name }}"), ("提供人", known("f.owner")),
        ), "f in r.attachments", keep=True)),
        paragraph("签字", H1),
        signature_block(signers, keep=True),
        paragraph("{% if r.action.archive_location %}归档位置：{{ r.action.archive_location }}　{% endif %}内容校验码 sha256:{{ r.content_hash }}", SMALL),
        when("r.photos or r.unshown_photos", paragraph("证据照片", H1)),
        when("r.photos", _photos()),
        when("r.unshown_photos", paragraph("{{ r.unshown_photos }}")),
    )  # fmt: skip


def _photos() -> str:
    """Two photos a row, each above its name and the first of its hash."""
    widths = scaled((1, 1), TEXT_WIDTH)
    cells = [
        GridCell(paragraph(known(f"p.{side}.picture"), "ChartPlace")
                 + paragraph(f"{{% if p.{side}.name %}}{{{{ p.{side}.name }}}}　{{{{ p.{side}.mark }}}}{{% endif %}}",
                             "CellCentred"))
        for side in ("left", "right")
    ]  # fmt: skip
    return table(widths, (steer("for p in r.photos", 2, widths), row(cells, widths), steer("endfor", 2, widths)))


def problem_box(rows: str, draft: str, ended: str = "") -> str:
    """数据提示 of a draft, 附注 of a final: the open errors of what is printed.

    Args:
        rows: Name of the errors in the template.
        draft: Condition for a draft.
        ended: Condition for a draft that no final follows; "" for none.
    """
    due = f"{{% if not {ended} %}}（定稿前应处理）{{% endif %}}" if ended else "（定稿前应处理）"
    return when(
        rows,
        paragraph(f"{{% if {draft} %}}数据提示{due}{{% else %}}附注{{% endif %}}", H1),
        listing((2.2, 4, 5.4, 5), (
            ("规则 / 条款", "{{ n.rule }} / {{ n.clause }}"), ("位置", "{{ n.place }}"),
            ("问题", "{{ n.message }}"), ("处理办法", "{{ n.fix }}"),
        ), f"n in {rows}"),
    )  # fmt: skip
