"""What daily says on the console."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

WORDS = {
    "served": "完成",
    "postponed": "推迟回写",
    "alarm": "告警",
    "failed": "未完成",
    "timeout": "超时",
    "not_a_tracker": "不是跟踪表",
    "copy": "副本",
    "archive": "年度归档",
}
"""What became of a workbook → the word printed for it, in `daily`, `group` and the log."""


def daily_lines(served: Iterable[tuple[str, str, str]], *, without_mail: bool) -> Iterator[str]:
    """One line a workbook (name, outcome, words); the last line says when no mail is configured."""
    for name, outcome, words in served:
        yield f"{name}：{WORDS[outcome]}。{words}"
    if without_mail:
        yield "未配置邮件：提醒只存入 .capa_xl/outbox，没有真正发出 → 请 IT 在 capa_xl.toml 填写 [mail]。"
