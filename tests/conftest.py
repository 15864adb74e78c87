"""The whole suite runs on every core, a file to a worker; what is named by hand runs in one process."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    option = config.option
    if not named and config.pluginmanager.hasplugin("xdist") and option.numprocesses is None and not option.usepdb:
        option.numprocesses = "auto"
        option.dist = "loadfile"
