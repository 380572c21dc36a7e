"""The facts of papers: what each says of a table, ranked, complete or a draft."""
