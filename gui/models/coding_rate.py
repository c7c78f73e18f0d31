"""How fast the coding goes: images coded since it began, and images a minute of late."""

import time
from collections.abc import Callable, Iterable
from typing import Final

WINDOW_S: Final = 300
_LEAST_S: Final = 60  # before a minute is over, it counts as one


class CodingRate:
    """Counts each image once, when something is said of it for the first time since ``begin``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: dict[int, float] = {}
        self._began = clock()

    def begin(self) -> None:
        """Count from now on."""
        self._first.clear()
        self._began = self._clock()

    def mark(self, ids: Iterable[int]) -> None:
        """Something was said of these images."""
        now = self._clock()
        for image_id in ids:
            self._first.setdefault(image_id, now)

    @property
    def count(self) -> int:
        """How many images something was said of."""
        return len(self._first)

    @property
    def per_minute(self) -> float:
        """Images a minute over the last five minutes, or since it began if that is less."""
        now = self._clock()
        span = min(max(now - self._began, _LEAST_S), WINDOW_S)
        return sum(at > now - WINDOW_S for at in self._first.values()) * 60 / span
