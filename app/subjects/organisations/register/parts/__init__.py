"""Widgets of the register that screens of other subjects use."""
