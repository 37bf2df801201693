"""Services of 派遣."""
