"""The day of an event: documents, check-in, the file taken along (当日)."""
