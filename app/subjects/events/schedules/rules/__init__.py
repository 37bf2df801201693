"""Rules of schedules: consequences of a candidate date, load of the weeks, suitable dates."""
