"""The staff desk: answers to hand on, the inbox, the library, quality and settings.

One gradio component shows one tab at a time; the server renders it and checks who asks on every
event. A tab is a module with a table of its actions, each with the role that it needs.

It does not import eval: what it needs of that comes in as `Evaluation`.
"""
