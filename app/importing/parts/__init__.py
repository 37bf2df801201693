"""Qt widgets that all import dialogs share."""
