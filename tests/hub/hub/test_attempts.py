from fallback_hub.hub.attempts import MOST_KEPT, WAIT_SECONDS, Attempts


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def fail(attempts: Attempts, times: int, name: str = "alice", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        attempts.note_failure(name, address)


def test_eight_wrong_passwords_then_ten_minutes() -> None:
    clock = Clock()
    attempts = Attempts(clock=clock)
    fail(attempts, 7)
    assert attempts.seconds_to_wait("alice", "10.0.0.1") == 0
    fail(attempts, 1)
    assert attempts.seconds_to_wait("alice", "10.0.0.1") == WAIT_SECONDS
    clock.now += WAIT_SECONDS + 1
    assert attempts.seconds_to_wait("alice", "10.0.0.1") == 0


def test_nobody_is_locked_out_by_somebody_elsewhere() -> None:
    attempts = Attempts(clock=Clock())
    fail(attempts, 20)
    assert attempts.seconds_to_wait("alice", "10.0.0.2") == 0
    assert attempts.seconds_to_wait("bob", "10.0.0.1") == 0


def test_an_attack_from_many_addresses_ends() -> None:
    attempts = Attempts(clock=Clock())
    for number in range(60):
        attempts.note_failure("alice", f"10.0.1.{number}")
    assert attempts.seconds_to_wait("alice", "10.0.0.2") > 0


def test_an_address_that_tries_many_names_waits() -> None:
    attempts = Attempts(clock=Clock())
    for number in range(200):
        attempts.note_failure(f"pupil{number}", "10.0.0.1")
    assert attempts.seconds_to_wait("another", "10.0.0.1") > 0


def test_the_right_password_wipes_the_slate() -> None:
    attempts = Attempts(clock=Clock())
    fail(attempts, 7)
    attempts.forget("alice", "10.0.0.1")
    fail(attempts, 7)
    assert attempts.seconds_to_wait("alice", "10.0.0.1") == 0


def test_memory_has_an_end() -> None:
    attempts = Attempts(clock=Clock())
    for number in range(MOST_KEPT):
        attempts.note_failure(f"name{number}", "10.0.0.1")
    assert len(attempts._failures) <= MOST_KEPT
