"""The rules: one idea per entry, data plus one generator; `catalogue` lists them all."""
