import subprocess
import sys
from pathlib import Path

import game.core

FOREIGN = ("panda3d", "direct", "ursina", "web3", "eth_account", "eth_tester", "chain", "game.client", "game.content")


def loaded_by(statement: str) -> set[str]:
    program = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return set(shown.stdout.split())


def test_importing_the_whole_core_loads_no_engine_and_no_chain() -> None:
    root = Path(game.core.__file__).parent
    modules = sorted(
        ".".join(("game.core", *path.relative_to(root).with_suffix("").parts)) for path in root.rglob("*.py")
    )
    loaded = loaded_by("import " + ", ".join(m.removesuffix(".__init__") for m in modules))
    assert "game.core.rules.orders" in loaded
    assert not [name for name in loaded if name.startswith(FOREIGN) and name.split(".")[0] in (*FOREIGN, "game")]


def test_the_probe_sees_what_is_imported() -> None:
    assert "chain" in loaded_by("import chain")
