"""Frozen facts that every floor may import: schema, palette, records, problems, derived values."""
