"""One simulated year of the sample company: what people type, what the commands write, and what must come of it."""
