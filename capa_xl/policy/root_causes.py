"""One cause is told once: what follows from a lost heading, a lost sheet or many lost rows is counted, not listed.

Where the tracker can't be read, nothing in it was checked, so no rule may say that a row is missing or wrong. Where two
columns claim one meaning, what stands in them isn't judged. What points at a deleted row follows from its deletion.
A cell whose words nobody can read isn't blank: what rules say of its row without it follows from that cell. So with a
day that hasn't come (`policy.future_facts`): what nobody would say once it has is told by that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from capa_xl.a1 import parse_cell
from capa_xl.model.problem import Hit, Severity
from capa_xl.policy.renamed_auto import is_status_renamed
from capa_xl.policy.rules.rule import Rule
from capa_xl.policy.rules.rule_inputs import RuleInputs

UNREADABLE = frozenset({"WB01", "WB02"})
_ASK_FOR_ROWS = frozenset({"WB04", "WB07"})
_ASK_FOR_A_ROW = frozenset({"XR01", "XR02"})
_MISREAD = frozenset({"FD04", "FD05", "FD07"})
"""Reading took nothing from a cell that has something in it."""
_TELL_THE_DAY = frozenset({"FD14", "DO01"})


class RootCauses(Struct, frozen=True):
    """What is wrong with the table as a whole, as far as other findings follow from it.

    Attributes:
        has_table: False while no tracker can be read: a needed column or the sheet itself is missing.
        doubtful: (sheet, column) of tracker columns that claim one meaning, or that we wrote under a lost heading.
        vanished: 编号 that the last run saw and that are gone.
        orphans: 登记编号 of needs whose action is among them.
        misread: (tracker row, column key) of cells whose value can't be read.
        ahead: The same of dates of deeds that haven't come.
    """

    has_table: bool
    doubtful: frozenset[tuple[str, int]]
    vanished: frozenset[str]
    orphans: frozenset[str]
    misread: frozenset[tuple[int, str]]
    ahead: frozenset[tuple[int, str]]

    def allow(self, rule: Rule) -> bool:
        """True for a rule that can be judged as things stand; without a table only what reading met on other sheets."""
        return self.has_table or (rule.is_of_reading and rule.id not in _ASK_FOR_ROWS)

    def lead_to(self, rule: Rule, hit: Hit) -> bool:
        """True for a hit that will be gone with its cause."""
        if rule.id == "XR05":
            return bool(self.vanished) and self.vanished.issuperset(hit.facts.get("id", "").split("、"))
        if rule.id in _ASK_FOR_A_ROW:
            return hit.number in self.orphans
        if hit.row is not None and self._reads_one_of(self.misread, rule, hit.row):
            return True
        if hit.row is not None and not rule.of_blanks and self._reads_one_of(self.ahead, rule, hit.row):
            return True
        at = parse_cell(hit.at or "") if self.doubtful and rule.id != "WB03" else None
        return at is not None and (hit.sheet, at[1]) in self.doubtful

    def _reads_one_of(self, cells: frozenset[tuple[int, str]], rule: Rule, row: int) -> bool:
        if not cells or rule.is_of_reading or rule.id in _TELL_THE_DAY:
            return False
        return any((row, key) in cells for key in rule.columns_read)


def root_causes(given: RuleInputs) -> RootCauses:
    """The causes, from what reading met and what the journal remembers."""
    remarks = given.view.register.remarks
    vanished = given.vanished
    needs = given.view.needs if vanished else ()
    return RootCauses(
        has_table=not any(remark.rule in UNREADABLE for remark in remarks),
        doubtful=frozenset((*_columns(r.hit for r in remarks if r.rule == "WB03"), *_renamed_status(given))),
        vanished=vanished,
        orphans=frozenset(n.number for n in needs if n.number and not vanished.isdisjoint(n.tracker_numbers)),
        misread=frozenset(_misread(given)),
        ahead=frozenset((f.record.row, f.key) for f in given.future_facts if f.sheet_key == "tracker"),
    )


def _renamed_status(given: RuleInputs) -> Iterator[tuple[str, int]]:
    """No word of 〔自动〕状态 is a fault of who reads it as 状态: its heading is, and is told with its cure."""
    tracker = given.tracker
    if is_status_renamed(given.view.register):
        yield from ((sheet, tracker.columns["stated_status"]) for sheet in tracker.sheets)


def _misread(given: RuleInputs) -> Iterator[tuple[int, str]]:
    tracker = given.tracker
    keys = {column: key for key, column in tracker.columns.items()}
    for remark in given.view.register.remarks:
        hit = remark.hit
        if remark.rule in _MISREAD and hit.row is not None and hit.severity in (None, Severity.ERROR):
            at = parse_cell(hit.at or "") if hit.sheet in tracker.sheets else None
            if at is not None and at[1] in keys:
                yield hit.row, keys[at[1]]


def _columns(hits: Iterable[Hit]) -> Iterator[tuple[str, int]]:
    for hit in hits:
        for name in ("first", "second"):
            if at := parse_cell(hit.facts.get(name, "")):
                yield hit.sheet, at[1]


def gone_once_come(given: RuleInputs, rule: Rule, hits: Iterable[Hit]) -> frozenset[tuple[str, str | None]]:
    """(sheet, cell) where the rule strikes for no other reason than that a deed's day hasn't come."""
    if given.filled is given or rule.id in _TELL_THE_DAY:
        return frozenset()
    return frozenset(map(_place, hits)) - frozenset(map(_place, rule.find(given.filled)))


def _place(hit: Hit) -> tuple[str, str | None]:
    return hit.sheet, hit.at
