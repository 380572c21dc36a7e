"""The workbooks that a requirement is judged in, archived years and the one in use, and whom it speaks of in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.checked import Checked
from capa_xl.model.problem import Problem
from capa_xl.policy.conformity.requirements import Requirement
from capa_xl.policy.conformity.struck import Struck, all_found, by_rule_and_place
from capa_xl.policy.conformity.struck_besides import rows_that_count, struck_besides
from capa_xl.policy.conformity.subjects import Subject
from capa_xl.policy.rules.rule_inputs import RuleInputs


class ArchivedRows(Struct, frozen=True):
    """What an archived year has of the self-check: the rows that went there, judged with the workbook they went with.

    Attributes:
        year: Name of the archive.
        numbers: 编号 of the rows.
        given: What the rules looked at there.
        checked: What they found.
    """

    year: str
    numbers: frozenset[str]
    given: RuleInputs
    checked: Checked


class YearPart(Struct, frozen=True):
    """One workbook that a requirement is judged in: an archive (`year`) or the one in use ("").

    Attributes:
        hinted: What check only hints at: no breach, and said beside the figure.
        is_unjudged: Rules could not look at the archive's tracker.
        rows: The rows of its tracker that count, by row number.
    """

    given: RuleInputs
    struck: Struck
    hinted: Struck
    year: str = ""
    numbers: frozenset[str] = frozenset()
    is_unjudged: bool = False
    rows: Mapping[int, Subject] = {}

    def population(self, requirement: Requirement) -> tuple[Subject, ...]:
        """Whom it speaks of there; of an archive the rows that went there and nothing that lives on."""
        return self.mine(requirement.population(self.given))

    def mine(self, subjects: Iterable[Subject]) -> tuple[Subject, ...]:
        """Of an archive those that went there."""
        return tuple(filter(self._is_mine, subjects))

    def spoken(self, requirement: Requirement, population: tuple[Subject, ...]) -> SpokenOf:
        """With the rows there that its rules found besides."""
        found = struck_besides(requirement, self.given, self.struck, population, self.rows)
        left = tuple(one for one in found.left if not self.year or one.number in self.numbers)
        return SpokenOf(self, (*population, *self.mine(found.added)), found.counted, left)

    def _is_mine(self, subject: Subject) -> bool:
        return not self.year or (subject.record is not None and subject.name in self.numbers)

    def subject_of(self, known: Subject) -> Subject:
        """The row here of a number that is known by its number alone."""
        return replace(known, sheet=self.given.tracker.sheet, row=self.given.row_of.get(known.name, 0))


class SpokenOf(Struct, frozen=True):
    """Whom a requirement speaks of in one part.

    Attributes:
        subjects: Its population, and the rows besides that break it.
        counted: What its rules found on them.
        left: What they found on rows that it does not speak of.
    """

    part: YearPart
    subjects: tuple[Subject, ...]
    counted: tuple[Problem, ...]
    left: tuple[Problem, ...]


def parts_of(given: RuleInputs, checked: Checked, archived: Iterable[ArchivedRows]) -> tuple[YearPart, ...]:
    """The archives, then the workbook in use.

    Args:
        given: What the rules looked at in the workbook in use.
        checked: What they found there.
    """
    past = [
        YearPart(
            one.given,
            *by_rule_and_place(one.given, all_found(one.checked)),
            one.year,
            one.numbers,
            is_unjudged=bool(one.checked.unjudged),
            rows=rows_that_count(one.given),
        )
        for one in archived
    ]
    struck, hinted = by_rule_and_place(given, all_found(checked))
    return (*past, YearPart(given, struck, hinted, rows=rows_that_count(given)))


def spoken_of(requirement: Requirement, parts: Sequence[YearPart]) -> tuple[SpokenOf, ...]:
    """Whom it speaks of, part by part; a number that a run knew counts where its row is, if an archive has it."""
    past, own = parts[:-1], parts[-1].population(requirement)
    away = {number: part for part in past for number in part.numbers}
    found = []
    for part in past:
        known = (one for one in own if one.record is None and away.get(one.name) is part)
        found.append(part.spoken(requirement, (*part.population(requirement), *map(part.subject_of, known))))
    here = tuple(one for one in own if one.record is not None or one.name not in away)
    return (*found, parts[-1].spoken(requirement, here))
