"""KPIs and statistics on frames. pandas lives here and nowhere below or beside."""
