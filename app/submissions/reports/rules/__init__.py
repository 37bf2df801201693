"""Pure rules of 実施報告書."""
