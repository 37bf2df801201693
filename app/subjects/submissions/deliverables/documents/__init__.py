"""Documents of 提出物, as blocks."""
