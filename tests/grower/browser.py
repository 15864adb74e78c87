"""A real browser without a window, driven over its own debugging protocol."""

import base64
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
START_SECS, WAIT_SECS = 60.0, 20.0
KEYS = {"Enter": ("Enter", 13, "\r"), "Escape": ("Escape", 27, ""), "Tab": ("Tab", 9, "")}


def browser() -> str | None:
    """The browser of this machine; None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Tab:
    """One page of the browser."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.sent = 0
        self.logged: list[str] = []
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """What the browser answers; messages and errors of the page are collected in `logged` meanwhile."""
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.socket.recv(timeout=WAIT_SECS))
            match told.get("method"):
                case "Log.entryAdded":
                    self.logged.append(told["params"]["entry"]["text"])
                case "Runtime.exceptionThrown":
                    self.logged.append(json.dumps(told["params"]["exceptionDetails"]))
            if told.get("id") == self.sent:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result

    def js(self, expression: str) -> Any:
        """The value of an expression in the page."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait(self, expression: str) -> Any:
        """Wait until an expression is true; its value."""
        end = time.monotonic() + WAIT_SECS
        while not (value := self.js(f"Boolean({expression})")):
            assert time.monotonic() < end, f"never true: {expression}\n{self.text()}\n{self.logged}"
            time.sleep(0.05)
        return value

    def open(self, url: str) -> None:
        """Go to a page, as a new visitor, and wait until it is ready."""
        self.ask("Page.navigate", url="about:blank")
        self.ask("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && document.documentElement.dataset.ready === ''")

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            name, code, text = KEYS.get(key, (key, ord(key.upper()[0]), key))
            common = {"key": name, "windowsVirtualKeyCode": code, "text": text}
            self.ask("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **common)
            self.ask("Input.dispatchKeyEvent", type="keyUp", key=name, windowsVirtualKeyCode=code)

    def scan(self, text: str) -> None:
        """What a scanner does: type a text and press Enter."""
        self.ask("Input.insertText", text=text)
        self.press("Enter")

    def text(self, selector: str = "body") -> str:
        """What is to be read in an element."""
        text: str = self.js(f"document.querySelector({json.dumps(selector)}).innerText")
        return text

    def picture(self, path: Path, width: int, height: int) -> None:
        """A picture of the page at that size."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))

    def printed(self) -> bytes:
        """The page as it would be printed, as PDF."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])


@contextmanager
def a_tab(home: Path) -> Iterator[Tab]:
    """A browser with one page; its profile lies under `home`."""
    program = browser()
    assert program is not None
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0",
               "--no-first-run", "--lang=en", f"--user-data-dir={home}")  # fmt: skip
    with (home.parent / "browser.log").open("wb") as log:
        process = subprocess.Popen(
            [program, *options, "about:blank"], stdout=log, stderr=log, start_new_session=True
        )
    try:
        port = home / "DevToolsActivePort"
        end = time.monotonic() + START_SECS
        while not (port.exists() and len(port.read_text().splitlines()) == 2):
            assert process.poll() is None, (home.parent / "browser.log").read_text()
            assert time.monotonic() < end, "the browser did not start"
            time.sleep(0.05)
        number, path = port.read_text().splitlines()
        url = f"ws://127.0.0.1:{number}"
        with connect(url + path, max_size=None) as whole:
            whole.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
            while (told := json.loads(whole.recv(timeout=WAIT_SECS))).get("id") != 1:
                pass
            [target] = [each["targetId"] for each in told["result"]["targetInfos"] if each["type"] == "page"]
        with connect(f"{url}/devtools/page/{target}", max_size=None) as socket:
            yield Tab(socket)
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the program is a script that starts the browser as a child
        process.wait(timeout=20)
