"""The year and its settings, as in force on a day."""
