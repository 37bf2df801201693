"""Services of incidents, their ledger and their report."""
