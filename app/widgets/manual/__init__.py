"""The manual: read, laid out in pages, shown and printed."""
