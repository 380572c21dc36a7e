"""The rule catalogue for people, as `capa-xl rules` prints it. Takes the rules as values; judges nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from capa_xl.model.problem import Severity


class RuleWords(Protocol):
    """What the page needs of a rule."""

    @property
    def id(self) -> str:
        """E.g. PL01."""

    @property
    def clause(self) -> str:
        """Clause, "" where there is none."""

    @property
    def severity(self) -> Severity:
        """Its usual weight."""

    @property
    def also(self) -> tuple[Severity, ...]:
        """Other weights."""

    @property
    def title(self) -> str:
        """When it strikes."""

    @property
    def general_fix(self) -> str:
        """What to do, of no row in particular."""

    @property
    def needs_words(self) -> str:
        """What must be there for it to be in force; "" when nothing."""

    @property
    def excusable(self) -> bool:
        """False where 例外说明 can't lower it."""


def weights(rule: RuleWords) -> str:
    """错误, or 错误/警告 where the weight depends."""
    return "/".join(dict.fromkeys(severity.word for severity in (rule.severity, *rule.also)))


def rules_lines(catalogue: Iterable[RuleWords]) -> tuple[str, ...]:
    """The catalogue as plain lines, for the terminal."""
    return tuple(
        f"{rule.id}  {weights(rule)}  {_clause(rule)}  {rule.title} → {rule.general_fix}" for rule in catalogue
    )


def _clause(rule: RuleWords) -> str:
    return f"条款 {rule.clause}" if rule.clause else "—"
