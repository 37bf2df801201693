"""The sheets of the data folder: recovery key and temporary password."""
