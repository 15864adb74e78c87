"""What is wrong with a file of the world: where, what, and what mends it."""

from collections.abc import Sequence

from msgspec import Struct

from game.core.errors import GameError


class Problem(Struct, frozen=True, order=True):
    """One broken rule: the file (relative to the root), the key path in it, what is wrong, what mends it."""

    file: str
    key: str
    problem: str
    remedy: str


def format_problem(problem: Problem) -> str:
    """One line for people: file, key path, what is wrong, what mends it."""
    where = f"{problem.file}: {problem.key}" if problem.key else problem.file
    return f"{where}: {problem.problem}; {problem.remedy}"


class ContentError(GameError):
    """Files of the world that cannot be used; `problems` holds every one that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(format_problem(problem) for problem in self.problems))
