"""Files dropped on the window of an X server, which the engine knows nothing of: the XDND protocol, version 5.

The window names a window of ours as its proxy (XdndProxy), on a connection of our own; whoever drags over the game
sends all messages there. Compositors of Wayland send them to the window itself, so to the engine's connection: there
they are overheard. Protocol: freedesktop.org, "Drag-and-Drop Protocol for the X Window System".
"""

import ctypes
import logging
import sys
from ctypes import POINTER, Structure, Union, byref, c_char_p, c_int, c_long, c_ubyte, c_ulong, c_void_p
from pathlib import Path
from typing import Any

from panda3d.core import GraphicsOutput

from game.content.dropped import LIST_BYTES_MOST, files_of
from game.content.imports.notes import Note

log = logging.getLogger(__name__)

VERSION = 5
ATOM, WINDOW, ANY = 4, 33, 0  # types of properties
SELECTION_NOTIFY, CLIENT_MESSAGE = 31, 33  # types of events
REPLACE, LISTED, WANTS_MOVES = 0, 1, 2
TYPES_MOST = 256
URI_LIST = b"text/uri-list"
NAMES = (b"XdndAware", b"XdndProxy", b"XdndEnter", b"XdndPosition", b"XdndStatus", b"XdndLeave", b"XdndDrop",
         b"XdndFinished", b"XdndSelection", b"XdndTypeList", b"XdndActionCopy", URI_LIST)  # fmt: skip


class Message(Structure):
    """X's XClientMessageEvent."""

    _fields_ = (
        ("type", c_int), ("serial", c_ulong), ("sent", c_int), ("display", c_void_p), ("window", c_ulong),
        ("kind", c_ulong), ("format", c_int), ("data", c_long * 5),
    )  # fmt: skip


class Selection(Structure):
    """X's XSelectionEvent."""

    _fields_ = (
        ("type", c_int), ("serial", c_ulong), ("sent", c_int), ("display", c_void_p), ("requestor", c_ulong),
        ("selection", c_ulong), ("target", c_ulong), ("property", c_ulong), ("time", c_ulong),
    )  # fmt: skip


class Event(Union):
    """X's XEvent, as far as it is read here."""

    _fields_ = (("type", c_int), ("message", Message), ("selection", Selection), ("room", c_long * 24))


# of a connection: makes an Event of what came over the wire, and returns whether it goes into the queue
Unpack = ctypes.CFUNCTYPE(c_int, c_void_p, POINTER(Event), c_void_p)


class Drops:
    """Listens for a window; polled once a frame, it never waits for anybody but the X server."""

    def __init__(self, x11: ctypes.CDLL, display: c_void_p, window: int) -> None:
        self._x11, self._display, self._window = x11, display, window
        self._atom = {name: int(x11.XInternAtom(display, name, 0)) for name in NAMES}
        root = x11.XDefaultRootWindow(display)
        self._proxy = int(x11.XCreateSimpleWindow(display, root, -9, -9, 1, 1, 0, 0, 0))
        for each in (self._proxy, window):  # the proxy names itself, or it is taken for a leftover
            self._put(each, b"XdndAware", ATOM, VERSION)
            self._put(each, b"XdndProxy", WINDOW, self._proxy)
        x11.XFlush(display)
        self._source, self._takes = 0, False
        self._asked = False  # the source for what it drops
        self._overheard: list[tuple[int, list[int]]] = []
        self._engines: c_void_p | None = None  # connection, and how it unpacked messages before
        self._unpack: Any = None
        self._procedure = Unpack(self._overhear)  # held for as long as the connection has its address

    @classmethod
    def of(cls, win: GraphicsOutput) -> "Drops | None":
        """Listen for this window; None where it is not one of an X server."""
        handle = getattr(win, "get_window_handle", lambda: None)()
        if not sys.platform.startswith("linux") or handle is None or "glx" not in win.get_pipe().get_type().get_name():
            return None
        try:
            x11 = ctypes.CDLL("libX11.so.6")  # which the engine has loaded already
        except OSError as error:
            log.info("nothing can be dropped on the window: %s", error)
            return None
        declare(x11)
        display = x11.XOpenDisplay(None)
        if not display:
            return None
        drops = cls(x11, c_void_p(display), handle.get_int_handle())
        drops.overhear(engines_connection())
        return drops

    def overhear(self, engines: int | None) -> None:
        """Also take the messages that come for the window over the engine's connection, if it is known."""
        if engines:
            self._engines = c_void_p(engines)
            self._unpack = self._x11.XESetWireToEvent(self._engines, CLIENT_MESSAGE, self._procedure)

    def poll(self) -> list[tuple[Path | Note, ...]]:
        """Answer whoever drags; returns what was dropped, of each drop its files."""
        dropped, event = [], Event()
        overheard, self._overheard = self._overheard, []
        for kind, data in overheard:
            self._hear(kind, data)
        while self._x11.XPending(self._display):
            self._x11.XNextEvent(self._display, byref(event))
            if event.type == CLIENT_MESSAGE and event.message.format == 32:
                self._hear(event.message.kind, list(event.message.data))
            elif event.type == SELECTION_NOTIFY and self._asked:
                dropped += self._fetch(event.selection.property)
        return [files_of(uri_list) for uri_list in dropped]

    def close(self) -> None:
        """Listen no longer."""
        if self._unpack is not None:
            self._x11.XESetWireToEvent(self._engines, CLIENT_MESSAGE, self._unpack)
        self._x11.XCloseDisplay(self._display)

    def _overhear(self, display: int, event: Any, wire: int) -> int:
        """In the midst of the engine's reading, so nothing is asked of its connection here."""
        queued: int = self._unpack(display, event, wire)
        message = event.contents.message
        if message.window == self._window and message.format == 32:
            self._overheard.append((message.kind, list(message.data)))
        return queued

    def _hear(self, kind: int, data: list[int]) -> None:
        atom, source = self._atom, data[0]
        if kind == atom[b"XdndEnter"]:
            types = self._listed(source) if data[1] & LISTED else data[2:]
            self._source, self._takes, self._asked = source, atom[URI_LIST] in types, False
        elif source != self._source or not source:
            return  # it never entered
        elif kind == atom[b"XdndPosition"]:
            answer = LISTED | WANTS_MOVES if self._takes else 0
            self._say(b"XdndStatus", answer, 0, 0, atom[b"XdndActionCopy"] if self._takes else 0)
        elif kind == atom[b"XdndLeave"]:
            self._source = 0
        elif kind == atom[b"XdndDrop"]:
            if not self._takes:
                self._say(b"XdndFinished", 0, 0)
                return
            self._asked = True
            self._x11.XConvertSelection(
                self._display, atom[b"XdndSelection"], atom[URI_LIST], atom[b"XdndSelection"], self._proxy,
                c_ulong(data[2] & 0xFFFFFFFF),
            )  # fmt: skip

    def _fetch(self, where: int) -> list[bytes]:
        """What the source has put down for us, and the thanks for it."""
        kind, content = self._read(self._proxy, where, LIST_BYTES_MOST) if where else (0, b"")
        fetched = kind == self._atom[URI_LIST]
        self._say(b"XdndFinished", int(fetched), self._atom[b"XdndActionCopy"] if fetched else 0)
        if where:
            self._x11.XDeleteProperty(self._display, self._proxy, where)
        self._source, self._asked = 0, False
        return [content] if fetched else []

    def _listed(self, source: int) -> list[int]:
        """The types of a source that has more than three."""
        size = ctypes.sizeof(c_ulong)  # as the library hands numbers of 32 bits out
        _, content = self._read(source, self._atom[b"XdndTypeList"], 4 * TYPES_MOST)
        return [int.from_bytes(content[at : at + size], sys.byteorder) for at in range(0, len(content), size)]

    def _read(self, window: int, name: int, most: int) -> tuple[int, bytes]:
        """Type and content of a property; nothing where there is none."""
        kind, bits, count, left, content = c_ulong(), c_int(), c_ulong(), c_ulong(), POINTER(c_ubyte)()
        failed = self._x11.XGetWindowProperty(
            self._display, window, name, 0, most // 4, 0, ANY, byref(kind), byref(bits), byref(count), byref(left),
            byref(content),
        )  # fmt: skip
        if failed or not content:
            return 0, b""
        size = {8: 1, 16: 2, 32: ctypes.sizeof(c_long)}.get(bits.value, 0)
        found = ctypes.string_at(content, count.value * size)
        self._x11.XFree(content)
        return kind.value, found

    def _say(self, name: bytes, *data: int) -> None:
        """Send a message to the source, in the name of the window that is dragged over."""
        event = Event(message=Message(CLIENT_MESSAGE, 0, 0, None, self._source, self._atom[name], 32))
        for at, value in enumerate((self._window, *data)):
            event.message.data[at] = value
        self._x11.XSendEvent(self._display, self._source, 0, 0, byref(event))
        self._x11.XFlush(self._display)

    def _put(self, window: int, name: bytes, kind: int, value: int) -> None:
        content = c_long(value)
        self._x11.XChangeProperty(self._display, window, self._atom[name], kind, 32, REPLACE, byref(content), 1)


def engines_connection() -> int | None:
    """The address of the engine's own connection to the X server; None where it draws by other means."""
    try:
        current = ctypes.CDLL("libGL.so.1").glXGetCurrentDisplay
    except (OSError, AttributeError) as error:
        log.info("nothing can be dropped on the window from programs of Wayland: %s", error)
        return None
    current.restype = c_void_p
    found: int | None = current()
    return found


def declare(x11: ctypes.CDLL) -> None:
    """Tell ctypes what the library's functions take and give."""
    wanted = {
        "XOpenDisplay": (c_void_p, [c_char_p]), "XCloseDisplay": (c_int, [c_void_p]),
        "XInternAtom": (c_ulong, [c_void_p, c_char_p, c_int]), "XDefaultRootWindow": (c_ulong, [c_void_p]),
        "XCreateSimpleWindow": (c_ulong, [c_void_p, c_ulong, c_int, c_int, *[ctypes.c_uint] * 3, c_ulong, c_ulong]),
        "XChangeProperty": (c_int, [c_void_p, c_ulong, c_ulong, c_ulong, c_int, c_int, c_void_p, c_int]),
        "XDeleteProperty": (c_int, [c_void_p, c_ulong, c_ulong]), "XFlush": (c_int, [c_void_p]),
        "XPending": (c_int, [c_void_p]), "XNextEvent": (c_int, [c_void_p, c_void_p]), "XFree": (c_int, [c_void_p]),
        "XSendEvent": (c_int, [c_void_p, c_ulong, c_int, c_long, c_void_p]),
        "XConvertSelection": (c_int, [c_void_p, *[c_ulong] * 5]),
        "XESetWireToEvent": (Unpack, [c_void_p, c_int, Unpack]),
        "XGetWindowProperty": (
            c_int, [c_void_p, c_ulong, c_ulong, c_long, c_long, c_int, c_ulong, *[c_void_p] * 5]
        ),
    }  # fmt: skip
    for name, (gives, takes) in wanted.items():
        function = getattr(x11, name)
        function.restype, function.argtypes = gives, takes
