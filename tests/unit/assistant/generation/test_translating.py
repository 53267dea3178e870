"""A chat model's translation of a question: what was asked, as far as a glossary can tell."""

import pytest

from assistant.conversation import Conversation, Turn
from assistant.generation.translating import is_translation
from assistant.triage.gloss import load_glossaries
from assistant.understanding import Lexicon
from index.records import Article, Block

TEXT = "Magnesium, melatonin, coffee and autism in milligrams."
TALK = (Turn("user", "Hvad er FODMAP?"), Turn("assistant", "FODMAPs are carbohydrates. [1]"))


@pytest.fixture(scope="module")
def lexicon():
    block = Block("paragraph", 0, len(TEXT), ())
    return Lexicon.of_articles([Article("a", "Magnesium", TEXT, (block,))])


@pytest.mark.parametrize(
    ("language", "question", "english", "holds"),
    [
        ("da", "Hvad er kortkædede fedtsyrer?", "What are short-chain fatty acids?", True),
        ("da", "Hvor meget magnesium om dagen?", "How much magnesium a day?", True),
        ("sv", "Får barn ta melatonin?", "May children take melatonin?", True),
        ("da", "Hvorfor får jeg ondt i maven af mælk?", "Why does milk hurt my stomach?", True),
        ("sv", "Ska jag inte äta före gastroskopi?", "Should I not eat before gastroscopy?", True),
        ("da", "Og er de farlige for børn?", "Are FODMAPs dangerous to children?", True),
        ("da", "Jeg er [navn], hjælper mælk?", "Does milk help?", True),
        ("da", "Hvad er en koloskopi?", "What are short-chain fatty acids?", False),
        ("da", "Hvor mange milligram sertralin?", "What are short-chain fatty acids?", False),
        ("da", "Hvilken stamme kurerer autisme?", "What are short-chain fatty acids?", False),
        ("da", "Hvor meget magnesium om dagen?", "How much magnesium is dangerous a day?", False),
        ("sv", "Kan jag dricka kaffe med IBS?", "Can I drink alcohol with IBS?", False),
        ("sv", "Ska jag inte äta före gastroskopi?", "Should I eat before gastroscopy?", False),
        ("da", "Skal jeg spise før en koloskopi?", "Should I eat after a colonoscopy?", False),
        ("da", "Må jeg tage 2 tabletter?", "May I take 3 tablets?", False),
        ("da", "Jeg er [navn], hjælper mælk?", "I am [name], does milk help?", False),
    ],
)
def test_a_translation_asks_the_same(language, question, english, holds, lexicon):
    conversation = Conversation(question, TALK if question.startswith("Og") else ())
    glossary = load_glossaries()[language]
    assert is_translation(english, conversation, glossary, lexicon) is holds
