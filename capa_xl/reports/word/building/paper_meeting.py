"""改进例会材料: one A4, a line a department, and room for what the meeting says."""

from __future__ import annotations

from capa_xl.model.paper_kinds import MEETING
from capa_xl.reports.word.building.look import PageSection
from capa_xl.reports.word.building.pieces import CELL, ROOM_TO_DECIDE, WIDE, listing, paragraph, when


def sections() -> tuple[PageSection]:
    """One page."""
    return (PageSection(_body(), landscape=True),)


def _body() -> tuple[str, ...]:
    return (
        paragraph(f"{MEETING.title}（{{{{ period }}}}）", "Title"),
        paragraph("{{ summary }}", CELL),
        when(
            "departments",
            listing(
                (2.8, 4.8, 5.5, 5.6, 4.7),
                (
                    ("部门", "{{ d.name }}"), ("本期完成", "{{ d.done }}"), ("逾期（截至本日）", "{{ d.late }}"),
                    ("近期到期", "{{ d.coming }}"), ("会议意见（决定、责任人、期限）", ""),
                ),
                "d in departments",
                width=WIDE,
                dense=True,
                height=ROOM_TO_DECIDE,
            ),
            otherwise=paragraph("本期没有完成的、逾期的和近期到期的措施。"),
        ),
        when("more", paragraph("{{ more }}", CELL)),
        paragraph("主持：＿＿＿＿＿＿\u3000记录：＿＿＿＿＿＿\u3000日期：＿＿＿＿＿＿\u3000参加：＿＿＿＿＿＿＿＿＿＿＿＿＿＿", CELL,
                  extra='<w:spacing w:before="170"/>'),
    )  # fmt: skip
