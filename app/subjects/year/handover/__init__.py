"""引継書: what the next clerk gets, everything of it from records."""
