"""An existing table taken over: its headings mapped, what is missing added, nothing lost."""
