"""工作交接单: what a leaver hands over, each line checked off, with three signatures."""

from __future__ import annotations

from capa_xl.model.paper_kinds import HANDOVER
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import (
    CELL,
    TEXT_WIDTH,
    GridCell,
    form,
    gap,
    known,
    listing,
    paragraph,
    row,
    scaled,
    signature_feet,
    steer,
    table,
    when,
)

_COLUMNS = (0.96, 2.35, 3.79, 1.9, 2.14, 2.1, 2.1, 1.26)


def sections() -> tuple[PageSection]:
    """A page, or as many as the lines take."""
    return (PageSection(_body(), is_deep=True),)


def _body() -> tuple[str, ...]:
    return (
        paragraph(HANDOVER.title, "Title"),
        form(
            (
                ("移交人", "{{ giver.name }}", "部门", "{{ giver.department }}"),
                ("接交人", "{{ taker.name }}", "部门", "{{ taker.department }}"),
                ("交接日", "{{ since }}", "事项", "{{ count }}"),
            ),
        ),
        paragraph("以下各项自交接日起由接交人负责；同一栏里的其余人员不变；已经完成并注明日期的，仍记在移交人名下。"),
        listing(
            _COLUMNS,
            (
                ("序号", "{{ x.index }}"), ("编号", "{{ x.number }}"), ("内容", "{{ x.about }}"),
                ("栏目", "{{ x.header }}"), ("状态 / 期限", "{{ x.status }}{% if x.due_on %}\n{{ x.due_on.iso }}{% endif %}"),
                ("移交前", "{{ x.before }}"), ("移交后", "{{ x.after }}"), ("核对", ""),
            ),
            "x in lines",
            dense=True,
            feet=(_steer("if not left"), *_signatures(), _steer("endif")),
        ),
        when("left", gap(), table(scaled(_COLUMNS, TEXT_WIDTH), (*_left(), *_signatures()))),
    )  # fmt: skip


def _left() -> tuple[str, ...]:
    """What has still to be decided, a row each, in the table that is signed: no heading of columns repeats above it."""
    widths = scaled(_COLUMNS, TEXT_WIDTH)
    return (
        row([GridCell(paragraph("需要另行决定：", CELL, keep=True), len(widths))], widths),
        _steer("for x in left"),
        row([GridCell(paragraph("{{ x }}", CELL), len(widths))], widths),
        _steer("endfor"),
    )


def _steer(code: str) -> str:
    return steer(code, len(_COLUMNS), scaled(_COLUMNS, TEXT_WIDTH))


def _signatures() -> tuple[str, ...]:
    roles = (
        ("移交人", known("giver.name"), ""),
        ("接交人", known("taker.name"), ""),
        ("监交（部门经理）", "", ""),
        ("质量部", "", ""),
    )
    return tuple(signature_feet(roles, _COLUMNS, (2, 1, 3, 2), heading="签字"))
