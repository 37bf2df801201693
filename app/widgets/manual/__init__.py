"""The manual: read, set in pages, shown and printed."""
