"""The report of a long work's progress."""

from collections.abc import Callable
from typing import TypeAlias

ProgressReporter: TypeAlias = Callable[[int, int], None]
"""Called with the number of finished items and the total."""
