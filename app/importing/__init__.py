"""What every taking in of a file shares: remembered columns, and taking back."""
