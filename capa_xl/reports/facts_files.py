"""Facts as files other tools read: .parquet with types (extra [facts]), or .csv that Excel opens with its Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from io import BytesIO
from itertools import chain

from capa_xl.errors import UsageError
from capa_xl.model.fact_columns import FACT_COLUMNS, FactKind, FactRow
from capa_xl.model.install_hint import to_install
from capa_xl.reports.csv_text import csv_blob


def facts_csv(rows: Iterable[FactRow]) -> bytes:
    """The names of the columns, then a line a fact."""
    return csv_blob(chain([[column.name for column in FACT_COLUMNS]], rows))


def require_pyarrow() -> None:
    """Return where a .parquet can be written.

    Raises:
        UsageError: pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise UsageError(f"写 .parquet 需要 pyarrow → {to_install('pyarrow')}，或把文件名写成 .csv")


def facts_parquet(rows: Sequence[FactRow]) -> bytes:
    """One column a fact, typed: text, date32, int64, bool.

    Raises:
        UsageError: pyarrow is not installed.
    """
    require_pyarrow()
    import pyarrow
    import pyarrow.parquet

    kinds = {
        FactKind.TEXT: pyarrow.string(),
        FactKind.DATE: pyarrow.date32(),
        FactKind.COUNT: pyarrow.int64(),
        FactKind.FLAG: pyarrow.bool_(),
    }
    arrays = [
        pyarrow.array([row[place] for row in rows], kinds[column.kind]) for place, column in enumerate(FACT_COLUMNS)
    ]
    schema = pyarrow.schema([(column.name, kinds[column.kind]) for column in FACT_COLUMNS])
    out = BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), out)
    return out.getvalue()
