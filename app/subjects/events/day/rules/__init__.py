"""Rules of the day: the current step, and checks before printing."""
