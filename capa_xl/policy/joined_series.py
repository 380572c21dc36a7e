"""质量数据 and 过程指标 under the name a department has today, so that a series goes on through its renaming."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from capa_xl.model.lineage import Lineage
from capa_xl.model.records import Measurement, Observation
from capa_xl.model.register import Register, Table

R = TypeVar("R", Measurement, Observation)


def with_joined_series(register: Register, on: date) -> Register:
    """The register with the former names of departments in both sheets replaced by those of that day (部门沿革)."""
    lineage = Lineage.of(register.successions)
    if not lineage.former:
        return register
    return replace(
        register,
        observations=_joined(register.observations, lineage, on),
        measurements=_joined(register.measurements, lineage, on),
    )


def _joined(table: Table[R] | None, lineage: Lineage, on: date) -> Table[R] | None:
    if table is None:
        return None
    return replace(table, records=tuple(_renamed(record, lineage, on) for record in table.records))


def _renamed(record: R, lineage: Lineage, on: date) -> R:
    return replace(record, department=lineage.current(record.department, on)) if record.department else record
