"""The frame of letters that no template of the company's makes: one card of 600 px, in light and in dark mode.

It holds no placeholders that anybody edits, so that an alarm goes whatever became of the templates.
"""

from __future__ import annotations

from collections.abc import Iterable

from capa_xl.model import palette

_FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_DARK = (
    (".ground", "background-color", palette.DARK_GROUND),
    (".card", "background-color", palette.DARK_CARD),
    (".first", "background-color", palette.DARK_GROUND),
    (".ink, .first", "color", palette.DARK_TEXT),
    (".muted", "color", palette.DARK_MUTED),
    (".overdue", "color", palette.DARK_OVERDUE),
)


def page(title: str, *cards: str) -> str:
    """A whole HTML letter of these cards; the title is plain text without markup signs."""
    dark = " ".join(f"{what} {{ {name}: #{value} !important; }}" for what, name, value in _DARK)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n  :root {{ color-scheme: light dark; }}\n"
        f"  body {{ margin: 0; padding: 0; }}\n"
        f"  @media (prefers-color-scheme: dark) {{ {dark} }}\n</style>\n</head>\n"
        f'<body class="ground" style="margin:0;padding:0;background-color:#{palette.SILENT_FILL};">\n'
        f"{''.join(cards)}</body>\n</html>\n"
    )


def card(first: str, blocks: Iterable[str] = ()) -> str:
    """A card: a pale blue band with what comes first, and blocks below it; all of it HTML, escaped by the caller."""
    ground, white, border = palette.SILENT_FILL, palette.WHITE, palette.BORDER
    rows = "".join(
        f'<tr><td class="ink" style="padding:6px 24px;font-size:15px;line-height:1.6;color:#{palette.INK};'
        f'overflow-wrap:anywhere;">{block}</td></tr>\n'
        for block in (*blocks, "")
    )
    return (
        f'<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'bgcolor="#{ground}" style="background-color:#{ground};">\n'
        '<tr><td align="center" style="padding:16px 8px 0;">\n<!--[if mso]><table role="presentation" width="600" '
        'cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->\n'
        f'<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'bgcolor="#{white}" style="max-width:600px;background-color:#{white};border:1px solid #{border};'
        f'border-radius:8px;font-family:{_FONT};">\n'
        f'<tr><td class="first" bgcolor="#{palette.PALE_BLUE}" style="padding:18px 24px;'
        f"background-color:#{palette.PALE_BLUE};color:#{palette.NAVY};border-radius:8px 8px 0 0;font-size:17px;"
        f'line-height:1.5;font-weight:bold;overflow-wrap:anywhere;">{first}</td></tr>\n{rows}</table>\n'
        "<!--[if mso]></td></tr></table><![endif]-->\n</td></tr>\n</table>\n"
    )
