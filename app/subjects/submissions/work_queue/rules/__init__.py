"""Pure rules on whose turn an item is."""
