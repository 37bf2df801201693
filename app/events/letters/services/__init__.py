"""Services of letters and recruitment documents."""
