"""What a run had written when it was refused: said behind the reason, so that half a run isn't taken for none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from capa_xl.errors import CapaError
from capa_xl.model.cut_text import cut_list

_MOST = 5


@contextmanager
def saying_what_stands(written: Sequence[Path | str]) -> Iterator[None]:
    """Whatever refuses the run on the way tells what is written by then: a path each, or a sentence of its own.

    Args:
        written: Filled by the caller as it writes; empty where nothing was, and the refusal is left as it is.

    Raises:
        CapaError: The refusal itself, with what stands behind its own words.
    """
    try:
        yield
    except CapaError as trouble:
        files = [str(one) for one in written if isinstance(one, Path)]
        told = [f"在这以前已写好 {cut_list(files, _MOST, '份')}"] if files else []
        told += [one for one in written if isinstance(one, str)]
        if told:
            trouble.args = ("；".join((str(trouble), *told)),)
        raise
