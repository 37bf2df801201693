"""The document 引継書, as blocks."""
