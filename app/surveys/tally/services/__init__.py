"""Services of 集計, without Qt."""
