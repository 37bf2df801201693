"""Services of headcounts."""
