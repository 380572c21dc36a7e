"""docs/colours.md: every pair of ink and ground that people read, with its contrast and both in grey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from capa_xl.model import palette
from tests.contrast import contrast, luminance

PAIRS: Mapping[str, tuple[str, str]] = {
    "正文": (palette.INK, palette.WHITE),
    "表头": (palette.NAVY, palette.PALE_BLUE),
    "〔自动〕列的表头": (palette.NAVY, palette.AUTO_FILL),
    "跟踪表分段（登记、分析……）": (palette.WHITE, palette.NAVY),
    "已逾期": (palette.OVERDUE, palette.OVERDUE_FILL),
    "环节超时": (palette.OVERDUE, palette.DUE_SOON_FILL),
    "即将到期、警告": (palette.DUE_SOON, palette.DUE_SOON_FILL),
    "达标、按时": (palette.DONE, palette.DONE_FILL),
    "已结束的行": (palette.SILENT, palette.SILENT_FILL),
    "附注": (palette.SILENT, palette.WHITE),
    "〔自动〕列的附注": (palette.SILENT, palette.AUTO_FILL),
    "待更正": (palette.TO_CORRECT, palette.TO_CORRECT_FILL),
    "现在要填的格": (palette.ACCENT, palette.NEEDED_FILL),
    "链接": (palette.ACCENT, palette.WHITE),
    "热力图右上的逾期数": (palette.WHITE, palette.OVERDUE),
    "信件深色：正文": (palette.DARK_TEXT, palette.DARK_CARD),
    "信件深色：附注": (palette.DARK_MUTED, palette.DARK_CARD),
    "信件深色：链接": (palette.DARK_LINK, palette.DARK_CARD),
    "信件深色：已逾期": (palette.DARK_OVERDUE, palette.DARK_CARD),
    "信件深色：即将到期": (palette.DARK_DUE_SOON, palette.DARK_CARD),
    **{f"热力图第 {step} 级": (ink, fill) for step, (fill, ink) in enumerate(palette.HEAT, start=1)},
    **{f"时间轴 {phase} 段": (palette.PHASE_INKS[phase], fill) for phase, fill in palette.PHASES.items()},
}
NEIGHBOURS: Mapping[str, tuple[str, str]] = {
    "图中并列的柱（深、浅）": (palette.CHART_DARK, palette.CHART_LIGHT),
    "图中深的柱或线、逾期或目标线": (palette.CHART_DARK, palette.OVERDUE),
    "图中浅的柱、逾期或目标线": (palette.CHART_LIGHT, palette.OVERDUE),
    "图中浅的柱、纸": (palette.CHART_LIGHT, palette.WHITE),
    "控制图的实测线、中心线和控制限": (palette.ACCENT, palette.INK),
    **{
        f"时间轴 {one}、{two}": (palette.PHASES[one], palette.PHASES[two])
        for one, two in combinations(palette.PHASES, 2)
    },
}


def colours_markdown() -> str:
    """The page."""
    return "\n".join(
        (
            "# 颜色与对比度",
            "",
            "本页由 `make docs` 从调色板（`capa_xl/model/palette.py`）生成，请勿手改。对比度按 WCAG 2.1 计算，",
            "文字不低于 4.5；并列的图形不低于 2，黑白复印也分得开。颜色旁边总有文字或符号，不单靠颜色表达意思。",
            "灰度为同样亮度的灰（0 黑、255 白）。",
            "",
            "| 用在哪里 | 文字 | 底色 | 对比度 | 灰度（文字/底） |",
            "|---|---|---|---|---|",
            *_rows(PAIRS),
            "",
            "| 并列的图形 | 一 | 二 | 对比度 | 灰度 |",
            "|---|---|---|---|---|",
            *_rows(NEIGHBOURS),
            "",
        )
    )


def _rows(pairs: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    for what, (one, two) in pairs.items():
        yield f"| {what} | `#{one}` | `#{two}` | {contrast(one, two):.1f} | {_grey(one)} / {_grey(two)} |"


def _grey(colour: str) -> int:
    """The grey of the same luminance, as a photocopy shows it."""
    light = luminance(colour)
    return round(255 * (light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))
