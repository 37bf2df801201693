"""The papers of the day: what to look at before printing, the 当日セット, and the way to the day's other work."""
