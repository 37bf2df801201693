"""Rules of the register (pure functions)."""
