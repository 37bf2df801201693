"""Screens of 履歴."""
