"""Rules of arrangements and lent tablets."""
