"""The one list: its rows, columns, cells and filters."""
