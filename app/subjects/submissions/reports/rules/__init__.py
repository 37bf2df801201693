"""Pure decisions: 実施報告書."""
