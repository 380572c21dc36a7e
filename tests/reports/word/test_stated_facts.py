"""Each claim of the papers against its fact and against the opposite, and no place of a paper left out (A4)."""

from __future__ import annotations

import re

import pytest

from capa_xl.model.columns import column_by_key
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.template_fields import _RECORDS, template_fields
from tests.reports.word.stated import CLAIMS, DEED, NO_CLAIMS, SAME_CODE, told

CLAIMED = {re.sub(r"#\d+", "[]", claim.path) for claim in CLAIMS}


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.paper} {claim.path}")
def test_a_claim_stands_on_its_fact_and_changes_with_it(claim):
    also = claim.also or {}
    assert told(claim.paper, claim.path, also) == claim.says
    assert told(claim.paper, claim.path, {**also, **claim.opposite}) == claim.then
    assert claim.says != claim.then, "the opposite fact has to change what is printed"


def is_a_cell(path):
    """A cell of a sheet as it stands: it claims no more than the cell."""
    holder, _, leaf = path.replace("[]", "").replace(".rows", "").rpartition(".")
    group = holder.rpartition(".")[2]
    return group in _RECORDS and leaf in column_by_key(_RECORDS[group][0])


def home(path):
    """The place whose code fills this one."""
    for own, other in SAME_CODE.items():
        if path.startswith(own):
            return other + path.removeprefix(own)
    return path


def is_no_deed(path):
    leaf = path.replace("[]", "").rpartition(".")[2]
    if not DEED.fullmatch(leaf) or leaf == "due_on":
        return True
    return any(path == silent or path.endswith(f".{silent}") for silent in NO_CLAIMS)


def deeds(paper):
    return [home(path) for path, _ in template_fields(paper) if not is_a_cell(path) and not is_no_deed(home(path))]


@pytest.mark.parametrize("paper", CONTENTS)
def test_no_place_that_tells_of_a_deed_is_left_out(paper):
    assert [path for path in deeds(paper) if path not in CLAIMED] == []


def test_no_reason_is_kept_for_a_place_that_is_gone():
    every = {home(path) for paper in CONTENTS for path, _ in template_fields(paper)}
    gone = [silent for silent in NO_CLAIMS if not any(p == silent or p.endswith(f".{silent}") for p in every)]
    assert gone == []
