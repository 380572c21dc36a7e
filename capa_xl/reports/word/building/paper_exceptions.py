"""情况说明确认单: every entry of 例外说明 on one sheet to sign (decisions A2)."""

from __future__ import annotations

from capa_xl.model.paper_kinds import EXCEPTIONS
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import (
    ROOM_TO_WRITE,
    WIDE,
    known,
    listing,
    paragraph,
    signature_block,
    signature_feet,
    when,
)

_COLUMNS = (1, 2.4, 1.3, 4.25, 4.3, 2.95, 2.2, 2, 2.4)
_ROLES = (("编制（质量部）", "", ""), ("确认（质量部负责人）", "", ""), ("确认（总经理）", "", ""))


def sections() -> tuple[PageSection]:
    """A page, or as many as the entries take."""
    return (PageSection(_body(), landscape=True),)


def _body() -> tuple[str, ...]:
    return (
        paragraph(EXCEPTIONS.title, "Title"),
        paragraph("以下各项不符合制度之处已成事实，在此说明原因，由有权人确认；是否已确认见“情况”栏。不改动任何日期。"
                  "有权人：质量部负责人、总经理或该项的应批准人；质量部自身的事项由总经理确认（总经理兼任质量部负责人的，由该项的应批准人确认）；不得为自己确认。"),
        when(
            "entries",
            listing(
                _COLUMNS,
                (
                    ("序号", "{{ x.index }}"), ("编号 / 期间", "{{ x.covers }}"), ("规则", "{{ x.rule }}"),
                    ("问题", known("x.problems")), ("说明", "{{ x.note }}"), ("确认人", known("x.signed_by")),
                    ("日期", known("x.on.iso")), ("情况", "{{ x.worth }}"), ("签字", ""),
                ),
                "x in entries",
                width=WIDE,
                height=ROOM_TO_WRITE,
                feet=signature_feet(_ROLES, _COLUMNS, (3, 1, 2, 3), WIDE),
            ),
            otherwise=paragraph("没有情况说明。") + signature_block(_ROLES, width=WIDE),
        ),
    )  # fmt: skip
