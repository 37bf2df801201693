"""Headcount (参加人数): expected numbers, and notifying the contractor of them."""
