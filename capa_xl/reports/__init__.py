"""Values → text, .docx, .xlsx, letters. Judges nothing."""
