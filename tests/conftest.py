"""The whole suite runs on every core, a file to a worker; what is named by hand runs in one process."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    option = config.option
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS and not option.usepdb
    worker = hasattr(config, "workerinput")  # a worker that had workers would never end
    if whole and not worker and config.pluginmanager.hasplugin("xdist") and option.numprocesses is None:
        option.numprocesses = "auto"
        option.dist = "loadfile"
