"""Reading and writing the discussion of an 意見交換会, and its paper."""
