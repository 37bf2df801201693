"""Services of 持出し管理簿 and of exports for a purpose (no Qt)."""
