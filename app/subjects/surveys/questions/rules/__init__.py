"""Pure decisions: 設問."""
