"""The maintenance commands: the same rules and services as in the window, without Qt."""
