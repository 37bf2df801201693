"""年度: what the year as a whole owes."""
