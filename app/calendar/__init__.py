"""Dates, 和暦, office days and periods."""
