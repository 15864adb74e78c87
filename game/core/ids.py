"""Names for the things of the world; every id is lowercase snake_case and never display text."""

from typing import NewType

GoodId = NewType("GoodId", str)  # stem of scenes/goods/<id>.toml; of a good that a player made "g" and a hash
PlaceId = NewType("PlaceId", str)  # stem of scenes/places/<id>.toml
MakerId = NewType("MakerId", str)  # who makes goods or keeps a shop
StandId = NewType("StandId", str)  # a spot in a place where goods stand
DoorId = NewType("DoorId", str)
PieceId = NewType("PieceId", str)  # stem of scenes/kit/<id>.toml
TemplateId = NewType("TemplateId", str)  # stem of scenes/templates/<id>.toml
ItemId = NewType("ItemId", str)  # "i1", "i2" ... in the order in which a room came by them
OrderId = NewType("OrderId", str)  # one purchase, from draft to receipt
OfferHash = NewType("OfferHash", str)  # 0x… EIP-712 digest of a signed offer

Address = NewType("Address", str)  # checksummed 0x… of an account or a contract
TokenId = NewType("TokenId", int)  # ERC-1155 id, 256 bits: a Python int, never NumPy
RoomToken = NewType("RoomToken", int)  # ERC-721 id of a room, 256 bits
Wei = NewType("Wei", int)  # money: a Python int, never a float

WEI_PER_COIN = 10**15  # the game shows prices in coins; 1,000 coins are one ether

HOME = PlaceId("home")
"""The player's own room."""
