"""Importing lists of others: remembered columns, preview, import and undoing an import."""
