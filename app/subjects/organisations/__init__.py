"""団体 (the register of organisations and people) and the venues of events."""
