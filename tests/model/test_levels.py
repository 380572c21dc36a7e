"""The levels of a workbook: what each must hold, and how many columns `new` says that it has."""

from __future__ import annotations

from itertools import pairwise

from capa_xl.cli.new import command
from capa_xl.model.levels import LEVELS, level_named


def test_each_level_holds_everything_of_the_one_before():
    for small, large in pairwise(LEVELS):
        assert small.keys <= large.keys
        assert small.auto <= large.auto
        assert small.sheets < large.sheets


def test_without_a_register_of_needs_a_row_says_itself_who_found_what_where_and_when():
    for level in LEVELS[1:]:
        row = {"description", "registered_on", "source", "raised_by", "process"}
        assert "问题需求登记" in level.sheets or row <= level.keys, level.name
    assert "问题需求登记" not in level_named("制度").sheets


def test_new_says_how_many_columns_the_smaller_levels_have():
    (said,) = (option.help for option in command.params if option.name == "level")
    ledger, policy = (len(level.keys) for level in LEVELS[:2])
    assert (ledger, policy) == (12, 29)
    assert f"台账（{ledger} 列）、制度（{policy} 列）" in said
