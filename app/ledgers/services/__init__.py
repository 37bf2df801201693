"""Services of ledgers: read, enter, correct, answer doubts, check, print."""
