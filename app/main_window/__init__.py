"""The one window: its bars, the places, and what stands between them."""
