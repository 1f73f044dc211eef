"""When an article was written, and which days its words mean."""
