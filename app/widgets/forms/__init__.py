"""The one form: its fields and what helps while one types."""
