"""アンケート, from the questions to the fixed totals."""
