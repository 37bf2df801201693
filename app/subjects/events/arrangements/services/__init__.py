"""Services of arrangements and lent tablets."""
