"""The letter templates tried on made-up letters, so that a typing error shows now and not on Monday morning."""

from __future__ import annotations

from capa_xl.errors import BadTemplate
from capa_xl.model.weekly import WeeklyLine, WeeklyList
from capa_xl.reports.letter_templates import LetterTemplates, compile_templates
from capa_xl.reports.letter_view import LetterRow, LetterSection, LetterView

_FULL = LetterRow(
    "GJ-2026-001",
    "样例问题",
    "完成措施",
    "2026-11-30",
    "剩余 8 天",
    "改进计划跟踪表!A5",
    "服务台",
    "实施中",
    "补发",
    "soon",
    "登记● 策划● 审批◐ 实施○ 检查○ 确认○ 归档○",
)
_BARE = LetterRow("", "", "", "—", "", "", "", "", "", "calm")
_SECTIONS = (
    LetterSection("逾期", "overdue", 3, (_FULL, _BARE), "GJ-2026-002", 1),
    LetterSection("即将到期", "soon", 1, (_FULL, _FULL), lines=2),
    LetterSection("知会", "calm", 1, (_BARE,)),
)
_WEEKLY = (
    WeeklyList(
        "逾期", 30, (WeeklyLine("GJ-2026-001", "改进计划跟踪表!A5", "逾期 3 天", "服务台", "样例问题"),), unlisted=29
    ),
    WeeklyList("无法送达", 1, (WeeklyLine("", "", "样例工"),), above=("GJ-2026-001",)),
)
EXAMPLES = (
    LetterView("样例工", "服务台", "2026-11-22", "实施逾期 3 项", "改进措施提醒", "请先处理。", "样例公司", "样例.xlsx",
               _SECTIONS, _WEEKLY, rehearsal=True,
               place="https://pan.example/样例.xlsx",
               link="https://pan.example/样例.xlsx", contact="样例质 8000", extension="延期写在《延期记录》。",
               policy="样例制度"),
    LetterView("样例工", "", "2026-11-22", "每周汇总", "改进措施提醒", "本周。", "", "", (), _WEEKLY[:1],
               to_fill=False),
    LetterView("样例工", "", "2026-11-22", "知会 1 项", "改进措施提醒", "知会您。", "", "", _SECTIONS[2:],
               to_fill=False, welcome="自 2026-11-22 起自动提醒。"),
    LetterView("样例工", "", "2026-11-22", "实施逾期 3 项", "改进措施提醒", "请先处理。", "", "", _SECTIONS[:1],
               place="三楼文件柜"),
)  # fmt: skip
"""Letters that between them take every branch of our own templates."""


def letter_faults(templates: LetterTemplates) -> tuple[str, ...]:
    """What is wrong with the three templates, each sentence once; () when all examples can be written."""
    faults: dict[str, None] = {}
    try:
        compiled = compile_templates(templates)
    except BadTemplate as fault:
        return (str(fault),)
    for view in EXAMPLES:
        try:
            compiled.render(view)
        except BadTemplate as fault:
            faults[str(fault)] = None
    return tuple(faults)
