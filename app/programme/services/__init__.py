"""The year and its settings, as they hold on a day."""
