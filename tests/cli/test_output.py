import json
from datetime import date

import pytest

from capa_xl.cli.options import Run
from capa_xl.cli.output import answer
from capa_xl.model.as_of import AsOf

DAY = date(2026, 11, 22)


def run_with(*, as_json):
    return Run(AsOf(DAY, DAY), json=as_json, quiet=False, config=None)


def test_the_document_is_printed_with_json(capsys):
    answer(run_with(as_json=True), lambda: {"as_of": DAY})
    assert json.loads(capsys.readouterr().out) == {"as_of": "2026-11-22"}


def test_the_document_is_not_even_made_without_json():
    answer(run_with(as_json=False), lambda: pytest.fail("nobody asked for it"))
