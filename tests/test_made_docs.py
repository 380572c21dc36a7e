import pytest
from click.testing import CliRunner

from capa_xl.cli.main import program
from capa_xl.cli.wrapping import WIDTH
from tests import made_docs


@pytest.mark.parametrize("name", made_docs.DOCS)
def test_the_generated_page_is_current(name):
    """Stale? `make docs` writes it afresh."""
    assert (made_docs.ROOT / name).read_text("utf-8") == made_docs.DOCS[name]()


def test_the_commands_page_shows_the_help_that_people_see():
    seen = CliRunner().invoke(program, ["check", "--help"], prog_name="capa-xl", env={"COLUMNS": str(WIDTH)}).output
    assert "-h, --help" in seen
    assert seen.rstrip() in made_docs.commands_markdown()
