"""Completion in PowerShell, which click doesn't know: a completer for its versions 5.1 and 7, and the answers to it."""

from __future__ import annotations

import os

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

_SCRIPT = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $line, $cursor)
    $env:COMP_LINE = $line.ToString(); $env:COMP_WORD = $word; $env:%(complete_var)s = "powershell_complete"
    try {
        %(prog_name)s | ForEach-Object {
            $kind, $value, $help = $_ -split "`t", 3
            if ($kind -eq "plain") {
                if (-not $help) { $help = $value }
                [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $help)
            }
        }
    } finally { $env:COMP_LINE = $env:COMP_WORD = $env:%(complete_var)s = $null }
}
"""


@add_completion_class
class PowerShellComplete(ShellComplete):
    """One answer a line: kind, value and help between tabs. Without answers PowerShell completes file names itself."""

    name = "powershell"
    source_template = _SCRIPT

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one."""
        word = os.environ["COMP_WORD"]
        words = split_arg_string(os.environ["COMP_LINE"])[1:]
        return (words[:-1] if word and words else words), word

    def format_completion(self, item: CompletionItem) -> str:
        """A line of the answer."""
        return "\t".join((item.type, item.value, (item.help or "").partition("\n")[0]))
