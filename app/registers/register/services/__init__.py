"""Services of the register of 団体 and people (no Qt)."""
