"""The filled sample workbook: twelve storylines, further actions and registers under data/, moved to any as-of day."""
