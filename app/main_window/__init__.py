"""The main window: its bars, the screens, and navigation between them."""
