"""Paper B: 运维服务能力改进计划 (4.1.1, 4.1.2)."""

from __future__ import annotations

from collections.abc import Sequence

from capa_xl.model.paper_kinds import PLAN
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.paper_report import problem_box
from capa_xl.reports.word.building.pieces import (
    SMALL,
    TEXT_WIDTH,
    WIDE,
    cover,
    each,
    form,
    gap,
    known,
    lines,
    listing,
    paragraph,
    signature_block,
    when,
)
from capa_xl.reports.word.context_plan import NONE
from capa_xl.reports.word.plan_pages import CHANGES, DECLINED, DECLINED_ACROSS, GOALS, NAMES, SOURCES, VERSIONS

H1, H2 = "Heading1", "Heading2"
_ITEMS, _SCHEMES, _RESOURCES = "四、改进项目一览", "五、重大与重复项目的方案", "六、资源需求汇总"
_CALENDAR, _NONE_DUE = "七、实施、检查与评价安排", "本期无到期项目。"
_NAME_EDGE = 60
"""Margin of the cells of names, so that a short one has a line, and a whole one of seventeen characters."""
_KINDS = (("4.1 纠正方面", "corrective"), ("4.2 预防方面（含改进机会）", "preventive"))
_ANY = "corrective or preventive or unclassified"


def sections() -> tuple[PageSection, PageSection]:
    """Portrait, then landscape from the ranked list to the end: what follows the list fills its last page.

    A plan without items ends upright: of a landscape section without anything no page is made.
    """
    needs_across = when("declined_across", *_declined(DECLINED_ACROSS, WIDE), _full_names(WIDE))
    needs_upright = when("not declined_across", *_declined(DECLINED, TEXT_WIDTH), _full_names(TEXT_WIDTH))
    listed = (needs_across, *_items(), *_schemes(), *_resources(), *_calendar(), *_closing())
    upright = (
        *_approval(), *_purpose(), *_goals(), *_sources(), needs_upright, when(f"not ({_ANY})", *_nothing())
    )  # fmt: skip
    return PageSection(upright, is_deep=True), PageSection((when(_ANY, *listed),), landscape=True, is_deep=True)


def _approval() -> tuple[str, ...]:
    return (
        cover(PLAN.title, "{{ identity }}"),
        paragraph(PLAN.title, "Title"),
        paragraph("{{ identity }}", "Subtitle"),
        paragraph("批准记录", H1),
        when("versions", listing(VERSIONS, (
            ("版本", "{{ v.version }}"), ("编制人", "{{ v.author }}"), ("编制日期", "{{ v.written_on.iso }}"),
            ("审核人", "{{ v.reviewer }}"), ("审核日期", "{{ v.reviewed_on }}"),
            ("批准人", "{{ v.approver }}"), ("批准日期", "{{ v.approved_on.iso }}"), ("结论", "{{ v.approval }}"),
        ), "v in versions", dense=True), otherwise=paragraph("{{ no_versions }}", "Tight")),
        *_signatures(),
        when("changes", paragraph("变更履历", H2), listing(CHANGES, (
            ("版本", "{{ c.version }}"), ("日期", "{{ c.on.iso }}"), ("变更内容", "{{ c.what }}"), ("批准", "{{ c.approval }}"),
        ), "c in changes", dense=True)),
        when("versions and not changes", paragraph("变更履历：无", H2)),
    )  # fmt: skip


def _signatures() -> tuple[str, ...]:
    """On the first page, where the version is approved: at the end they would stand alone on a page."""
    return (
        paragraph("本版签字", H2),
        signature_block((
            ("编制{% if not plan.author %}（质量部）{% endif %}", known("plan.author"), known("plan.written_on")),
            ("审核（质量部负责人）", "", ""),
            ("批准{% if not plan.approver %}（总经理）{% endif %}", known("plan.approver"), known("plan.approved_on")),
        ), keep=True),
        paragraph("批准结论：{{ approval_boxes }}" + known("evidence") + "　　意见：", "Tight"),
    )  # fmt: skip


def _purpose() -> tuple[str, ...]:
    return (
        paragraph("一、目的与依据", H1),
        paragraph("为持续改进运维服务管理体系的有效性，消除不合格和潜在不合格的原因，依据 {{ head.policy }} "
                  "4.1 制定本计划，报总经理审核批准后实施。", "Tight"),
    )  # fmt: skip


def _goals() -> tuple[str, ...]:
    return (
        paragraph("二、总体目标和总体要求", H1),
        when("plan.goal or plan.requirement",
             paragraph("总体目标", H2), lines("plan.goal", "Tight"),
             paragraph("总体要求", H2), lines("plan.requirement", "Tight"),
             otherwise=paragraph("总体目标、总体要求：{{ no_aims }}", H2)),
        when("goals", paragraph("目标分解", H2), listing(GOALS, (
            ("目标", "{{ g.goal }}"), ("现值", "{{ g.current }}"), ("目标值", "{{ g.target }}"),
            ("统计周期", "{{ g.period }}"), ("责任部门", "{{ g.department }}"),
        ), "g in goals", dense=True, brief=("目标", "现值", "目标值", "统计周期"))),
    )  # fmt: skip


def _sources() -> tuple[str, ...]:
    return (
        paragraph("三、改进机会的来源与评估", H1),
        paragraph("3.1 五类来源覆盖", H2),
        when("sources", listing(SOURCES, (
            ("来源（4.1.1）", "{{ s.source }}"), ("收集条数", "{{ s.collected }}"), ("采纳", "{{ s.adopted }}"),
            ("合并", "{{ s.merged }}"), ("暂缓", "{{ s.postponed }}"), ("不采纳", "{{ s.refused }}"), ("说明", "{{ s.note }}"),
        ), "s in sources", dense=True, counts=("收集条数", "采纳", "合并", "暂缓", "不采纳")),
            paragraph("需求算周期内登记的；直接列入跟踪表的算第四节所列的，和列入以后取消的。", SMALL),
            otherwise=paragraph("{{ no_needs }}")),
    )  # fmt: skip


def _full_names(width: int) -> str:
    """Before the tables that shorten them, below the needs declined."""
    return when(
        f"short_names and ({_ANY})",
        paragraph("部门全称（以下各表缩短的）", H2),
        listing(
            NAMES,
            (
                ("表中写作", "{{ n.short }}"),
                ("全称", "{{ n.whole }}"),
                ("表中写作", known("n.second_short")),
                ("全称", known("n.second")),
            ),
            "n in short_names",
            dense=True,
            width=width,
            edge=_NAME_EDGE,
            names=True,
        ),
    )


def _declined(shares: Sequence[float], width: int) -> tuple[str, ...]:
    return (
        paragraph("3.2 需评估未采纳的需求", H2),
        when("declined", listing(shares, (
            ("登记编号", "{{ d.number }}"), ("部门", "{{ d.department }}"), ("描述", "{{ d.description }}"),
            ("结论", "{{ d.evaluation }}"), ("理由", "{{ d.evaluation_note }}"), ("评估人", "{{ d.evaluator }}"),
            ("日期", "{{ d.evaluated_on.iso }}"),
        ), "d in declined", width=width, dense=True, brief=("描述", "理由")), otherwise=paragraph("{{ no_declined }}")),
    )  # fmt: skip


def _items() -> tuple[str, ...]:
    def block(loop: str) -> str:
        return listing((0.98, 2.4, 3.97, 2.6, 4.15, 3.5, 2.15, 3.2, 2.45), (
            ("序号", "{{ i.index }}"), ("编号\n优先级 类型\n过程", "{{ i.number }}{% if i.kinds %}\n{{ i.kinds }}{% endif %}"),
            ("问题/机会（现状）", "{{ i.problem }}"), ("目标", "{{ i.goal }}"),
            ("措施与方案、资源", "{{ i.measure }}{% if i.resources %}\n资源：{{ i.resources }}{% endif %}"),
            ("归口部门\n责任部门\n责任人", "{{ i.departments }}"),
            ("完成期限", "{{ i.due_on.iso }}"),
            ("批准方式", "{{ i.route }}"), ("效果确认\n方式/时间", "{{ i.confirmation }}"),
        ), loop, width=WIDE, dense=True, counts=("序号",),
           brief=("问题/机会（现状）", "目标", "措施与方案、资源"))  # fmt: skip

    return (
        paragraph(_ITEMS, H1),
        paragraph(
            "过长的文字以…结尾，方案见第五节，全文都在《改进计划跟踪表》。归口部门就是责任部门的只写一次，过长的名称缩短了，全称在前面的表里。批准未注明凭证的，批准依据：台账记载。",
            SMALL,
            keep=True,
        ),
        _edition_note(),
        *(
            when(
                name,
                paragraph(heading, H2),
                block(f"i in {name}"),
                otherwise=_none_of(heading),
            )
            for heading, name in _KINDS
        ),
        when(
            "unclassified",
            paragraph("4.3 未分类（“措施类型”空白、不认识或没有这一列）", H2),
            block("i in unclassified"),
        ),
    )


def _nothing() -> tuple[str, ...]:
    """四 to 七 of a plan without items."""
    return (
        paragraph(_ITEMS, H1),
        _edition_note(),
        *(_none_of(heading) for heading, _ in _KINDS),
        _no_schemes(),
        _no_resources(),
        paragraph(_CALENDAR, H1),
        paragraph(_NONE_DUE, "Tight"),
        *_closing(),
    )


def _edition_note() -> str:
    """What changed since the edition before, above what changed; at the end it would stand alone on a page."""
    return when("head.edition_note", paragraph("版本说明：{{ head.edition_note }}", SMALL, keep=True))


def _none_of(heading: str) -> str:
    return paragraph(f"{heading}：{{{{ no_kind }}}}", H2)


def _no_schemes() -> str:
    return paragraph(f"{_SCHEMES}：{{{{ no_majors }}}}", H1)


def _no_resources() -> str:
    return paragraph(f"{_RESOURCES}：{NONE}", H1)


def _schemes() -> tuple[str, ...]:
    return (
        when("majors", paragraph(_SCHEMES, H1), each(
            "m in majors",
            paragraph("{{ m.number }}　{{ m.subject }}", H2),
            form((
                ("现状分析", "{{ m.state }}"), ("原因", "{{ m.cause }}"), ("改进方案", "{{ m.measure }}{% if m.scheme %}\n实施方案：{{ m.scheme }}{% endif %}"),
                ("效果指标", "{{ m.indicator }}", "现值 → 目标", "{{ m.from_to }}"),
            ), whole=True, width=WIDE),
            when("m.steps", gap(), listing((9, 3, 3), (
                ("步骤", "{{ s.content }}"), ("责任人", "{{ s.owners }}"), ("计划完成", "{{ s.due_on.iso }}"),
            ), "s in m.steps", width=WIDE, dense=True)),
        ), otherwise=_no_schemes()),
        when("schemes", paragraph("其他项目的实施方案、步骤", H2), listing((1.65, 15.15), (
            ("编号", "{{ s.number }}"), ("实施方案、步骤", "{{ s.scheme }}"),
        ), "s in schemes", width=WIDE, dense=True)),
    )  # fmt: skip


def _resources() -> tuple[str, ...]:
    return (
        when("resources", paragraph(_RESOURCES, H1), paragraph("{{ resources_total }}", keep=True), listing((1.65, 7.6, 4.2, 1.5, 1.85), (
            ("编号", "{{ r.number }}"), ("资源类别与内容", "{{ r.content }}"), ("落实责任（部门经理）", "{{ r.manager }}"),
            ("落实日期", "{{ r.on.iso }}"), ("已向总经理申请", "{{ r.by_general_manager }}"),
        ), "r in resources", width=WIDE, dense=True), otherwise=_no_resources()),
    )  # fmt: skip


def _calendar() -> tuple[str, ...]:
    return (
        paragraph(_CALENDAR, H1),
        paragraph("运维服务过程的措施由归口责任部门检查；体系的措施和管理评审的改进措施由质量部检查，并协助解决执行中的问题（4.4.3）。", keep=True),
        when("months", listing((1.3, 6, 3.2, 4.5, 1.9), (
            ("月份", "{{ m.month }}"), ("到期编号", "{{ m.due }}"), ("提醒日（期限前{{ lead }}）", "{{ m.remind }}"),
            ("检查部门", "{{ m.inspectors }}"), ("计划确认月", "{{ m.confirm }}"),
        ), "m in months", width=WIDE, dense=True), otherwise=paragraph(_NONE_DUE)),
    )  # fmt: skip


def _closing() -> tuple[str, ...]:
    return (
        when("head.missing", paragraph("{{ head.missing }}")),
        problem_box("problems", "head.draft"),
    )
