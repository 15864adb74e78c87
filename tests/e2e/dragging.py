"""A file manager's part of drag and drop: an X client of its own that drags a list over the game's window."""

import ctypes
import time
from ctypes import byref, c_int, c_ulong, c_void_p

from game.client import xdnd

PATIENCE_SECS = 60.0  # a limit for a hanging test, not a measurement
REQUEST, NOTIFY = 30, 31
URI_LIST, PLAIN = b"text/uri-list", b"text/plain"


class _Request(ctypes.Structure):
    _fields_ = (
        ("type", c_int), ("serial", c_ulong), ("sent", c_int), ("display", c_void_p), ("owner", c_ulong),
        ("requestor", c_ulong), ("selection", c_ulong), ("target", c_ulong), ("property", c_ulong), ("time", c_ulong),
    )  # fmt: skip


class Dragger:
    """Drags over the window `target`, after the protocol's words for sources.

    `proxies` False: it sends everything to the window itself, as compositors of Wayland do.
    """

    def __init__(self, display_name: str, target: int, *, proxies: bool = True) -> None:
        self.x11 = ctypes.CDLL("libX11.so.6")
        xdnd.declare(self.x11)
        self.x11.XSetSelectionOwner.argtypes = [c_void_p, c_ulong, c_ulong, c_ulong]
        self.x11.XDestroyWindow.argtypes = [c_void_p, c_ulong]
        self.display = c_void_p(self.x11.XOpenDisplay(display_name.encode()))
        self.target, self.content = target, b""
        self.window = self._new_window()
        proxy = self._wait_for_proxy()
        self.sent_to = proxy if proxies else target

    def drop(self, content: bytes, *types: bytes) -> tuple[int, int | None]:
        """Drag and drop a list; returns what the status and the end said, None where it may not be dropped."""
        self.enter(*(types or (PLAIN, URI_LIST)))
        status = self.move()
        if not status & 1:
            self.say(b"XdndLeave")
            return status, None
        self.content = content
        self.x11.XSetSelectionOwner(self.display, self.atom(b"XdndSelection"), self.window, 0)
        self.say(b"XdndDrop", 0, 0)
        return status, self.wait_for(b"XdndFinished")

    def enter(self, *types: bytes) -> None:
        """Come over the window with these types: more than three stand in a list."""
        atoms = [self.atom(name) for name in types]
        if len(atoms) > 3:
            listed = (c_ulong * len(atoms))(*atoms)
            name = self.atom(b"XdndTypeList")
            self.x11.XChangeProperty(self.display, self.window, name, 4, 32, 0, listed, len(atoms))
        self.say(b"XdndEnter", (5 << 24) | (len(atoms) > 3), *[*atoms, 0, 0, 0][:3])

    def move(self) -> int:
        """Move over it; returns what it says of that."""
        self.say(b"XdndPosition", 0, (100 << 16) | 100, 0, self.atom(b"XdndActionCopy"))
        return self.wait_for(b"XdndStatus")

    def vanish(self) -> None:
        """Be gone in the middle of it, as a program that falls is."""
        self.x11.XDestroyWindow(self.display, self.window)
        self.x11.XFlush(self.display)
        self.window = self._new_window()

    def close(self) -> None:
        self.x11.XCloseDisplay(self.display)

    def atom(self, name: bytes) -> int:
        return int(self.x11.XInternAtom(self.display, name, 0))

    def say(self, name: bytes, *data: int) -> None:
        event = xdnd.Event(message=xdnd.Message(33, 0, 0, None, self.target, self.atom(name), 32))
        for at, value in enumerate((self.window, *data)):
            event.message.data[at] = value
        self.x11.XSendEvent(self.display, self.sent_to, 0, 0, byref(event))
        self.x11.XFlush(self.display)

    def wait_for(self, name: bytes) -> int:
        """What a message of the window says in its second word; what is dropped is handed over meanwhile."""
        end, event, wanted = time.monotonic() + PATIENCE_SECS, xdnd.Event(), self.atom(name)
        while time.monotonic() < end:
            if not self.x11.XPending(self.display):
                time.sleep(0.01)
                continue
            self.x11.XNextEvent(self.display, byref(event))
            if event.type == REQUEST:
                self._hand_over(ctypes.cast(byref(event), ctypes.POINTER(_Request)).contents)
            elif event.type == 33 and event.message.kind == wanted:
                assert event.message.data[0] == self.target, "it speaks for the window that is dragged over"
                return int(event.message.data[1])
        raise AssertionError(f"no {name.decode()} came")

    def _hand_over(self, asked: _Request) -> None:
        assert asked.target == self.atom(URI_LIST)
        content = ctypes.create_string_buffer(self.content, len(self.content) or 1)
        self.x11.XChangeProperty(self.display, asked.requestor, asked.property, asked.target, 8, 0, content,
                                 len(self.content))  # fmt: skip
        told = xdnd.Event(selection=xdnd.Selection(NOTIFY, 0, 0, None, asked.requestor, asked.selection, asked.target,
                                                   asked.property, asked.time))  # fmt: skip
        self.x11.XSendEvent(self.display, asked.requestor, 0, 0, byref(told))
        self.x11.XFlush(self.display)

    def _new_window(self) -> int:
        root = self.x11.XDefaultRootWindow(self.display)
        return int(self.x11.XCreateSimpleWindow(self.display, root, 0, 0, 1, 1, 0, 0, 0))

    def _wait_for_proxy(self) -> int:
        """Whom the window names; it names itself, and knows the protocol."""
        end = time.monotonic() + PATIENCE_SECS
        while time.monotonic() < end:
            proxy = self._number(self.target, b"XdndProxy")
            if proxy:
                assert self._number(proxy, b"XdndProxy") == proxy
                assert self._number(proxy, b"XdndAware") >= 4
                return proxy
            time.sleep(0.1)
        raise AssertionError("the window cannot be dropped on")

    def _number(self, window: int, name: bytes) -> int:
        kind, bits, count, left = c_ulong(), c_int(), c_ulong(), c_ulong()
        content = ctypes.POINTER(c_ulong)()
        self.x11.XGetWindowProperty(self.display, window, self.atom(name), 0, 1, 0, 0, byref(kind), byref(bits),
                                    byref(count), byref(left), byref(content))  # fmt: skip
        return int(content[0]) if content and count.value else 0
