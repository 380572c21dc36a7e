"""Completion in PowerShell, which click doesn't know: a completer for its versions 5.1 and 7, and the answers to it."""

from __future__ import annotations

import json
import os

from click.shell_completion import CompletionItem, add_completion_class, split_arg_string

from capa_xl.cli.joined_values import WholeWordComplete

_SCRIPT = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $line, $cursor)
    $code = Get-Variable LASTEXITCODE -Scope Global -ValueOnly `
        -ErrorAction Ignore
    $program = $line.GetCommandName()
    $length = $cursor - $line.Extent.StartOffset
    $typed = $line.ToString().PadRight($length).Substring(0, $length)
    $env:COMP_LINE = $typed; $env:%(complete_var)s = "powershell_complete"
    try {
        & $program | ForEach-Object {
            $answer = ConvertFrom-Json $_
            if ($answer.kind -eq "plain") {
                $value, $help = $answer.value, $answer.help
                [System.Management.Automation.CompletionResult]::new(
                    $value, $value, "ParameterValue", $help)
            }
        }
    } finally {
        $env:COMP_LINE = $env:%(complete_var)s = $null
        $global:LASTEXITCODE = $code
    }
}
"""
"""The line goes out as it stands before the cursor, with the blanks that PowerShell cuts off. The word by itself would
not do: PowerShell before 7.5 takes a variable that is set to nothing out of the environment. Lines are short, for
windows of 80 signs. The exit code of the last command is still the user's to ask for after a Tab."""


@add_completion_class
class PowerShellComplete(WholeWordComplete):
    """One answer a line, in JSON. Without a plain one PowerShell completes file names itself."""

    name = "powershell"
    source_template = _SCRIPT

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one; a backslash is a sign as others are."""
        line = os.environ["COMP_LINE"]
        words = split_arg_string(line.replace("\\", "\\\\"))[1:]
        return (words, "") if line[-1:].isspace() or not words else (words[:-1], words[-1])

    def format_completion(self, item: CompletionItem) -> str:
        """A line of the answer, in ASCII: the console's code page, in which PowerShell reads, need not be Python's.

        The help is never empty, for PowerShell takes no empty tooltip.
        """
        help_line = (item.help or "").partition("\n")[0] or item.value
        return json.dumps({"kind": item.type, "value": item.value, "help": help_line})
