"""What the hunt found once is tried for ever, and a few new ones with it; `make fuzz` hunts on."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.hunt import SEEDS, bases
from tests.fuzz.mutations import mutated
from tests.fuzz.targets import tried

KEPT = sorted(SEEDS.glob("*.xlsx"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_workbook_that_once_broke_something_ends_in_an_answer_or_a_sentence(path):
    tried(path.read_bytes(), Random(1))


@pytest.mark.parametrize("seed", range(30))
def test_a_mutated_workbook_ends_in_an_answer_or_a_sentence(seed):
    rng = Random(seed)
    tried(mutated(rng.choice(bases()[:4]), rng), rng)


def test_the_same_seed_gives_the_same_workbook():
    blob = bases()[0]
    assert mutated(blob, Random(7)) == mutated(blob, Random(7)) != blob
