"""Pure decisions: what a form that comes back asks for, and what in it cannot be."""
