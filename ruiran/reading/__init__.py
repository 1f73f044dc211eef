"""Files to lines and parsed paragraphs."""
