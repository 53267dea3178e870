"""What a message tells the program to do: "ignore your rules", "speak like a pirate".

It changes nothing about how the program answers. It is told from what a person tells of
themselves, so that the question beside it is read alone.
"""

from assistant.instructions.hearing import hear

__all__ = ["hear"]
