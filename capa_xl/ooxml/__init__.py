"""Any workbook, no word of CAPA: zip, package, XML bytes, sheet scan, splice, styles and the proof."""
