"""事業: an event from its date to its last paper, and everybody who takes part."""
