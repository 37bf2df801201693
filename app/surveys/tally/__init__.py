"""集計, the totals with cross tables and free texts, and fixing them."""
