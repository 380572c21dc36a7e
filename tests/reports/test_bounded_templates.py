"""Templates that would eat the machine end with an error at once; honest ones are untouched."""

from __future__ import annotations

import pytest
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, UndefinedError

from capa_xl.reports.bounded_templates import BoundedSandbox
from capa_xl.reports.template_budget import MOST_ROUNDS, MOST_VALUE, MOST_WORK
from capa_xl.reports.word.sandbox import new_sandbox

SANDBOX = BoundedSandbox(undefined=StrictUndefined, autoescape=True)


def rendered(source: str, **words) -> str:
    return SANDBOX.from_string(source).render(**words)


LOOP = "{% for i in range(99999) %}"
DOUBLED = "{% set n = namespace(x=[1]) %}{% for i in range(40) %}{% set n.x = [n.x, n.x] %}{% endfor %}"
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
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}"
    "{{ m(40) }}",
    "a loop that goes into itself": "{% for i in range(999) recursive %}{% if loop.depth < 5 %}{{ loop(range(999)) }}"
    "{% endif %}{% endfor %}",
    "a macro that prints in loops": "{% macro m() %}" + LOOP + "{{ s }}{% endfor %}{% endmacro %}{{ m() }}",
    "a text of the template set in loops": "{% set x %}" + LOOP + "y" * 9999 + "{% endfor %}{% endset %}",
    "a filter again and again": LOOP + "{% set a = range(99999)|map('string')|list %}{% endfor %}",
    "a method again and again": "{% set a = s * 500 %}" + LOOP + "{% set b = a.count('xx') %}{% endfor %}",
    "a slice again and again": "{% set a = s * 500 %}" + LOOP + "{% set b = a[1:] %}{% endfor %}",
    "a search again and again": "{% set a = s * 500 %}" + LOOP + "{% set b = 'y' in a %}{% endfor %}",
    "texts kept": "{% set n = namespace(k=[]) %}" + LOOP + "{% set n.k = n.k + ['x' * 999999] %}{% endfor %}",
    "lists kept": "{% set n = namespace(k=[], l=[]) %}"
    + LOOP
    + "{% set n.l = n.l + [i] %}{% set n.k = [n.k, n.l] %}{% endfor %}",
    "a number doubled": "{% set n = namespace(x=1) %}" + LOOP + "{% set n.x = n.x + n.x %}{% endfor %}",
    "lists doubled and printed": DOUBLED + "{{ n.x }}",
    "lists doubled and compared": DOUBLED
    + DOUBLED.replace("n.x", "m.x").replace("set n ", "set m ")
    + "{{ n.x == m.x }}",
    "lists doubled by a call": DOUBLED.replace("[n.x, n.x]", "dict(a=n.x, b=n.x)") + "{{ n.x|string }}",
    "a list of lists repeated": "{% set a = [0] * 999999 %}{{ [a] * 999 }}",
    "a list filled with lists": "{% set a = [0] * 99999 %}{{ [1]|batch(99999, a)|list }}",
    "a replacement of each sign": "{{ (s * 5).replace('x', s * 500) }}",
    "a replacing filter": "{{ (s * 5)|replace('x', s * 500) }}",
    "a translation of each sign": "{{ (s * 5).translate({120: s * 500}) }}",
    "a join by a method": "{{ (s * 500).join(['x'] * 9999) }}",
    "a join of long texts": "{{ ([s * 500] * 99)|join }}",
    "a join of what comes one by one": "{{ range(99999)|map('replace', '1', s)|join }}",
    "tabs": "{{ ('\t' * 9999).expandtabs(9999) }}",
    "a width that a value tells": "{{ '%*d' % (1000000000, 1) }}",
    "a width that a value tells str.format": "{{ '{:{w}}'.format(1, w=1000000) }}",
    "many widths": "{{ ('{0:>9999}' * 9999).format(1) }}",
    "many long values": "{{ ('{0}' * 99999).format(s) }}",
    "filler text": "{{ lipsum(n=1000000) }}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_a_template_that_would_eat_the_machine_is_stopped(source):
    with pytest.raises((SecurityError, RecursionError, OverflowError, UndefinedError)):
        rendered(source, s="x" * 2000)


@pytest.mark.parametrize("sandbox", [SANDBOX, new_sandbox()], ids=["letters", "papers"])
def test_what_is_printed_is_measured_before_it_is_made_text_of_a_letter_or_a_paper(sandbox):
    printing = sandbox.from_string("{{ items }}")
    assert printing.render(items=["x" * 9]) == "[&#39;xxxxxxxxx&#39;]"
    with pytest.raises(SecurityError):
        printing.render(items=["x" * MOST_VALUE])


@pytest.mark.parametrize(("rounds", "stops"), [(MOST_ROUNDS - 1, False), (MOST_ROUNDS, False), (MOST_ROUNDS + 1, True)])
def test_the_bound_on_rounds_holds_to_the_round(rounds, stops):
    source = "{% for a in items %}{% endfor %}"
    if stops:
        with pytest.raises(SecurityError):
            rendered(source, items=range(rounds))
    else:
        assert rendered(source, items=range(rounds)) == ""


def test_loops_share_the_rounds_and_no_name_of_a_template_gives_new_ones():
    loop = "{% for a in items %}{% endfor %}"
    with pytest.raises(SecurityError):
        rendered(loop + "{% set _rounds_left = [999999] %}" + loop, items=range(MOST_ROUNDS // 2 + 1))


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


def test_what_people_write_in_templates_is_within_bounds():
    rows = [{"name": f"措施{number}", "due": "2026-04-30", "owners": ["甲", "乙"]} for number in range(500)]
    source = (
        "{% macro line(row) %}{{ row.name }}（{{ row.owners|join('、') }}）{% endmacro %}"
        "{% for title, items in [('全部', rows), ('前十', rows[:10])] %}{{ title }}{{ items|length }}"
        "{% for row in items %}{{ line(row) }}{{ '%s/%03d'|format(row.due, loop.index) }}{{ '{:>4}'.format(1) }}"
        "{% if row.due == '2026-04-30' and row.owners != [] and '甲' in row.owners %}{{ row.name.replace('措施', '') }}"
        "{% endif %}{% endfor %}{% endfor %}{{ rows|map(attribute='name')|unique|sort|first }}"
        "{{ (rows|selectattr('name', 'equalto', '措施7')|list + rows)|length }}{{ rows|groupby('due')|length }}"
    )
    printed = rendered(source, rows=rows)
    assert printed.startswith("全部500措施0（甲、乙）2026-04-30/001   10措施1")
    assert printed.endswith("措施05011")


def test_a_large_paper_spends_a_part_of_its_budget(monkeypatch):
    spent = []
    monkeypatch.setattr("capa_xl.reports.bounded_templates.charge", spent.append)
    rendered("{% for row in rows %}{{ row }}{% endfor %}", rows=range(20_000))
    assert 0 < sum(spent) < MOST_WORK // 10
