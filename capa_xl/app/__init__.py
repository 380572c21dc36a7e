"""One use case per file; joins the pure floors with the effects."""
