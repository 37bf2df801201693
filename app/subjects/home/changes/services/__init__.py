"""Services that read changes, without Qt."""
