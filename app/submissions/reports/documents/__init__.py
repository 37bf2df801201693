"""Documents of 実施報告書, as blocks."""
