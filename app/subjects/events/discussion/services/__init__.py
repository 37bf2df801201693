"""Services of discussions, and their document."""
