"""What several use cases need: opening, judging, facts, and the one writer."""
