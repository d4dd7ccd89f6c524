"""How "too many" is said, by the turnstile and at sign-in alike."""

from courtsync_web.errors import Problem


def too_many(wait: int, detail: str = "Too many requests.") -> Problem:
    """429 after which waiting for ``wait`` microseconds is enough, in whole seconds."""
    seconds = max(1, -(-wait // 1_000_000))
    unit = "second" if seconds == 1 else "seconds"
    return Problem(
        429,
        "rate-limited",
        f"{detail} Try again in {seconds} {unit}.",
        headers={"Retry-After": str(seconds)},
    )
