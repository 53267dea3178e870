from assistant.generation.breaker import MAX_FAILURES, PAUSE_SECONDS, CircuitBreaker, DailyBudget


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_a_breaker_opens_after_failures_and_lets_one_try_through():
    clock = Clock()
    breaker = CircuitBreaker(clock)
    for _ in range(MAX_FAILURES):
        assert breaker.allows()
        breaker.fail()
    assert (breaker.state, breaker.allows()) == ("open", False)
    clock.now += PAUSE_SECONDS
    assert breaker.state == "half_open"
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.fail()
    assert breaker.state == "open"
    clock.now += PAUSE_SECONDS
    assert breaker.allows()
    breaker.succeed()
    assert breaker.state == "closed"


def test_retry_after_counts_at_once():
    clock = Clock()
    breaker = CircuitBreaker(clock)
    breaker.fail(retry_after_seconds=7)
    assert not breaker.allows()
    clock.now += 7
    assert breaker.allows()


def test_a_budget_is_of_one_day():
    clock = Clock()
    budget = DailyBudget(100, clock)
    budget.use(80, 10)
    assert budget.sent_and_received == (80, 10)
    assert (budget.allows(10), budget.allows(11)) == (True, False)
    clock.now += 86_400
    assert budget.used == 0
    assert budget.allows(100)
