"""履歴: what was done to an event or in the whole year, newest first."""
