"""Services of 実施報告書, without Qt."""
