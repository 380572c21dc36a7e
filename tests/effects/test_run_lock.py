import pytest

from capa_xl.effects.run_lock import only_run
from capa_xl.errors import WorkbookLocked


def test_a_second_run_is_refused_while_the_first_lasts(tmp_path):
    with only_run(tmp_path), pytest.raises(WorkbookLocked, match="另一个 capa-xl"), only_run(tmp_path):
        pass


def test_the_lock_is_free_again_after_the_run(tmp_path):
    with only_run(tmp_path):
        pass
    with only_run(tmp_path):
        pass
