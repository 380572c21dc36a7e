"""What daily says on the console."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capa_xl.model.journal import OUTBOX

WORDS = {
    "served": "完成",
    "postponed": "推迟回写",
    "alarm": "告警",
    "failed": "未完成",
    "missing": "没有找到工作簿",
    "timeout": "超时",
    "not_a_tracker": "不是跟踪表",
    "copy": "副本",
    "archive": "年度归档",
}
"""What became of a workbook → the word printed for it, in `daily`, `group` and the log."""

_WOULD_BE_FILED = "提醒只会存入 .capa_xl/outbox，不发出"
_CURE = " → 请 IT 在 capa_xl.toml 填写 [mail]"


def daily_lines(
    served: Iterable[tuple[str, str, str]], *, without_mail: bool, is_rehearsal: bool = False, filed: int = 0
) -> Iterator[str]:
    """One line a workbook (name, outcome, words); last, why no letter left: a rehearsal, or no mail settings.

    Args:
        filed: Letters that lie in the outbox since this run.
    """
    for name, outcome, words in served:
        yield f"{name}：{WORDS[outcome]}。{words}"
    if without_mail:
        yield unsent_line(filed, is_rehearsal=is_rehearsal)


def unsent_line(filed: int, *, is_rehearsal: bool = False) -> str:
    """Why no letter left: a rehearsal, or no mail settings.

    Args:
        filed: Letters that lie in the outbox since this run.
    """
    return _rehearsed(filed) if is_rehearsal else f"没有配置邮件：{_filed(filed) or _WOULD_BE_FILED}{_CURE}。"


def _rehearsed(filed: int) -> str:
    return f"--as-of 不是今天，只是预演：{_filed(filed) or '没有存信，也没有发出'}。"


def _filed(letters: int) -> str:
    return f"{letters} 封提醒只存入 .capa_xl/outbox，没有真正发出" if letters else ""


def logged_words(name: str, ending: str, code: int, aside: str, words: str) -> str:
    """跟踪表.xlsx：未完成（退出码 25）。…: the line of a run in the log of a workbook.

    Args:
        ending: What became of it.
        code: The exit code, said where it isn't 0.
        aside: `AsOf.aside`.
    """
    return f"{name}：{ending}{f'（退出码 {code}）' if code else ''}{aside}。{words}"


def letters_said(letters: int, transport: str) -> str:
    """提醒 3 封，邮件服务器已收下: where so many letters are now, for the line of one workbook and its log.

    Args:
        transport: OUTBOX, or that of a server.
    """
    return f"提醒 {letters} 封{whereabouts(letters, transport)}"


def whereabouts(letters: int, transport: str) -> str:
    """Behind a count of letters: that a server took them, or that they were only filed; nothing of none."""
    if not letters:
        return ""
    return "，只存入发件箱" if transport == OUTBOX else "，邮件服务器已收下"


def stopped_line(workbooks: int, letters: int) -> str:
    """What a run that was stopped did not come to."""
    left = (f"{workbooks} 个工作簿没有处理" if workbooks else "", f"{letters} 封信没有发出" if letters else "")
    return f"已按要求停止：还有 {'、'.join(filter(None, left))} → 再运行一次，从停下的地方继续。"
