"""Small parts used by more than one screen."""
