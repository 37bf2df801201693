"""The list widget: its rows, columns, cells and filters."""
