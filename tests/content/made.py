"""Players' goods for the tests: small models of boxes, and a good around them."""

import struct
from typing import Any

import numpy as np

from game.core.goods import Good, Terms, Text, Wear
from game.core.ids import GoodId, MakerId
from tests.content.small import document, glb

ACCOUNT = MakerId("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
SIZE_M = (0.1, 0.1, 0.12)
OFFER = b'{"offer":{"price":"12"},"signature":"0x12"}'


def box(size_m: tuple[float, float, float] = SIZE_M) -> bytes:
    """A GLB of one box."""
    return glb(document(size_m))


def good(name: str = "Mug", *, worn: bool = False, price_coins: str = "3.5", maker: str = ACCOUNT) -> Good:
    """A good as its maker describes it, before it has an id."""
    return Good(
        id=GoodId(""),
        kind="hat" if worn else "cup",
        maker=MakerId(maker),
        name=Text(en=name, zh="杯子"),
        story=Text(en="Turned by hand.", zh="手工制作。"),
        size_m=SIZE_M,
        licence="CC-BY-4.0",
        terms=Terms(price_coins=price_coins, edition=20),
        wear=Wear(slot="head", joint="head") if worn else None,
        tags=("blue",),
    )


def png(width_px: int = 4, height_px: int = 4) -> bytes:
    """The head of a PNG: as much as is read of it."""
    size = width_px.to_bytes(4, "big") + height_px.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + size + b"\x08\x06\0\0\0" + b"\0" * 4


def solid_box(size_m: tuple[float, float, float] = SIZE_M) -> bytes:
    """A GLB of one box with its numbers: as much as a stranger's model must have."""
    x, y, z = size_m
    points = np.array([(a, b, c) for a in (-x / 2, x / 2) for b in (0.0, z) for c in (-y / 2, y / 2)], "<f4")
    indices = np.array([0, 1, 2, 1, 3, 2, 4, 6, 5, 5, 6, 7, 0, 4, 1, 1, 4, 5, 2, 3, 6, 3, 7, 6, 0, 2, 4, 2, 6, 4,
                        1, 5, 3, 3, 5, 7], "<u2")  # fmt: skip
    blob = points.tobytes() + indices.tobytes()
    chart = document(size_m)
    chart["accessors"][0]["bufferView"], chart["accessors"][1]["bufferView"] = 0, 1
    chart["bufferViews"] = [
        {"buffer": 0, "byteOffset": 0, "byteLength": 96},
        {"buffer": 0, "byteOffset": 96, "byteLength": 72},
    ]
    chart["buffers"] = [{"byteLength": len(blob)}]
    return whole_glb(chart, blob)


def whole_glb(chart: dict[str, Any], blob: bytes) -> bytes:
    """A GLB of a document and its bytes."""
    head = glb(chart)
    chunks = head[12:] + struct.pack("<I4s", len(blob), b"BIN\0") + blob
    return head[:8] + struct.pack("<I", 12 + len(chunks)) + chunks
