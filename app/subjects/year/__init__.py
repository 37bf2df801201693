"""年度: what a year adds up to, and what begins and ends it."""
