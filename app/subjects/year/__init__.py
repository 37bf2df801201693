"""年度, the totals of a year, and its start and end."""
