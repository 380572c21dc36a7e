"""A run that can't go on: one exception family, each child with its exit code.

Wrong data is never raised; it is a `Problem` (see `capa_xl.model.problem`). Messages are Chinese sentences
for the person at the keyboard: value, fault, fix.
"""

from __future__ import annotations


class CapaError(Exception):
    """A run that can't go on. Raised once, caught once (in `cli`), printed as it stands."""

    exit_code = 2


class UsageError(CapaError):
    """The words of the call don't fit together, or name what isn't there (exit 2)."""

    exit_code = 2


class InAnotherWorkbook(UsageError):
    """The papers are made of another workbook: an archived year, or the one in use that followed it (exit 2).

    Attributes:
        place: Its name from the folder of the workbook that was asked.
        number: 编号; "" where the whole command is for that workbook.
    """

    place: str
    number: str

    @classmethod
    def archived(cls, place: str, number: str) -> InAnotherWorkbook:
        """The refusal of a number whose row was moved to an archived year."""
        return cls._of(f"编号「{number}」已归档在「{place}」 → 请对归档的工作簿运行这条命令", place, number)

    @classmethod
    def lives_on(cls, place: str, number: str, archive: str) -> InAnotherWorkbook:
        """The refusal of a number in an archived year whose row stayed in the workbook in use."""
        fault = f"「{number}」还在现用的「{place}」里，年度归档「{archive}」里是归档那天的内容"
        return cls._of(f"{fault} → 请对现用的工作簿运行这条命令", place, number)

    @classmethod
    def whole(cls, place: str, archive: str) -> InAnotherWorkbook:
        """The refusal of an archived year as a whole."""
        fault = f"「{archive}」是年度归档，其中在办的各项在现用的「{place}」里，归档的也照旧计入那一本"
        return cls._of(f"{fault} → 请对现用的工作簿运行这条命令", place, "")

    @classmethod
    def _of(cls, words: str, place: str, number: str) -> InAnotherWorkbook:
        made = cls(words)
        made.place, made.number = place, number
        return made


class Interrupted(CapaError):
    """A person stopped the run before it came to anything (exit 130)."""

    exit_code = 130


class UnreadableWorkbook(CapaError):
    """The file is no workbook we can read, or no tracker can be found in it (exit 20)."""

    exit_code = 20


class MissingWorkbook(UnreadableWorkbook):
    """No file lies at that place (exit 20)."""


class NotAWorkbook(UnreadableWorkbook):
    """By its content the file is none, whatever its name says: text, a web page, PDF, Word (exit 20)."""


class NotATracker(UnreadableWorkbook):
    """The file is a sound workbook, but no 改进计划跟踪表 is in it (exit 20)."""


class WorkbookLocked(CapaError):
    """Somebody has the workbook open: Excel, WPS or LibreOffice left its lock file (exit 21)."""

    exit_code = 21


class WorkbookBarred(WorkbookLocked):
    """Unlike an open file it won't be writable by itself tomorrow: somebody has to be told (exit 21)."""


class WorkbookReadOnly(WorkbookBarred):
    """The file may not be written (exit 21)."""


class WorkbookLeftLocked(WorkbookBarred):
    """A lock file lies there for more than a day that no program holds (exit 21)."""


class WorkbookChanged(CapaError):
    """The workbook changed between reading and replacing, three times running (exit 22)."""

    exit_code = 22


class UnsafeWrite(CapaError):
    """The cells can't be written without risking something people put there (exit 23)."""

    exit_code = 23


class SettingsError(CapaError):
    """`capa_xl.toml` or the environment holds something we don't know or can't use (exit 24)."""

    exit_code = 24


class BadTemplate(SettingsError):
    """A Word or letter template can't be used: unknown variable, broken tag (exit 24)."""


class MailFailed(CapaError):
    """At least one letter failed or its fate is unknown (exit 25)."""

    exit_code = 25


class JournalUnusable(CapaError):
    """`.capa_xl/journal.db` is damaged, foreign or newer than this program; sending on could send twice (exit 23)."""

    exit_code = 23
