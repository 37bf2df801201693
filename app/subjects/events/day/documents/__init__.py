"""Content of the documents of the day."""
