"""The form, its fields, and helpers for typing."""
