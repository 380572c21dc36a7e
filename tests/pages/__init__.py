"""The tables of docs/ that are made from the program: one file a page; `tests/made_docs.py` puts them together."""
