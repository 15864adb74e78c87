import ast
from pathlib import Path

import game.core
from game.core.events import DECLINE_REASONS


def reasons_in_rules() -> set[str]:
    """Every string literal that the core gives as a reason, conditional ones included."""
    found: set[str] = set()
    for path in Path(game.core.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "reason":
                if isinstance(node.value, ast.IfExp):
                    literals: list[ast.expr] = [node.value.body, node.value.orelse]
                else:
                    literals = [node.value]
                found |= {part.value for part in literals if isinstance(part, ast.Constant)}  # type: ignore[misc]
    return found


def test_every_reason_is_announced_and_every_announced_reason_is_used() -> None:
    assert reasons_in_rules() == set(DECLINE_REASONS)
    assert len(set(DECLINE_REASONS)) == len(DECLINE_REASONS)
