"""Whatever columns, sheets and cells a table lacks: check answers, at real cells, by rules in force only."""

import random
from datetime import date, timedelta

import pytest
from msgspec import structs

from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import MANY, columns_of
from capa_xl.model.figures import ArchivedPapers, RuleFigures
from capa_xl.model.journal import JournalView
from capa_xl.policy.check import check
from capa_xl.policy.viewing import view_register
from tests.workbook.sample.sample_days import sample_view

SHEETS = (
    "steps", "progress", "extensions", "confirmations", "revisions", "needs", "decisions", "plans", "measurements",
    "observations", "analyses", "excuses", "people",
)  # fmt: skip


def torn(table, chance, dice):
    columns = {c.key: c for c in columns_of(type(table.records[0]))}
    kept = {key: at for key, at in table.columns.items() if key == "number" or dice.random() > chance}
    blank = {key: () if col.kind in MANY else None for key, col in columns.items()}
    lost = {key: blank[key] for key in columns if key not in kept}
    rows = []
    for record in table.records:
        gone = {key: blank[key] for key in kept if key in columns and key != "number" and dice.random() < 0.2}
        rows.append(structs.replace(record, **lost, **gone))
    return structs.replace(table, columns=kept, records=tuple(rows))


@pytest.mark.parametrize("seed", range(40))
def test_a_torn_table_is_judged_by_what_is_left(seed):
    dice = random.Random(seed)
    register = sample_view().register
    chance = dice.choice((0, 0.1, 0.5, 0.9))
    sheets = {key: torn(getattr(register, key), chance, dice) for key in SHEETS if getattr(register, key)}
    sheets = {key: table if dice.random() > 0.2 else None for key, table in sheets.items()}
    left = structs.replace(register, tracker=torn(register.tracker, chance, dice), **sheets)
    on = date(2025, 6, 1) + timedelta(days=dice.randrange(700))
    result = check(view_register(left, AsOf(on, on)), JournalView(), RuleFigures(), ArchivedPapers())
    assert not {p.rule for p in result.problems} & set(result.disabled)
    assert all(p.cell for p in result.problems if p.rule != "ST04")
    assert not any(set("{}⟦⟧") & set(p.message + p.fix) for p in result.problems)
