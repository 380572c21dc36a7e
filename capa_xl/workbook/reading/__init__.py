"""From a workbook's cells to the typed register: headings, words, conversion."""
