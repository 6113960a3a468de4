"""What is wrong with one value: told up to a number, and counted beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import Problem, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_MOST: Final = 100
"""How many problems of one value are told."""
MORE: Final = "more-problems"


class Problems(list[Problem]):
    """The problems of one value as they are found; those beyond the first hundred are only counted.

    >>> problems = Problems()
    >>> for n in range(250):
    ...     problems.append(Problem("empty-text", f"/{n}"))
    >>> len(problems), problems.more, problems.full
    (100, 150, True)
    """

    more = 0

    @property
    def full(self) -> bool:
        """Whether what follows is only counted, and so needs no search for what was meant."""
        return len(self) >= AT_MOST

    def append(self, problem: Problem) -> None:
        """Add a problem, or what another value counted."""
        if problem.code == MORE:
            self.more += counted(problem)
        elif self.full:
            self.more += 1
        else:
            super().append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several."""
        for problem in problems:
            self.append(problem)

    def refuse(self) -> None:
        """Raise ``Unreadable`` with all that is told, if anything is wrong."""
        if self.more:
            raise Unreadable(*self, Problem(MORE, args={"count": self.more}))
        if self:
            raise Unreadable(*self)


def counted(problem: Problem) -> int:
    """How many problems one stands for."""
    count = problem.args.get("count") if problem.code == MORE else None
    return count if isinstance(count, int) else 1
