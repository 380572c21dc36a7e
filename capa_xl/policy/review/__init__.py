"""What the management review is shown, chosen from the situation: one file per group of sections of paper E."""
