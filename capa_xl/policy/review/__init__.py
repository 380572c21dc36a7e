"""What the management review is shown, chosen from the view: one file per group of sections of paper E."""
