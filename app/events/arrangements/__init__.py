"""配慮の手配, 撮影の可否 and lent tablets of an event."""
