"""The proof that a splice changed what it was asked to and nothing else; shares no code with what wrote."""
