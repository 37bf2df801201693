"""The base class of all dialogs, and dialogs that every subject uses."""
