"""班 of an 意見交換会, side by side."""
