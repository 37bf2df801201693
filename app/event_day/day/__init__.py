"""The day of an event (当日): its steps, and its documents, checked and printed together."""
