"""Files dropped on a window of Windows, against a FAKE of its three libraries that does what their documentation says.

It shows what is asked of the libraries and what becomes of their answers, not that the real ones answer so.
"""

from pathlib import Path
from types import SimpleNamespace

import pytest

from game.client import win_drops
from game.content.dropped import FILES_MOST
from game.content.imports.notes import Note

WINDOW, DROP, MOUSE_MOVED, ANSWER = 0x1_0002_0044, 0x7FFF_0000_1234, 0x200, 42


class FakeWindows:
    """One window, and one drop at a time."""

    def __init__(self, *, takes_procedures: bool = True, takes_files: bool = True) -> None:
        self.takes_procedures, self.takes_files = takes_procedures, takes_files
        self.procedure, self.style = None, 0x100
        self.paths: dict[int, list[str]] = {}
        self.passed_on: list[int] = []

    def libraries(self) -> win_drops.Libraries:
        comctl32 = SimpleNamespace(SetWindowSubclass=self.subclass, RemoveWindowSubclass=self.remove,
                                   DefSubclassProc=self.pass_on)  # fmt: skip
        shell32 = SimpleNamespace(DragAcceptFiles=self.accept, DragQueryFileW=self.query, DragFinish=self.paths.pop)
        return win_drops.Libraries(comctl32, shell32, SimpleNamespace(GetWindowLongW=lambda _w, _what: self.style))

    def subclass(self, window, procedure, number, word):
        assert (window, word) == (WINDOW, 0)
        if self.takes_procedures:
            self.procedure, self.number = procedure, number
        return int(self.takes_procedures)

    def remove(self, window, procedure, number):
        assert (window, procedure, number) == (WINDOW, self.procedure, self.number)
        self.procedure = None
        return 1

    def pass_on(self, window, message, word, long):
        assert (window, word, long) == (WINDOW, DROP, -5)
        self.passed_on.append(message)
        return ANSWER

    def accept(self, window, yes):
        assert window == WINDOW
        if self.takes_files:
            self.style = self.style & ~win_drops.WS_EX_ACCEPTFILES | win_drops.WS_EX_ACCEPTFILES * yes

    def query(self, drop, number, room, letters):
        """How many there are; the letters of one without its end; or those that were copied."""
        paths = self.paths[drop]
        if number == win_drops.ALL:
            return len(paths)
        if room is None:
            return len(paths[number])
        room.value = paths[number][: letters - 1]
        return len(room.value)

    def send(self, message: int) -> int:
        return self.procedure(WINDOW, message, DROP, -5, self.number, 0)

    def drop(self, *paths: str) -> int:
        self.paths[DROP] = list(paths)
        return self.send(win_drops.WM_DROPFILES)


def test_what_is_dropped_is_read_once_and_freed() -> None:
    windows = FakeWindows()
    drops = win_drops.Drops(windows.libraries(), WINDOW)
    assert drops.listen()
    names = ("/mine/an oak stool.glb", "/mine/枇杷.png", "/mine/" + "long " * 100 + ".obj")
    assert windows.drop(*names) == 0
    assert windows.paths == {}, "the drop is freed"
    assert windows.drop("/mine/later.stl") == 0
    assert drops.poll() == [tuple(Path(name) for name in names), (Path("/mine/later.stl"),)]
    assert drops.poll() == []
    assert windows.passed_on == []


def test_no_more_than_the_first_are_read_and_none_is_told_as_none() -> None:
    windows = FakeWindows()
    drops = win_drops.Drops(windows.libraries(), WINDOW)
    assert drops.listen()
    windows.drop(*(f"/{number}.glb" for number in range(FILES_MOST + 3)))
    windows.drop()
    many, none = drops.poll()
    assert many == (*(Path(f"/{number}.glb") for number in range(FILES_MOST)), Note("drop_most", {"n": FILES_MOST}))
    assert none == (Note("drop_nothing"),)


def test_the_windows_other_messages_go_on_and_their_answers_come_back() -> None:
    windows = FakeWindows()
    drops = win_drops.Drops(windows.libraries(), WINDOW)
    assert drops.listen()
    assert windows.send(MOUSE_MOVED) == ANSWER
    assert windows.passed_on == [MOUSE_MOVED]
    drops.close()
    assert windows.procedure is None
    assert windows.style == 0x100
    drops.close()


def test_a_window_that_goes_first_is_let_go_of() -> None:
    windows = FakeWindows()
    drops = win_drops.Drops(windows.libraries(), WINDOW)
    assert drops.listen()
    assert windows.send(win_drops.WM_NCDESTROY) == ANSWER
    assert windows.procedure is None
    drops.close()
    assert drops.poll() == []


@pytest.mark.parametrize("refused", ["takes_procedures", "takes_files"])
def test_a_window_that_will_not_have_it_is_left_as_it_was(refused: str) -> None:
    windows = FakeWindows(**{refused: False})
    assert not win_drops.Drops(windows.libraries(), WINDOW).listen()
    assert windows.procedure is None
    assert windows.style == 0x100
