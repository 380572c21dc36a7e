"""The five templates as first set; afterwards people edit them in Word.

Run `python -m capa_xl.reports.word.building report_templates`.
"""
