"""Pure decisions: 申込."""
