"""The whole suite runs on every core, a file to a worker; what is named by hand runs in one process."""

import os
from pathlib import Path

import pytest

if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    # The tests start hundreds of processes: with nowhere to keep bytecode, each of them would compile all of it anew.
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode"))


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    option = config.option
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS and not option.usepdb
    worker = hasattr(config, "workerinput")  # a worker that had workers would never end
    if whole and not worker and config.pluginmanager.hasplugin("xdist") and option.numprocesses is None:
        option.numprocesses = "auto"
        option.dist = "loadfile"
