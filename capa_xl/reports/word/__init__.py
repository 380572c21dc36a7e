"""Word papers: values in, .docx bytes out. The only floor that knows python-docx and docxtpl."""
