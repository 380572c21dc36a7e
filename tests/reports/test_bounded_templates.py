"""Templates that would eat the machine end with an error at once; honest ones are untouched."""

from __future__ import annotations

import pytest
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError

from capa_xl.reports.bounded_templates import MOST_ROUNDS, BoundedSandbox

SANDBOX = BoundedSandbox(undefined=StrictUndefined, autoescape=True)


def rendered(source: str, **words) -> str:
    return SANDBOX.from_string(source).render(**words)


HOSTILE = {
    "nested loops that print nothing": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "loops over what stands there": "{% for a in s %}{% for b in s %}{% for c in s %}{% endfor %}{% endfor %}"
    "{% endfor %}",
    "a loop that prints": "{% for a in range(99999) %}{{ s }}{{ s }}{% endfor %}",
    "a text repeated": "{{ 'x' * 1000000000 }}",
    "a text repeated by a text's number": "{{ 1000000000 * 'x' }}",
    "a list repeated": "{{ [0] * 1000000000 }}",
    "a power": "{{ 9 ** 999999999 }}",
    "a power of powers": "{{ 999999 ** 64 ** 64 }}",
    "doubling": "{% set n = namespace(x='x') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "doubling by plus": "{% set n = namespace(x='x') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "a wide filter": "{{ 'x'|center(1000000000) }}",
    "a wide indent": "{{ 'x\ny'|indent(1000000000) }}",
    "a wide format": "{{ '%1000000000d' % 1 }}",
    "a wide format filter": "{{ '%1000000000d'|format(1) }}",
    "a wide str.format": "{{ '{:>1000000000}'.format(1) }}",
    "a wide method": "{{ 'x'.ljust(1000000000) }}",
    "a long replace": "{{ s.replace('x', s).replace('x', s) }}",
    "a long join": "{{ range(9999)|join(s) }}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_a_template_that_would_eat_the_machine_is_stopped(source):
    with pytest.raises((SecurityError, RecursionError, OverflowError)):
        rendered(source, s="x" * 2000)


@pytest.mark.parametrize(("rounds", "stops"), [(MOST_ROUNDS - 1, False), (MOST_ROUNDS, False), (MOST_ROUNDS + 1, True)])
def test_the_bound_on_rounds_holds_to_the_round(rounds, stops):
    source = "{% for a in items %}{% endfor %}"
    if stops:
        with pytest.raises(SecurityError):
            rendered(source, items=range(rounds))
    else:
        assert rendered(source, items=range(rounds)) == ""


def test_each_rendering_has_rounds_of_its_own():
    template = SANDBOX.from_string("{% for a in items %}{% endfor %}")
    for _ in range(3):
        template.render(items=range(MOST_ROUNDS // 2))


def test_honest_templates_print_as_before():
    source = (
        "{% for a in items %}{{ loop.index }}:{{ a|upper ~ '!' }}{{ ', ' if not loop.last }}{% else %}-{% endfor %}"
    )
    assert rendered(source, items=["a", "<"]) == "1:A!, 2:&lt;!"
    assert rendered(source, items=[]) == "-"
    assert (
        rendered("{{ 3 * 4 }} {{ 'ab' * 2 }} {{ '%.1f' % 2.25 }} {{ 2 ** 10 }} {{ 'x'|center(3) }}")
        == "12 abab 2.2 1024  x "
    )
