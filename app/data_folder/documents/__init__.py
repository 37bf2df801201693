"""The one paper about the folder: the recovery key."""
