import pytest

from tests import made_docs


@pytest.mark.parametrize("name", made_docs.DOCS)
def test_the_generated_page_is_current(name):
    """Stale? `make docs` writes it afresh."""
    assert (made_docs.ROOT / name).read_text("utf-8") == made_docs.DOCS[name]()
