"""Changes that the journal saw in the cells of GJ-01."""

from datetime import date

from capa_xl.model.snapshot import FieldChange


def change(field, before, after, seen_on):
    return FieldChange("GJ-01", field, before, after, date.fromisoformat(seen_on))
