"""Rules of letters and recruitment documents."""
