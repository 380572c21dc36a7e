"""Each claim of the letters against its fact and against the opposite, and no place of a letter left out (A4)."""

from __future__ import annotations

import re

import pytest

from tests.reports.stated_in_letters import CLAIMS, FIELDS, NO_CLAIMS, says, told
from tests.reports.test_letters import TEMPLATES

NAMES = re.compile(r"\b(?:letter|section|row|list|line)\.\w+")


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.path} {claim.says}")
def test_a_claim_of_a_letter_stands_on_its_fact_and_changes_with_it(claim):
    letter = told(claim.to, claim.also)
    assert says(letter, claim.says), letter and letter.text
    other = told(claim.to, {**claim.also, **claim.opposite})
    assert says(other, claim.then), other and other.text
    assert other is None or claim.says in claim.then or not says(other, claim.says)


def test_no_place_of_a_letter_is_left_out():
    claimed = {claim.path for claim in CLAIMS}
    assert FIELDS - claimed - set(NO_CLAIMS) == set()
    assert not claimed & set(NO_CLAIMS)


def test_the_templates_print_no_other_names_and_no_claim_is_of_a_place_that_is_gone():
    texts = (re.sub(r"(?s)\{#.*?#\}", "", text) for text in (TEMPLATES.subject, TEMPLATES.text, TEMPLATES.html))
    printed = {name for text in texts for name in NAMES.findall(text)}
    assert printed <= FIELDS
    assert {claim.path for claim in CLAIMS} | set(NO_CLAIMS) <= FIELDS
