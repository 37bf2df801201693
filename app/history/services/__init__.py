"""Undo, redo, and the wording of changes."""
