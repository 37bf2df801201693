"""The one frame of dialogs, and those that every subject uses."""
