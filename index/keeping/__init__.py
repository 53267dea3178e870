"""Backing up, restoring and exporting a home."""
