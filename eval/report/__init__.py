"""Runs and comparisons as self-contained HTML pages: no request to any host, no account.

Knows nothing of how a figure came about; it only shows what the files of a run hold.
"""
