"""A second coder: a language model's reading, asked for in files and held to the text."""
