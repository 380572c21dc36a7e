"""KPIs and statistics on frames. pandas and SciPy live here and nowhere below or beside."""
