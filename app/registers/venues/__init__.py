"""Venues and the bookings of their rooms."""
