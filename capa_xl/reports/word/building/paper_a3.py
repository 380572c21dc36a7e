"""重大改进一页报告: one A3 landscape in two columns, the problem on the left and what was done on the right."""

from __future__ import annotations

from capa_xl.model.paper_kinds import A3
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import (
    A3_COLUMN,
    DENSE,
    ROOM_TO_WRITE,
    SMALL,
    column_break,
    known,
    listing,
    paragraph,
    row,
    scaled,
    table,
    value,
    when,
)

H1, TEXT = "Heading1", "Tight"


def sections() -> tuple[PageSection]:
    """One page."""
    return (PageSection((*_left(), column_break(), *_right()), landscape=True, a3=True),)


def _left() -> tuple[str, ...]:
    return (
        paragraph(A3.title, "FormTitle"),
        paragraph("{{ r.action.number }}　{{ r.subject }}　{{ r.derived.owning_department }} / {{ r.action.responsible_department }}",
                  "CellCentred"),
        paragraph("一、背景", H1),
        paragraph("{{ r.action.description }}", TEXT),
        paragraph("来源：{{ r.action.source }} {{ r.action.source_number }}；影响面：{{ r.action.impact }}", TEXT),
        when("r.action.containment", paragraph("应急处置：{{ r.action.containment }}", TEXT)),
        paragraph("二、现状", H1),
        paragraph("{{ r.action.current_state }}", TEXT),
        paragraph("三、目标", H1),
        paragraph("{{ r.action.goal }}", TEXT),
        when("r.goals", _table((6, 2, 2, 2), ("指标", "{{ g.indicator }}"), ("现值", "{{ g.baseline }}"),
             ("目标值", "{{ g.target }}"), ("单位", "{{ g.unit }}"), loop="g in r.goals")),
        paragraph("四、原因", H1),
        paragraph("分析方法：{{ r.action.analysis_methods }}；原因类别：{{ r.action.cause_category }}；调查人：{{ r.action.investigators }}。",
                  TEXT),
        when("r.action.main_cause", paragraph("主要原因：{{ r.action.main_cause }}", TEXT)),
        paragraph("{{ r.action.cause }}", TEXT),
    )  # fmt: skip


def _right() -> tuple[str, ...]:
    days = (
        ("登记", "registered_on"), ("批准", "approved_on"), ("开始", "started_on"), ("原期限", "original_due_on"),
        ("现期限", "due_on"), ("完成", "completed_on"), ("检查", "inspected_on"), ("确认", "confirmed_on"), ("归档", "archived_on"),
    )  # fmt: skip
    return (
        paragraph("五、措施", H1),
        paragraph("{{ r.action.measure }}", TEXT),
        when("r.steps", _table((8, 2.6, 2.3, 2.3, 1.4), ("步骤", "{{ s.content }}"), ("责任人", "{{ s.owners }}"),
             ("计划完成", "{{ s.due_on.iso }}"), ("实际完成", "{{ s.done_on.iso }}"), ("按期", "{{ s.on_time }}"),
             loop="s in r.steps")),
        when("more_steps", paragraph("{{ more_steps }}", SMALL)),
        paragraph("六、时间轴", H1),
        paragraph("{{ strip }}", TEXT),
        _table((1,) * len(days), *((name, f"{{{{ m.{key}.iso }}}}") for name, key in days), loop="m in milestones"),
        paragraph("七、效果", H1),
        when("r.effect.chart", paragraph("{{ r.effect.chart }}", "ChartPlace")),
        when("r.effect.sentence", paragraph("{{ r.effect.sentence }}", TEXT), otherwise=paragraph("{{ r.effect.none }}", TEXT)),
        paragraph("结论：{{ r.boxes.effect }}", TEXT),
        paragraph("八、巩固", H1),
        paragraph("是否涉及文件修订：{{ r.boxes.revision }}　{% for v in r.revisions %}{{ v.document_number }} {{ v.document_name }}"
                  "（{{ v.new_version }}）{% if not loop.last %}、{% endif %}{% endfor %}", TEXT),
        paragraph("后续编号：{% for f in r.follow_ups %}{{ f.number }} {% else %}无{% endfor %}　"
                  "同类问题复发：{{ r.recurrence }}", TEXT),
        _signatures(),
    )  # fmt: skip


def _signatures() -> str:
    """One line to sign on: who drew up, who reviewed, who approved."""
    widths = scaled((1, 1, 1.3), A3_COLUMN)
    approved = "批准：" + known("r.approvals[0].approver") + "　签字：　　　日期：" + known("r.action.approved_on.iso")
    texts = ("编制：　　　　　日期：", "审核：　　　　　日期：", approved)
    return table(widths, (row([value(text, style=DENSE) for text in texts], widths, height=ROOM_TO_WRITE),))


def _table(shares: tuple[float, ...], *columns: tuple[str, str], loop: str) -> str:
    return listing(shares, columns, loop, width=A3_COLUMN, dense=True)
