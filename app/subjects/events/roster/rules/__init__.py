"""Pure decisions: 実施回の参加者."""
