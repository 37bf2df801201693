"""The frame of every paper: its parts, how it looks in PDF and Excel, the shelf, saving, and the log of what left."""
