"""Pure decisions: 集計."""
