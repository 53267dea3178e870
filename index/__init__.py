"""Articles → index: reads articles with their structure, cuts, embeds, stores and searches them.

Knows nothing of questions' answers, of chat or of screens.
"""
