"""xlsx bytes ↔ records: container, package, reading, conversion, patch, splice, verify, blank workbook."""
