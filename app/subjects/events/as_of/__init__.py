"""その日の状態: an event as it stood at a past moment, read-only, rebuilt from the journal."""
