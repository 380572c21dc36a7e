"""Paper E: 管理评审输入报告 (4.1.1, 4.2.3, 4.3.2, 4.4.3), decisions first."""

from __future__ import annotations

from capa_xl.model import palette
from capa_xl.model.paper_kinds import REVIEW
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import (
    CELL,
    DENSE,
    ROOM_TO_DECIDE,
    SMALL,
    TEXT_WIDTH,
    GridCell,
    cover,
    each,
    figure_cards,
    gap,
    listing,
    paragraph,
    row,
    scaled,
    signature_block,
    table,
    when,
)

H1, H2 = "Heading1", "Heading2"


def sections() -> tuple[PageSection]:
    """One portrait section, deep so that four decisions stand on page one."""
    return (
        PageSection((
            *_summary(), *_earlier(), *_overall(), *_corrective(), *_preventive(), *_indicators(), *_audits(),
            *_suppliers(), *_overdue(), *_effects(), *_resources(), *_documents(), *_duties(), *_changes(),
            *_closing(), *_appendix(),
        ), is_deep=True),
    )  # fmt: skip


OPEN_AFTER = "{% if period.is_over %}期末在办{% else %}现在在办{% endif %}"
"""A period that hasn't ended has no end to be open at."""
STATUS_AS_OF = "（状态截至 {{ head.as_of }}）"
"""Behind the name of a list of a period: whatever period that is, what stands in it is of the day of the data."""
AFTER_REVIEW = "{% if period.is_review_over %}（评审日已过，状态截至 {{ head.as_of }}）{% endif %}"
"""Behind the matters for decision, which are those of the day of the data, not of a review that is over."""
COMING = (
    "8.2 {% if period.is_review_over %}即将到期（评审日已过，截至 {{ head.as_of }}；"
    "{% else %}到评审日将逾期、即将到期（{% endif %}已到提醒起始日）"
)
THEN = "{% if period.is_review_over %}现在{% else %}届时{% endif %}"
"""A day of the review that is over is not looked ahead to."""
UNDATED = "另有 {{ undated }} 项已经结束但没有结束日期，不在关闭、取消、转后续之内。"
COUNTS = (
    "在办", "本期完成", "按期", "实施逾期", "有效/确认", "期初在办", "新增", "完成", "关闭", "取消", "转后续", OPEN_AFTER, "逾期天数",
    "登记项", "已关闭", "分子", "分母", "项数", "数量", "比率", "达标期数", "是否成立",
    "顾客或市场反馈", "项目的验收", "测试数据", "质量统计", "供方业绩",
    "环节超时", "错误", "按期完成", "措施有效", "按时提醒", "审批合规", "超时天数",
)  # fmt: skip
"""Headings of columns of numbers or marks."""
TEXTS = (
    "决议", "问题", "原因", "措施", "指标", "方法", "信号", "编号/理由", "过程", "目标", "供方", "原因（最近反馈）", "效果指标",
    "前", "后", "申请理由", "文件", "规则", "说明", "未达标处置编号",
)  # fmt: skip
"""Headings of columns of texts, which are cut to a few lines."""
CUT_TEXTS = "各表里过长的文字以…结尾，全文见《改进计划跟踪表》和各登记表。"
"""Over the first table there is; an empty paper has nothing cut."""

ORDER = "等待评审批准的在前，其余在后，各按实施逾期从长到短，列不下时两类各占一半；一项措施一张卡片。"
"""Over the cards: why the first of them is the first."""


def _table(name: str, shares: tuple[float, ...], *columns: tuple[str, str]) -> str:
    """A table of one list of rows, or the sentence that stands in its place (本期无。 or 未启用…)."""
    return when(
        f"{name}.rows",
        listing(shares, columns, f"x in {name}.rows", dense=True, brief=TEXTS, counts=COUNTS),
        when(f"{name}.more", paragraph(f"{{{{ {name}.more }}}}", SMALL)),
        otherwise=paragraph(f"{{{{ {name}.none }}}}", "Tight"),
    )


def _summary() -> tuple[str, ...]:
    return (
        cover(REVIEW.title, "期间 {{ period.name }}"),
        paragraph(REVIEW.title, "FormTitle"),
        paragraph("期间 {{ period.from }}至{{ period.to }}　评审日期 {{ period.review_on }}　编制 质量部",
                  "CellCentred"),
        each("s in summary", paragraph("{{ s }}", "Tight")),
        figure_cards(),
        paragraph("提请管理评审决策事项" + AFTER_REVIEW, H1),
        when("agenda.cards", paragraph(ORDER, SMALL, keep=True), *decision_cards("d in agenda.cards"),
             otherwise=paragraph("{{ agenda.none }}", "Tight")),
        each("u in agenda.unlisted", paragraph("{{ u }}", "Tight")),
    )  # fmt: skip


def decision_cards(loop: str) -> tuple[str, ...]:
    """One card a decision over the full width: what, proposal, alternative, cost, and a line to write on."""
    widths = scaled((1.2, 0.8, 0.4, 0.25, 0.55), TEXT_WIDTH)
    head = "{{ d.index }}　{{ d.category }}　{{ d.number }}{% if d.where %}（{{ d.where }}）{% endif %}"
    options = (("建议", "proposal", 1), ("备选方案", "alternative", 2), ("所需资源", "resources", 2))
    answers = (("☐ 同意建议　☐ 备选方案　☐ 其他：", 2), ("责任部门：", 2), ("期限：", 1))
    return each(
        loop,
        table(widths, (
            row([GridCell(paragraph(head, "BlockHead", keep=True), 5, fill=palette.PALE_BLUE)], widths),
            row([GridCell(paragraph("{{ d.matter }}", CELL, keep=True), 5)], widths),
            row([GridCell(paragraph(f"{word}：{{{{ d.{key} }}}}", DENSE, keep=True), span) for word, key, span in options], widths),
            row([GridCell(paragraph(words, CELL), span) for words, span in answers], widths, height=ROOM_TO_DECIDE),
        )),
        gap(),
    ),  # fmt: skip


def _earlier() -> tuple[str, ...]:
    return (
        when("agenda.is_one_page", paragraph("一、以往管理评审措施的状况" + STATUS_AS_OF, H1, extra="<w:pageBreakBefore/>"),
             otherwise=paragraph("一、以往管理评审措施的状况" + STATUS_AS_OF, H1)),
        when("earlier.rows", paragraph(CUT_TEXTS, SMALL, keep=True)),
        _table("earlier", (2.64, 5.38, 2.32, 2.05, 2.14, 2.07), ("评审编号", "{{ x.review_number }}"),
            ("决议", "{{ x.decision }}"), ("编号", "{{ x.number }}"), ("责任部门", "{{ x.department }}"),
            ("期限/\n完成日期", "{{ x.due_on.iso }}{% if x.due_now %}\n现期限\n{{ x.due_now.iso }}{% endif %}\n{{ x.completed_on.iso }}"), ("状态/\n效果", "{{ x.status }}\n{{ x.effect }}")),
    )  # fmt: skip


def _overall() -> tuple[str, ...]:
    cut = (
        ("在办", "{{ x.open }}"), ("本期完成", "{{ x.completed }}"), ("按期", "{{ x.on_time }}"),
        ("实施逾期", "{{ x.overdue }}"), ("有效/确认", "{% if x.confirmed %}{{ x.effective }}/{{ x.confirmed }}{% else %}—{% endif %}"),
    )  # fmt: skip
    shares = (5, 2, 2, 2, 2, 2.4)
    return (
        paragraph("二、改进活动总体情况", H1),
        paragraph("2.1 期间流量（{{ period.from }}至{{ period.to }}{% if not period.is_over %}，截至 {{ head.as_of }}{% endif %}）", H2),
        listing((1, 1, 1, 1, 1, 1, 1), (
            ("期初在办", "{{ f.open_before }}"), ("新增", "{{ f.new }}"), ("完成", "{{ f.completed }}"),
            ("关闭", "{{ f.closed }}"), ("取消", "{{ f.cancelled }}"), ("转后续", "{{ f.superseded }}"),
            (OPEN_AFTER, "{{ f.open_after }}"),
        ), "f in flow", dense=True, counts=COUNTS),
        when("undated", paragraph(UNDATED, SMALL)),
        when("reopened", paragraph("{{ reopened }}。", SMALL)),
        paragraph("2.2 按来源、按部门（在办、实施逾期截至 {{ head.as_of }}）", H2),
        when("by_source.rows and not earlier.rows", paragraph(CUT_TEXTS, SMALL, keep=True)),
        _table("by_source", shares, ("来源", "{{ x.name }}"), *cut),
        when("by_department.rows", gap(), _table("by_department", shares, ("责任部门", "{{ x.name }}"), *cut)),
        when("rounds", paragraph("有效/确认按各项最后一次确认计，以前各次见第九节。", SMALL)),
        when("trend", paragraph("2.3 月度新增、关闭与实施逾期", H2), paragraph("{{ trend }}", "ChartPlace")),
    )  # fmt: skip


def _corrective() -> tuple[str, ...]:
    return (
        paragraph("三、不合格与纠正措施", H1),
        paragraph("3.1 重大、重复清单" + STATUS_AS_OF, H2),
        _table("major", (2.32, 3.45, 2.9, 3.15, 2.64, 2.14),
            ("编号/\n状态", "{{ x.number }}\n{{ x.status }}"), ("问题", "{{ x.problem }}"), ("原因", "{{ x.cause }}"),
            ("措施", "{{ x.measure }}"), ("批准", "{{ x.approval }}"), ("期限", "{{ x.due_on.iso }}")),
        when("major.rows", paragraph("列的是期内在办过的，和期内登记的。批准未注明凭证的，批准依据：台账记载。", SMALL)),
        paragraph("3.2 顾客投诉处置" + STATUS_AS_OF, H2),
        _table("complaints", (2.6, 1.7, 3.4, 3.3), ("投诉号", "{{ x.number }}"), ("是否成立", "{{ x.is_valid }}"),
            ("编号", "{{ x.action_number }}"), ("状态", "{{ x.status }}")),
        paragraph("3.3 复发率", H2),
        when("recurrence_rate", paragraph("{{ recurrence_rate }}", "Tight", keep=True)),
        _table("recurrences", (2.8, 2.8, 7.5, 3.5), ("编号", "{{ x.number }}"), ("前次编号", "{{ x.earlier }}"),
            ("关联", "{{ x.link }}"), ("登记日期", "{{ x.registered_on.iso }}")),
    )  # fmt: skip


def _preventive() -> tuple[str, ...]:
    """The table stands between the charts, of which two have a page: the room that they leave is filled by it."""
    return (
        paragraph("四、预防与统计分析", H1),
        paragraph("4.1 信号与处置", H2),
        _table("signals", (2.4, 4.15, 1.75, 3.2, 1.55, 3.55),
            ("分析编号", "{{ x.analysis_number }}"), ("数据来源、范围", "{{ x.indicator }}"), ("方法", "{{ x.method }}"),
            ("信号", "{{ x.signal }}"), ("处置", "{{ x.disposition }}"), ("编号/理由", "{{ x.answer }}")),
        paragraph("4.2 排列图", H2),
        _charts("paretos"),
        paragraph("4.3 数据覆盖（部门 × 五类信息）", H2),
        _table("coverage", (3, 2.6, 2.2, 2.2, 2.2, 2.2),
            ("部门", "{{ x.department }}"), ("顾客或市场反馈", "{{ x.marks[0] }}"), ("项目的验收", "{{ x.marks[1] }}"),
            ("测试数据", "{{ x.marks[2] }}"), ("质量统计", "{{ x.marks[3] }}"), ("供方业绩", "{{ x.marks[4] }}")),
        paragraph("4.4 控制图", H2),
        paragraph("{{ series }}。", "Tight"),
        when("control_charts", each("chart in control_charts", paragraph("{{ chart }}", "ChartPlace"))),
    )  # fmt: skip


def _charts(name: str) -> str:
    shown = each(f"chart in {name}", paragraph("{{ chart }}", "ChartPlace"))
    return when(name, shown, otherwise=paragraph("本期无。", "Tight"))


def _indicators() -> tuple[str, ...]:
    return (
        paragraph("五、过程指标", H1),
        _table("indicators", (1.6, 4.3, 2, 4.3, 1.3, 3.1),
            ("过程", "{{ x.process }}"), ("指标", "{{ x.indicator }}"), ("目标", "{{ x.target }}"),
            ("各期实测", "{{ x.measured }}"), ("达标\n期数", "{{ x.met }}"), ("未达标处置编号", "{{ x.disposition }}")),
    )  # fmt: skip


def _audits() -> tuple[str, ...]:
    return (
        paragraph("六、审核结果" + STATUS_AS_OF, H1),
        _table("audits", (3.4, 2.4, 2, 2, 5), ("审核（按登记年份）", "{{ x.audit }}"), ("首项登记", "{{ x.on.iso }}"),
            ("登记项", "{{ x.found }}"), ("已关闭", "{{ x.closed }}"), ("其余编号", "{{ x.open_numbers }}")),
        when("audits.rows", paragraph("列的是有项在期内登记或在办过的审核；登记项是这一年到期末登记的全部。", SMALL)),
    )  # fmt: skip


def _suppliers() -> tuple[str, ...]:
    return (
        paragraph("七、供方业绩", H1),
        _table("suppliers", (2.4, 3.6, 2.2, 2.2, 4.8), ("供方", "{{ x.supplier }}"), ("指标", "{{ x.indicator }}"),
            ("本期", "{{ x.current }}"), ("目标", "{{ x.target }}"), ("该供方的改进编号", "{{ x.disposition }}")),
    )  # fmt: skip


def _overdue() -> tuple[str, ...]:
    return (
        paragraph("八、逾期与预计逾期", H1),
        paragraph("8.1 当前实施逾期（截至 {{ head.as_of }}）", H2),
        _table("overdue", (2.32, 3.6, 2.35, 2.14, 3.2, 2.99),
            ("编号", "{{ x.number }}"), ("措施", "{{ x.measure }}"), ("部门/责任人", "{{ x.responsible }}"),
            ("期限/\n逾期天数", "{{ x.due_on.iso }}\n{{ x.days }} 天"), ("原因（最近反馈）", "{{ x.reason }}"),
            ("建议/已升级", "{{ x.proposal }}{% if x.escalated %}\n已升级 {{ x.escalated }}{% endif %}")),
        paragraph(COMING, H2),
        _table("coming", (2.32, 5.7, 3.4, 2.14, 3.04), ("编号", "{{ x.number }}"), ("措施", "{{ x.measure }}"),
            ("部门/责任人", "{{ x.responsible }}"), ("期限", "{{ x.due_on.iso }}"), (THEN, "{{ x.then }}")),
    )  # fmt: skip


def _effects() -> tuple[str, ...]:
    return (
        paragraph("九、措施有效性", H1),
        _table("effects", (2.32, 2.9, 3.25, 3.2, 1.3, 1.3, 2.33), ("编号", "{{ x.number }}"), ("效果指标", "{{ x.indicator }}"),
            ("前", "{{ x.before }}"), ("后", "{{ x.after }}"), ("目标", "{{ x.target }}"), ("结论", "{{ x.effect }}"),
            ("后续编号", "{{ x.follow_ups }}")),
        when("rounds", paragraph("{{ rounds }}。", SMALL)),
    )  # fmt: skip


def _resources() -> tuple[str, ...]:
    return (
        paragraph("十、资源与协调" + STATUS_AS_OF, H1),
        _table("resources", (2.32, 2.14, 1.9, 1.05, 1.9, 3.25, 1.9, 2.14), ("编号", "{{ x.number }}"), ("申请日期", "{{ x.asked_on.iso }}"),
            ("申请部门", "{{ x.department }}"), ("类别", "{{ x.kind }}"), ("金额或数量", "{{ x.amount }}"),
            ("申请理由", "{{ x.reason }}"), ("答复", "{{ x.answer }}{% if x.answered_by %}\n{{ x.answered_by }}{% endif %}"), ("答复日期", "{{ x.answered_on.iso }}")),
    )  # fmt: skip


def _documents() -> tuple[str, ...]:
    return (
        paragraph("十一、文件修订" + STATUS_AS_OF, H1),
        _table("documents", (2.65, 6, 2.9, 2.4, 2.65), ("编号", "{{ x.number }}"), ("文件", "{{ x.document }}"),
            ("状态", "{{ x.status }}"), ("计划", "{{ x.due_on.iso }}"), ("完成日期", "{{ x.revised_on.iso }}")),
    )  # fmt: skip


def _duties() -> tuple[str, ...]:
    return (
        paragraph("十二、质量部职责履行情况", H1),
        _table("duties", (4, 1.8, 1.8, 1.8, 7), ("事项", "{{ x.duty }}"), ("分子", "{{ x.numerator }}"),
            ("分母", "{{ x.denominator }}"), ("比率", "{{ x.share }}"), ("迟办与原因", "{{ x.note }}")),
        paragraph("情况说明清单" + STATUS_AS_OF, H2),
        _table("excuses", (2.4, 1.4, 5.8, 4.86, 2.14), ("编号", "{{ x.number }}"), ("规则", "{{ x.rule }}"),
            ("说明", "{{ x.note }}"), ("确认人", "{{ x.signed_by }}"), ("日期", "{{ x.on.iso }}")),
    )  # fmt: skip


def _changes() -> tuple[str, ...]:
    return (
        paragraph("十三、与上次相比的变化", H1),
        paragraph("{{ since }}", "Tight", keep=True),
        when("changes.rows", listing((3, 1.6, 11), (
            ("变化", "{{ x.kind }}"), ("项数", "{{ x.count }}"), ("编号", "{{ x.numbers }}"),
        ), "x in changes.rows", dense=True, counts=COUNTS)),
    )  # fmt: skip


def _appendix() -> tuple[str, ...]:
    return (
        paragraph("附录 A　KPI 计算口径", H1),
        paragraph(
            "每个指标由哪些行构成，见“01 改进看板”的《行清单》。以措施计的指标，已取消的只计入取消率"
            "{% if is_internal %}和数据质量{% endif %}。{% if uncounted %}{{ uncounted }}。{% endif %}", "Tight", keep=True,
        ),
        _table("kpi_notes", (3.9, 9.9, 1, 1), ("指标", "{{ x.name }}"), ("计算口径", "{{ x.formula }}"),
            ("分子", "{{ x.numerator }}"), ("分母", "{{ x.denominator }}")),
        when("is_internal",
            paragraph("附录 B　制度执行自查摘要（内部，截至 {{ head.as_of }}）", H1),
            _table("conformity", (2.4, 1.6, 12), ("判定", "{{ x.name }}"), ("项数", "{{ x.count }}"), ("要求编号", "{{ x.note }}")),
            when("broken.rows", gap(), listing((1, 1.87, 6.13, 2.85, 4.75), (
                ("编号", "{{ x.id }}"), ("条款", "{{ x.clause }}"), ("要求", "{{ x.text }}"), ("判定", "{{ x.verdict }}"),
                ("待整改的行（举例）", "{{ x.hits }}"),
            ), "x in broken.rows", dense=True), paragraph("各项要求待整改的全部行和对象（分母）见“06 制度执行自查表”。", SMALL)),
            paragraph("附录 C　数据质量（内部，截至 {{ head.as_of }}）", H1),
            _table("data_quality", (9.4, 1.2, 5), ("项目", "{{ x.name }}"), ("数量", "{{ x.count }}"), ("说明", "{{ x.note }}")),
        ),
        when("more_charts", paragraph("附录 {{ charts_appendix }}　其余控制图", H1),
            each("chart in more_charts", paragraph("{{ chart }}", "ChartPlace"))),
    )  # fmt: skip


def _closing() -> tuple[str, ...]:
    roles = ("编制（质量部专员）", "审核（质量部负责人）", "接收（总经理/\n评审主持人）")
    return (paragraph("签字", H1), signature_block([(role, "", "") for role in roles]))
