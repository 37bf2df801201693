"""集計: totals, cross tables, free texts, and what is frozen."""
