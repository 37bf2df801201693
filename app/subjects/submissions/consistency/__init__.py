"""数字の食い違い検査: every number of an event that stands in more than one place, side by side."""
