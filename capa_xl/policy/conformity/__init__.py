"""How far the policy is kept: every requirement with the population it speaks of and what breaks it."""
