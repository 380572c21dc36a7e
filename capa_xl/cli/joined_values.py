"""A value joined to its option by "=", at the Tab key: click answers with the value alone, whatever the shell replaces.

zsh, fish and PowerShell replace the whole word, so `--print=w` would become `windows`; bash takes "=" for a word.
"""

from __future__ import annotations

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)


class WholeWordComplete(ShellComplete):
    """A shell that puts the answer in the place of the whole word."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """What click answers, behind the option and the "=" that the word begins with."""
        answers = super().get_completions(args, incomplete)
        option, sign, _ = incomplete.partition("=")
        if not (sign and option.startswith("--")):
            return answers
        return [CompletionItem(f"{option}={one.value}", one.type, one.help) for one in answers]


@add_completion_class
class WholeWordZshComplete(WholeWordComplete, ZshComplete):
    """zsh, which has click's script."""


@add_completion_class
class WholeWordFishComplete(WholeWordComplete, FishComplete):
    """fish, which has click's script."""


@add_completion_class
class JoiningBashComplete(BashComplete):
    """bash, which has click's script."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, without the "=" in front of it, and that one."""
        words, incomplete = super().get_completion_args()
        return (words[:-1] if words[-1:] == ["="] else words), incomplete
