"""履歴: undo, redo, and the wording of changes."""
