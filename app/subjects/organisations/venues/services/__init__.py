"""Services of venues and bookings (no Qt)."""
