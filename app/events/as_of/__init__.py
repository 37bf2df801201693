"""その日の状態: an event at a past moment, read-only, rebuilt from the journal."""
