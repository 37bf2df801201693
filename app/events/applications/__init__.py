"""Applications (申込), imported from a file or entered by telephone, and their places in rosters."""
