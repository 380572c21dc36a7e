"""集团管理评审输入: who is where, what to decide, the worst ten, the trend, and what was not counted."""

from __future__ import annotations

from capa_xl.model.paper_kinds import GROUP
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.paper_review import COUNTS, OPEN_AFTER, ORDER, UNDATED, decision_cards
from capa_xl.reports.word.building.pieces import (
    SMALL,
    each,
    figure_cards,
    listing,
    paragraph,
    signature_block,
    when,
)

H1, H2 = "Heading1", "Heading2"


def sections() -> tuple[PageSection]:
    """One portrait section. The signatures stand before the annex: they fill no page alone."""
    return (PageSection((*_first(), *_companies(), *_decisions(), *_late(), *_trend(), *_closing(), *_left_out())),)


def _table(name: str, shares: tuple[float, ...], *columns: tuple[str, str], note: str = "") -> str:
    rows = listing(shares, columns, f"x in {name}.rows", dense=True, counts=COUNTS)
    told = paragraph(f"{{% if {name}.more %}}{{{{ {name}.more }}}}{{% endif %}}{note}", SMALL)
    more = told if note else when(f"{name}.more", told)
    return when(f"{name}.rows", rows, more, otherwise=paragraph(f"{{{{ {name}.none }}}}", "Tight", keep=True))


def _first() -> tuple[str, ...]:
    return (
        paragraph(GROUP.title, "FormTitle"),
        paragraph("期间 {{ period.from }}至{{ period.to }}　数据截至 {{ head.as_of }}　编制 质量部", "CellCentred"),
        each("s in summary", paragraph("{{ s }}", "Tight")),
        figure_cards(),
    )


def _companies() -> tuple[str, ...]:
    return (
        paragraph("一、各公司情况（逾期多的在前）", H1),
        _table("companies", (6, 1.1, 1.1, 1.1, 1.1, 1.55, 1.55, 1.55, 1.55),
            ("公司", "{{ x.name }}"), ("在办", "{{ x.open }}"), ("实施\n逾期", "{{ x.late_doing }}"),
            ("环节\n超时", "{{ x.waiting }}"), ("错误", "{{ x.errors }}"), ("按期\n完成", "{{ x.on_time }}"),
            ("措施\n有效", "{{ x.effective }}"), ("按时\n提醒", "{{ x.reminded }}"), ("审批\n合规", "{{ x.approved }}"),
            note="实施逾期：过了完成期限还没有完成；环节超时：策划、审批、检查、确认、修订或归档超过了时限。错误：校验的错误。"),
    )  # fmt: skip


def _decisions() -> tuple[str, ...]:
    return (
        paragraph("二、提请决定的事项", H1),
        when("decisions.cards", paragraph(ORDER, SMALL, keep=True), *decision_cards("d in decisions.cards"),
             otherwise=paragraph("{{ decisions.none }}", "Tight", keep=True)),
        when("decisions.more", paragraph("{{ decisions.more }}", SMALL)),
    )  # fmt: skip


def _late() -> tuple[str, ...]:
    return (
        paragraph("三、逾期最久的措施", H1),
        paragraph("3.1 实施逾期最久的十项", H2),
        _table("late", (2.9, 2.32, 4.55, 2.25, 2.14, 2.44),
            ("公司", "{{ x.company }}"), ("编号", "{{ x.number }}"), ("事项", "{{ x.matter }}"),
            ("部门/责任人", "{{ x.responsible }}"), ("期限/\n逾期天数", "{{ x.due_on.iso }}\n{{ x.days }} 天"),
            ("待办责任人", "{{ x.next_actor }}")),
        paragraph("3.2 环节超时最久的十项", H2),
        _table("waits", (2.9, 2.32, 4.95, 1.85, 2.14, 2.44),
            ("公司", "{{ x.company }}"), ("编号", "{{ x.number }}"), ("事项", "{{ x.matter }}"), ("类别", "{{ x.kind }}"),
            ("环节期限/\n超时天数", "{{ x.due_on.iso }}\n{{ x.days }} 天"), ("待办责任人", "{{ x.next_actor }}")),
    )  # fmt: skip


def _trend() -> tuple[str, ...]:
    return (
        paragraph("四、趋势", H1),
        listing((1, 1, 1, 1, 1, 1, 1), (
            ("期初在办", "{{ f.open_before }}"), ("新增", "{{ f.new }}"), ("完成", "{{ f.completed }}"),
            ("关闭", "{{ f.closed }}"), ("取消", "{{ f.cancelled }}"), ("转后续", "{{ f.superseded }}"),
            (OPEN_AFTER, "{{ f.open_after }}"),
        ), "f in flow", dense=True, counts=COUNTS, keep=True),
        when("undated", paragraph(UNDATED, SMALL)),
        when("trend", paragraph("{{ trend }}", "ChartPlace", keep=True)),
    )  # fmt: skip


def _left_out() -> tuple[str, ...]:
    return (
        when(
            "left_out.rows",
            paragraph("附表　没有计入的工作簿", H1),
            _table("left_out", (6, 10.6), ("工作簿", "{{ x.name }}"), ("原因", "{{ x.reason }}")),
        ),
    )


def _closing() -> tuple[str, ...]:
    roles = ("编制（质量部）", "审核（质量部负责人）", "接收（总经理）")
    return (paragraph("签字", H1), signature_block([(role, "", "") for role in roles]))
