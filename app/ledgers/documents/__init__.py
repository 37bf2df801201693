"""The one print form of every ledger."""
