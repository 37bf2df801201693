"""Pure decisions: whose turn a thing is."""
