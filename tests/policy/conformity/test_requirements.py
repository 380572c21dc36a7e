"""The policy's statements and the rules that judge them."""

from capa_xl.policy.conformity.requirements import REQUIREMENTS
from capa_xl.policy.rules.catalogue import CATALOGUE


def test_the_statements_are_numbered_without_a_gap():
    assert [requirement.id for requirement in REQUIREMENTS] == [f"R{n:02d}" for n in range(1, 74)]


def test_every_rule_with_a_clause_speaks_for_a_statement_and_every_statement_names_real_rules():
    spoken = {rule for requirement in REQUIREMENTS for rule in requirement.rules}
    spoken = {rule.rpartition(":")[2] for rule in spoken}
    assert {rule.id for rule in CATALOGUE if rule.clause} <= spoken
    assert spoken <= {rule.id for rule in CATALOGUE}
