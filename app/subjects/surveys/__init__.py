"""アンケート: from the question to the frozen total, in rooms of their own."""
