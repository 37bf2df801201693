"""Services of 設問, without Qt."""
