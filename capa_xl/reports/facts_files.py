"""Facts as files other tools read: .parquet with types (extra [facts]), or .csv that Excel opens with its Chinese."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from capa_xl.errors import UsageError
from capa_xl.model.fact_columns import FACT_COLUMNS, FactKind, FactRow, FactValue

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def facts_csv(rows: Iterable[FactRow]) -> bytes:
    """UTF-8 with its mark, dates ISO, true and false; text that would be a formula begins with an apostrophe."""
    text = StringIO(newline="")
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow([column.name for column in FACT_COLUMNS])
    out.writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def facts_parquet(rows: Sequence[FactRow]) -> bytes:
    """One column a fact, typed: text, date32, int64, bool.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError("写 .parquet 需要 pyarrow → pip install capa-xl[facts]，或把文件名写成 .csv") from None
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


def _plain(value: FactValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
