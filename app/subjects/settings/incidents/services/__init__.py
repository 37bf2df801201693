"""Reading and writing incidents, their ledger and their report."""
