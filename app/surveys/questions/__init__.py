"""設問: the library, an event’s own questions, the sheet they stand on."""
