"""Reads application files of others."""
