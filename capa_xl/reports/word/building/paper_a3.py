"""重大改进一页报告: one A3 landscape in two columns, the problem on the left and what was done on the right.

The boxes of the left fill their column; what isn't known leaves room to write.
"""

from __future__ import annotations

from capa_xl.model import palette
from capa_xl.model.paper_kinds import A3
from capa_xl.reports.word.action_axis import AXIS_SIZES
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import (
    A3_COLUMN,
    DENSE,
    DENSE_CENTRED,
    DENSE_HEAD,
    ROOM_TO_WRITE,
    SMALL,
    GridCell,
    cancelled,
    column_break,
    gap,
    in_brackets,
    known,
    listing,
    paragraph,
    row,
    scaled,
    table,
    tag,
    told_paragraph,
    value,
    when,
)
from capa_xl.reports.word.context_a3 import SCHEME

TEXT = "Tight"
BACKGROUND, STATE, GOAL, CAUSE, EFFECT, LASTING = 3700, 1650, 1950, 3400, 3400, 800
"""Least heights of the boxes, in twentieths of a point."""
CANCELLED = 720
"""What two lines below the title take from the first box."""
_DAY_EDGE = 50
"""Margin of the cells of nine days side by side, so that each stays whole."""


def sections() -> tuple[PageSection]:
    """One page."""
    return (PageSection((*_left(), column_break(), *_right()), landscape=True, a3=True),)


def _left() -> tuple[str, ...]:
    return (
        paragraph(A3.title, "FormTitle"),
        paragraph("{{ r.action.number }}　{{ r.subject }}　{{ departments }}", "CellCentred"),
        when("r.cancelled", cancelled("r.cancelled"), _background(BACKGROUND - CANCELLED),
             otherwise=_background(BACKGROUND)),
        _box("二、现状", STATE,
            when("r.action.current_state", paragraph("{{ r.action.current_state }}", TEXT)),
            when("state", paragraph("{{ state }}", TEXT)), paragraph("", "Gap")),
        _box("三、目标", GOAL,
            paragraph(known("r.action.goal"), TEXT),
            when("r.goals", paragraph("指标：{% for g in r.goals %}{% if g.indicator %}{{ g.indicator }}，{% endif %}现值 {{ g.baseline }}，目标值 {{ g.target }}"
                                      + in_brackets("g.unit") + "{% endfor %}", TEXT))),
        _box("四、原因", CAUSE,
            told_paragraph(("分析方法", "r.action.analysis_methods"), ("原因类别", "r.action.cause_category"),
                           ("调查人", "r.action.investigators"), style=TEXT, end="。"),
            when("r.action.main_cause", paragraph("主要原因：{{ r.action.main_cause }}", TEXT)),
            paragraph(known("r.action.cause"), TEXT)),
    )  # fmt: skip


def _background(height: int) -> str:
    return _box("一、背景", height,
        paragraph("{{ r.action.description }}", TEXT),
        told_paragraph(("来源", "r.action.source", "{{ r.action.source }}" + in_brackets("r.action.source_number")),
                       ("影响面", "r.action.impact"), style=TEXT),
        when("r.action.containment", paragraph("临时处置：{{ r.action.containment }}", TEXT)))  # fmt: skip


def _right() -> tuple[str, ...]:
    days = (
        ("登记", "registered_on"), ("措施批准", "approved_on"), ("开始", "started_on"), ("原期限", "original_due_on"),
        ("现期限", "due_on"), ("完成", "completed_on"), ("检查", "inspected_on"), ("确认", "confirmed_on"), ("归档", "archived_on"),
    )  # fmt: skip
    return (
        _frame("五、措施{% if approved.by %}　批准：{{ approved.by }}{% endif %}", 0, paragraph(known("r.action.measure"), TEXT),
               when("r.action.scheme", paragraph(SCHEME + "{{ r.action.scheme }}", TEXT))),
        when("r.steps", _table((7.6, 2.6, 2.3, 2.3, 1.8), ("步骤", "{{ s.content }}"), ("责任人", "{{ s.owners }}"),
             ("计划完成", "{{ s.due_on.iso }}"), ("实际完成", "{{ s.done_on.iso }}"), ("按期", "{{ s.on_time }}"),
             loop="s in r.steps")),
        when("more_steps", paragraph("{{ more_steps }}", SMALL)),
        gap(),
        table((A3_COLUMN,), (_heading("六、时间轴　{{ strip }}{% if late %}　{{ late }}{% endif %}"),)),
        _axis(),
        _table((1,) * len(days), *((name, f"{{{{ m.{key}.iso }}}}") for name, key in days), loop="m in milestones", edge=_DAY_EDGE),
        gap(),
        _box("七、效果　结论：{{ r.boxes.effect }}", EFFECT,
            when("r.effect.chart", paragraph("{{ r.effect.chart }}", "ChartPlace"),
                 otherwise=paragraph("{{ r.effect.none }}", TEXT)),
            when("r.effect.sentence", paragraph("{{ r.effect.sentence }}", TEXT))),
        _box("八、巩固", LASTING,
            paragraph("是否涉及文件修订：{{ r.boxes.revision }}　{% for v in r.revisions %}{{ v.document_number }} {{ v.document_name }}"
                      + in_brackets("v.new_version") + "{% if not loop.last %}、{% endif %}{% endfor %}", TEXT),
            paragraph("后续编号：{% for f in r.follow_ups %}{{ f.number }} {% else %}无{% endfor %}　"
                      "同类问题复发：{{ r.recurrence }}", TEXT)),
        _signatures(),
    )  # fmt: skip


def _box(heading: str, height: int, *blocks: str) -> str:
    """A heading over a frame of at least that height, and the gap to the next one."""
    return _frame(heading, height, *blocks) + gap()


def _frame(heading: str, height: int, *blocks: str) -> str:
    """The same without the gap, for a table that stands right below."""
    return table((A3_COLUMN,), (_heading(heading), _framed(height, *blocks)))


def _framed(height: int, *blocks: str) -> str:
    return row([GridCell("".join(blocks), top=True)], (A3_COLUMN,), height=height)


def _heading(words: str) -> str:
    return row([GridCell(paragraph(words, "BlockHead"), fill=palette.BLOCK_FILL)], (A3_COLUMN,))


def _axis() -> str:
    """The months of the action, as wide as there are: in each the phase at its end, and its marks below."""
    axes = (when(f"axis_size == {size}", _axis_of(size)) for size in AXIS_SIZES)
    return "".join(axes) + table((A3_COLUMN,), (_framed(0, paragraph("{{ axis_words }}", SMALL)),))


def _axis_of(size: int) -> str:
    widths = scaled((1,) * size, A3_COLUMN)
    places = [f"axis[{at}]" for at in range(size)]
    months = [GridCell(paragraph(known(f"{place}.month"), DENSE_HEAD), label=True) for place in places]
    phases = [GridCell(_phase(place)) for place in places]
    marks = [GridCell(paragraph(known(f"{place}.marks"), DENSE_CENTRED)) for place in places]
    return table(widths, [row(cells, widths) for cells in (months, phases, marks)])


def _phase(place: str) -> str:
    """The letter in the tint of its phase; where the deadline is past 逾 behind it, red as on the sheet 时间轴."""
    late = tag(f"if {place}.late") + paragraph(f"{{{{ {place}.phase }}}}逾", "PhaseLate")
    branches = late + "".join(
        tag(f"elif {place}.phase == '{letter}'") + paragraph(letter, f"Phase{letter}") for letter in palette.PHASES
    )
    return branches + tag("else") + paragraph("", DENSE_CENTRED) + tag("endif")


def _signatures() -> str:
    """Who draws up, reviews and approves this page signs and dates it: what is on record are days of the measure."""
    widths = scaled((1, 1, 1), A3_COLUMN)
    names = ("编制：", "审核：", "批准：")
    rows = ((names, 0), (("签字：",) * 3, ROOM_TO_WRITE), (("日期：",) * 3, ROOM_TO_WRITE))
    return table(
        widths, [row([value(text, style=DENSE) for text in texts], widths, height=tall) for texts, tall in rows]
    )


def _table(shares: tuple[float, ...], *columns: tuple[str, str], loop: str, edge: int = 0) -> str:
    return listing(shares, columns, loop, width=A3_COLUMN, dense=True, edge=edge)
