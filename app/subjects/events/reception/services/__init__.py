"""Services of the reception."""
