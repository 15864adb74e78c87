import ast
from pathlib import Path

import game.core
from game.core.building import MISFITS
from game.core.events import DECLINE_REASONS
from game.core.ports import REASONS


def reasons_in_rules() -> set[str]:
    """Every string literal that the core gives as a reason, conditional ones included."""
    found: set[str] = set()
    for path in Path(game.core.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                found |= {part.value for part in node.args if isinstance(part, ast.Constant)}  # type: ignore[misc]
            if isinstance(node, ast.keyword) and node.arg == "reason":
                if isinstance(node.value, ast.IfExp):
                    literals: list[ast.expr] = [node.value.body, node.value.orelse]
                else:
                    literals = [node.value]
                found |= {part.value for part in literals if isinstance(part, ast.Constant)}  # type: ignore[misc]
    return found


def words_in_rules() -> set[str]:
    return {
        node.value
        for path in Path(game.core.__file__).parent.rglob("*.py")
        if path.name != "events.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_reason_is_announced_and_every_announced_reason_is_used() -> None:
    assert reasons_in_rules() <= set(DECLINE_REASONS) | set(REASONS), "some are the market's, given ahead of it"
    assert set(MISFITS) <= set(DECLINE_REASONS) <= words_in_rules()
    assert len(set(DECLINE_REASONS)) == len(DECLINE_REASONS)
