"""The layout of each kind of block on PDF pages."""
