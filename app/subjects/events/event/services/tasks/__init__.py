"""What is due: the kinds of task, what closes them, and the days."""
