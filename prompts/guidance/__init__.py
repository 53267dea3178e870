"""What a person is told first when a message may mean danger: plain, warm, short, with numbers.

Knows levels, topics, countries and languages; nothing of how a level was found. The texts are
sample content that no clinician has reviewed.
"""

from prompts.guidance.compose import (
    COUNTRIES,
    LANGUAGES,
    Guidance,
    GuidanceError,
    Link,
    guidance,
    information_notice,
    load_numbers,
)

__all__ = [
    "COUNTRIES",
    "LANGUAGES",
    "Guidance",
    "GuidanceError",
    "Link",
    "guidance",
    "information_notice",
    "load_numbers",
]
