"""A model behind its breaker and its budget: what counts as a failure, and what it costs."""

import pytest
from langchain_core.language_models import FakeListChatModel

from assistant.generation.breaker import MAX_FAILURES
from assistant.generation.guarding import GuardedModel, Prompt, counting_tokens, price_tokens
from assistant.generation.streaming import ChatFailure
from assistant.settings import Settings

PROMPT = Prompt.of("Say what the sources say.", "What is fibre?")


def make(**fields):
    settings = Settings(chat_model="openai:tiny", chat_base_url="http://127.0.0.1:9/v1", **fields)
    return GuardedModel(FakeListChatModel(responses=["Fibre feeds bacteria. " * 30]), settings)


def fail(chat, *, aside=False):
    with pytest.raises(ChatFailure), chat.ask(PROMPT, 5, aside=aside):
        raise ChatFailure("timeout")


def test_an_exchange_counts_its_tokens_once():
    chat = make()
    with counting_tokens() as spent:
        with chat.ask(PROMPT, 5) as exchange:
            assert exchange.read_short(40) == "Fibre feeds bacteria. Fibre feeds bacter"
        chat.budget.count_answer()
    assert spent == [chat.budget.used]
    assert PROMPT.tokens < spent[0] < PROMPT.tokens + 40
    assert (chat.state.tokens_per_answer, chat.state.circuit) == (spent[0], "closed")


def test_a_model_that_ignores_its_limit_is_read_no_further():
    chat = make(chat_max_output_tokens=20)
    with chat.ask(PROMPT, 5) as exchange:
        said = "".join(exchange.read())
    assert said
    assert len(said) < len("Fibre feeds bacteria. " * 30) / 2
    assert 20 <= chat.budget.used - PROMPT.tokens <= 21


def test_what_is_too_slow_aside_does_not_end_the_wording():
    chat = make()
    for _ in range(MAX_FAILURES):
        fail(chat, aside=True)
    assert (chat.state.aside_circuit, chat.state.circuit) == ("open", "closed")
    with pytest.raises(ChatFailure, match="circuit"):
        chat.ask(PROMPT, 5, aside=True)
    chat.ask(PROMPT, 5)


def test_a_model_that_fails_is_asked_for_nothing_else():
    chat = make()
    for _ in range(MAX_FAILURES):
        fail(chat)
    for aside in (False, True):
        with pytest.raises(ChatFailure, match="circuit"):
            chat.ask(PROMPT, 5, aside=aside)


def test_a_budget_that_says_no_takes_no_try_of_the_breaker():
    chat = make(chat_daily_tokens=PROMPT.tokens + 500)
    chat.breaker._open_until = 0.0
    chat.budget.use(1)
    with pytest.raises(ChatFailure, match="budget"):
        chat.ask(PROMPT, 5)
    assert chat.breaker.allows()


@pytest.mark.parametrize(
    ("prices", "cost"),
    [((2.0, 10.0), 0.007), ((0.0, 0.0), 0.0), ((2.0, None), None), ((None, None), None)],
)
def test_tokens_cost_what_their_two_prices_say_or_nobody_knows(prices, cost):
    assert price_tokens(1000, 500, *prices) == cost
