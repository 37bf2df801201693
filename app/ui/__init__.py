"""PySide6 lives here and nowhere else: the window, its widgets and screens."""
