"""アンケート: the list of surveys, and for one event its questions, entry, import, answers and totals."""
