"""履歴: undo, redo, and how a change is said."""
