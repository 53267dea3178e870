"""Every word that a model or a person is told by the program: texts, guidance, templates, tokens.

Knows nothing of articles, answers or screens.
"""
