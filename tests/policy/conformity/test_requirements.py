"""The policy's statements and the rules that judge them."""

import pytest

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.schema import SHEETS
from capa_xl.policy.conformity.breaches import lacks
from capa_xl.policy.conformity.requirements import REQUIREMENTS
from capa_xl.policy.rules.catalogue import CATALOGUE


def test_the_statements_are_numbered_without_a_gap():
    assert [requirement.id for requirement in REQUIREMENTS] == [f"R{n:02d}" for n in range(1, 74)]


def test_every_rule_with_a_clause_speaks_for_a_statement_and_every_statement_names_real_rules():
    spoken = {rule for requirement in REQUIREMENTS for rule in requirement.rules}
    spoken = {rule.rpartition(":")[2] for rule in spoken}
    assert {rule.id for rule in CATALOGUE if rule.clause} <= spoken
    assert spoken <= {rule.id for rule in CATALOGUE}


def test_every_column_that_a_statement_demands_or_needs_is_one_of_its_sheet():
    """Once R06 and R16 asked for a column registered_by, which nobody has, and so for nothing."""
    sheets = {spec.key: spec.record for spec in SHEETS} | {"": Action}
    for requirement in REQUIREMENTS:
        for field in (*requirement.fields, *(part for need in requirement.needs for part in need.split("|"))):
            sheet, _, key = field.rpartition(":")
            assert field.startswith("+") or not key or key in column_by_key(sheets[sheet]), (requirement.id, field)


def test_a_breach_of_a_column_that_is_not_there_cannot_be_written():
    with pytest.raises(KeyError):
        lacks("needs", "registered_by")
