"""One line in the workbook's log for every run that writes or sends, also where it was refused or met a bug of ours.

`daily` and `group daily` log each workbook where they serve it, in whatever process that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from capa_xl.cli.world import now
from capa_xl.model.paper_kinds import PAPER_KINDS

if TYPE_CHECKING:
    from capa_xl.app.shared.served import Served
    from capa_xl.model.as_of import AsOf

ALWAYS = frozenset({"refresh", "pack", "dossier", "signed", "slip", "undo", "meeting"}) | {
    kind.command for kind in PAPER_KINDS if kind.command
}
"""The commands over one workbook that leave something behind whenever they run, `refresh --check` excepted."""
ONLY_IF_ASKED = ("apply_them", "apply_it", "send", "received")
"""Options without which a command that has one only looks."""
_STATE, _DAY, _SAID, _ACCOUNT = "capa_xl.state", "capa_xl.day", "capa_xl.said", "capa_xl.account"
_LAST_LINES, _MOST = 5, 600
"""How many lines of what was said a failed run keeps, and how many characters."""
_RESULT = 2
"""A run that did its work keeps its last two: what it came to, and what to do next."""


def note_desk(state: Path, as_of: AsOf) -> None:
    """Remember the state folder of the workbook that the running command works at, and as of which day."""
    if context := click.get_current_context(silent=True):
        context.meta[_STATE] = state
        context.meta[_DAY] = as_of.aside


def note_said(lines: Iterable[str]) -> tuple[str, ...]:
    """The same lines, the last of them remembered for the log."""
    said = tuple(lines)
    if context := click.get_current_context(silent=True):
        heard = (*context.meta.get(_SAID, ()), *(line.strip() for line in said if line.strip()))
        context.meta[_SAID] = heard[-_LAST_LINES:]
    return said


def note_account(words: str) -> None:
    """Remember what the log shall say of a run that came to its end, in place of the last lines said; kept whole."""
    if context := click.get_current_context(silent=True):
        context.meta[_ACCOUNT] = words


def leaves_something(command: str, options: Mapping[str, Any]) -> bool:
    """Whether a run writes or sends."""
    asked = [bool(options[name]) for name in ONLY_IF_ASKED if name in options]
    if asked:
        return any(asked) or (command in ALWAYS and bool(options.get("output")))
    return command in ALWAYS and not options.get("check_only")


def logged(context: click.Context, do: Callable[[], Any]) -> Any:
    """Run a command, and keep a line of what became of it."""
    workbook = context.params.get("workbook")
    if not isinstance(workbook, Path) or not leaves_something(context.info_name or "", context.params):
        return do()
    try:
        result = do()
    except Exception as trouble:
        _keep(context, workbook, _Ending.of(trouble))
        raise
    code = result if isinstance(result, int) else 0
    _keep(context, workbook, _Ending(code, context.meta.get(_ACCOUNT) or _last_said(context, code)))
    return result


def _last_said(context: click.Context, code: int) -> str:
    said = context.meta.get(_SAID, ())
    return "；".join(line.rstrip("。") for line in (said if code else said[-_RESULT:]))[:_MOST]


def log_unserved(served: Iterable[Served], as_of: AsOf) -> None:
    """A line for each that no pass could log where it ended.

    Faulty settings, a copy, a process that was lost; letters that a stop or the cap left before its turn came.
    """
    from capa_xl.effects.log import log_line
    from capa_xl.effects.state_folder import state_folder
    from capa_xl.reports.daily_text import WORDS, logged_words

    for one in served:
        if (one.exit_code or one.held_back) and not one.is_logged:
            words = logged_words(one.workbook.name, WORDS[one.outcome], one.exit_code, as_of.aside, one.words)
            _tell(log_line(state_folder(one.workbook), one.workbook, now, words, is_bad=bool(one.exit_code)))


class _Ending(Struct, frozen=True):
    """How a run ended.

    Attributes:
        bug: A fault of our own.
    """

    code: int
    words: str
    bug: Exception | None = None

    @classmethod
    def of(cls, trouble: Exception) -> _Ending:
        """The ending that an exception is."""
        from capa_xl.cli.trouble import FORESEEN, sentence_of

        if isinstance(trouble, click.exceptions.Abort):
            return cls(130, "已中断")
        if not isinstance(trouble, FORESEEN):
            return cls(1, "工具出错，经过如下", trouble)
        words, code = sentence_of(trouble)
        return cls(code, words[:_MOST])

    @property
    def is_done(self) -> bool:
        """Errors in the table are no failure of the run."""
        return self.code in (0, 1) and self.bug is None


def _keep(context: click.Context, workbook: Path, end: _Ending) -> None:
    from capa_xl.effects.log import log_line
    from capa_xl.effects.state_folder import state_folder
    from capa_xl.reports.daily_text import logged_words

    state = context.meta.get(_STATE) or state_folder(workbook)
    how = f"{context.info_name} {'完成' if end.is_done else '未完成'}"
    words = logged_words(workbook.name, how, end.code, context.meta.get(_DAY, ""), end.words)
    _tell(log_line(state, workbook, now, words, is_bad=not end.is_done, bug=end.bug))


def _tell(fault: str) -> None:
    if fault:
        click.echo(fault, err=True)
