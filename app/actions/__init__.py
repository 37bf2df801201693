"""What every service speaks: the act, what came of it, what is refused, and what a button asks for."""
