"""Pure decisions: 当日."""
