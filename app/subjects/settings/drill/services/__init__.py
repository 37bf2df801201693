"""Services of 復元の点検."""
