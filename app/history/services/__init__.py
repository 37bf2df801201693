"""Undo, redo, and the words of a change."""
