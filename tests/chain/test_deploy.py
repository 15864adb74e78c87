"""Deploying and seeding, on real nodes: once, at the same addresses, never on someone else's chain."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chain.deploy import ARTIFACTS, Deployment, deploy, plan_deployment
from chain.dev_sender import DevSender
from chain.envelope import sign_call
from chain.errors import ChainError
from chain.fills import Fill, purchase_data
from chain.goods_id import room_id, terms_of, token_id
from chain.journal import Call
from chain.keys import dev_address, dev_key
from chain.merkle import MerkleTree
from chain.node import ensure_node, release_node
from chain.offers import domain_separator, signer_of
from chain.rpc import Rpc
from chain.seed import Street, StreetGood, offers_path, seed
from chain.words import call_data
from game.core.ids import GoodId, MakerId, PlaceId, Wei
from game.core.ports import Catalogue, GoodTerms, Line, RoomTerms

MAKERS = (MakerId("mei_lin"), MakerId("nils_berg"))


def good(number: int, **changes: Any) -> GoodTerms:
    fields: dict[str, Any] = {
        "good_id": GoodId(f"good_{number}"), "maker": MAKERS[number % 2], "manifest": b'{"number":%d}' % number,
        "edition": 10, "royalty_bps": 500, "price_wei": Wei(10**15 * (number + 1)), "room_share_bps": 1000,
    }  # fmt: skip
    return GoodTerms(**{**fields, **changes})


def room(place: str, *displays: int, bundle: bytes = b"\1" * 32) -> RoomTerms:
    shown = tuple(GoodId(f"good_{number}") for number in displays)
    return RoomTerms(place_id=PlaceId(place), keeper=MakerId("hana_mori"), bundle_sha256=bundle, displays=shown)


CATALOGUE = Catalogue(goods=tuple(good(number) for number in range(5)), rooms=(room("shop", 0, 1, 2), room("street")))


class ForeignChain(Rpc):
    """The same node, claiming another chain id."""

    def call(self, method: str, *params: Any) -> Any:
        return "0x1" if method == "eth_chainId" else super().call(method, *params)


def height(rpc: Rpc) -> int:
    return int(rpc.call("eth_blockNumber"), 16)


def read(rpc: Rpc, contract: str, data: bytes) -> bytes:
    return bytes.fromhex(rpc.call("eth_call", {"to": contract, "data": "0x" + data.hex()}, "latest")[2:])


def test_a_second_start_sends_and_signs_nothing(rpc: Rpc, home: Path) -> None:
    told: list[str] = []
    deployment = deploy(rpc, home, progress=lambda: told.append("deploying"))
    street = seed(rpc, deployment, CATALOGUE, home, progress=lambda: told.append("seeding"))
    sent = ["deploying"] * 4 + ["seeding"] * len(CATALOGUE.rooms)
    assert told == sent, "before each thing that is sent"
    before = height(rpc), offers_path(home, 31337).stat().st_mtime_ns
    assert deploy(rpc, home, progress=lambda: told.append("again")) == deployment
    assert seed(rpc, deployment, CATALOGUE, home, progress=lambda: told.append("again")) == street
    assert told == sent
    assert (height(rpc), offers_path(home, 31337).stat().st_mtime_ns) == before


def test_two_games_that_open_one_chain_at_once_get_it_open_together(rpc: Rpc, tmp_path: Path) -> None:
    start = threading.Barrier(3)

    def open_street(home: Path) -> tuple[Deployment, Street]:
        own = Rpc(rpc.url)
        start.wait(20)
        try:
            deployment = deploy(own, home)
            return deployment, seed(own, deployment, CATALOGUE, home)
        finally:
            own.close()

    with ThreadPoolExecutor(3) as pool:
        first, *others = pool.map(open_street, [tmp_path / name for name in ("one", "two", "three")])
    assert all(deployment.market == first[0].market for deployment, _ in others)
    assert all(street.rooms == first[1].rooms for _, street in others)


def test_addresses_follow_from_the_artifacts_alone(rpc: Rpc, home: Path) -> None:
    plan = plan_deployment()
    deployment = deploy(rpc, home)
    assert {name: getattr(deployment, name) for name in plan.addresses()} == plan.addresses()
    assert len(set(plan.addresses().values())) == 5
    assert rpc.call("eth_getCode", plan.goods, "latest") != "0x"


def test_a_lost_or_damaged_note_is_written_again(rpc: Rpc, home: Path) -> None:
    deployment = deploy(rpc, home)
    rpc.call("evm_mine")
    before = height(rpc)
    path = home / "deployments" / "31337.json"
    for text in ("", "{}", None):
        path.unlink()
        if text is not None:
            path.write_text(text)
        assert deploy(rpc, home) == deployment
    assert height(rpc) == before


def test_a_wiped_chain_is_noticed_and_gets_everything_again(rpc: Rpc, home: Path) -> None:
    moment = rpc.call("evm_snapshot")
    deployment = deploy(rpc, home)
    street = seed(rpc, deployment, CATALOGUE, home)
    assert rpc.call("evm_revert", moment)
    assert rpc.call("eth_getCode", deployment.market, "latest") == "0x"
    again = deploy(rpc, home)
    assert (again.market, again.goods, again.rooms) == (deployment.market, deployment.goods, deployment.rooms)
    assert seed(rpc, again, CATALOGUE, home) == street  # offers are valid there as well: nothing to sign anew
    shop = street.rooms[PlaceId("shop")].room
    assert read(rpc, again.rooms, call_data("displayOf(uint256)", shop))[12:32] != bytes(20)


def test_a_chain_that_was_set_back_has_its_logs_found_from_the_start(rpc: Rpc, home: Path) -> None:
    moment = rpc.call("evm_snapshot")
    rpc.call("anvil_mine", "0x9")
    later = deploy(rpc, home)
    rpc.call("evm_revert", moment)
    assert deploy(rpc, home).block < later.block


def test_a_deployment_that_was_cut_short_is_completed(rpc: Rpc, home: Path) -> None:
    deploy(rpc, home)
    plan = plan_deployment()
    for address in (plan.market, plan.goods):
        rpc.call("anvil_setCode", address, "0x")
        rpc.call("anvil_setNonce", address, "0x0")
    (home / "deployments" / "31337.json").unlink()
    assert deploy(rpc, home).market == plan.market
    assert rpc.call("eth_getCode", plan.market, "latest") != "0x"


def test_a_home_from_before_the_orchard_gets_one(rpc: Rpc, home: Path) -> None:
    before = deploy(rpc, home)
    plan = plan_deployment()
    for address in (plan.campaign, plan.orchard):
        rpc.call("anvil_setCode", address, "0x")
        rpc.call("anvil_setNonce", address, "0x0")
    path = home / "deployments" / "31337.json"
    note = json.loads(path.read_text())
    for name in ("campaign", "orchard"):
        del note["deployment"][name], note["code"][name]
    path.write_text(json.dumps(note))
    told: list[str] = []
    assert deploy(rpc, home, progress=lambda: told.append("deploying")) == before
    assert rpc.call("eth_getCode", plan.orchard, "latest") != "0x"
    assert deploy(rpc, home) == before
    assert json.loads(path.read_text())["deployment"]["orchard"] == plan.orchard


def test_a_home_whose_chain_has_contracts_of_another_version_gets_these_beside_them(
    rpc: Rpc, home: Path, tmp_path: Path
) -> None:
    other = tmp_path / "artifacts"
    other.mkdir()
    for path in ARTIFACTS.glob("*.json"):
        other.joinpath(path.name).write_bytes(path.read_bytes())
    rooms = json.loads((other / "Rooms.json").read_text())
    rooms["bytecode"] += "00"  # never run, but another address for it and for all that know it
    (other / "Rooms.json").write_text(json.dumps(rooms))
    old = deploy(rpc, home, artifacts=other)
    old_street = seed(rpc, old, CATALOGUE, home)
    new = deploy(rpc, home)
    assert new.market != old.market
    assert new.orchard != old.orchard
    assert (new.chain_id, new.genesis) == (old.chain_id, old.genesis)
    assert {rpc.call("eth_getCode", address, "latest") != "0x" for address in (*old.contracts(), *new.contracts())} == {
        True
    }, "nothing was taken away"
    street = seed(rpc, new, CATALOGUE, home)
    assert {good: each.offer.hash for good, each in street.goods.items()}.items().isdisjoint(
        {good: each.offer.hash for good, each in old_street.goods.items()}.items()
    ), "an offer to one market is void at the other"
    before = height(rpc)
    assert (deploy(rpc, home), seed(rpc, new, CATALOGUE, home)) == (new, street)
    assert height(rpc) == before


def test_an_orchard_that_trusts_another_market_is_refused(rpc: Rpc, home: Path) -> None:
    deployment = deploy(rpc, home)
    assert deployment.orchard is not None
    code = rpc.call("eth_getCode", deployment.orchard, "latest")
    rpc.call("anvil_setCode", deployment.orchard, code.replace(deployment.market[2:].lower(), "12" * 20))
    with pytest.raises(ChainError, match="code of orchard"):
        deploy(rpc, home)
    (home / "deployments" / "31337.json").unlink()
    with pytest.raises(ChainError, match="knows other till"):
        deploy(rpc, home)


def test_a_foreign_chain_without_a_market_is_refused_and_told_why(rpc: Rpc, home: Path) -> None:
    foreign = ForeignChain(rpc.url)
    before = height(rpc)
    with pytest.raises(ChainError, match=r"chain 1 at http.* holds no Loquat market"):
        deploy(foreign, home)
    foreign.close()
    assert height(rpc) == before
    assert not (home / "deployments" / "1.json").exists()


def test_on_a_foreign_chain_the_market_is_found_but_nobody_is_played(rpc: Rpc, home: Path) -> None:
    own = deploy(rpc, home)
    foreign = ForeignChain(rpc.url)
    found = deploy(foreign, home / "other")
    assert found == msgspec.structs.replace(own, chain_id=1)
    with pytest.raises(ChainError, match="not for chain 1"):
        seed(foreign, found, CATALOGUE, home / "other")
    with pytest.raises(ChainError, match="not on 1"):
        DevSender(foreign, dev_key(MAKERS[0], chain_id=31337))
    foreign.close()


def test_code_that_was_changed_under_us_is_refused(rpc: Rpc, home: Path) -> None:
    deployment = deploy(rpc, home)
    rpc.call("anvil_setCode", deployment.rooms, "0x6001")
    with pytest.raises(ChainError, match="code of rooms"):
        deploy(rpc, home)


def test_another_contract_in_the_markets_place_is_refused(rpc: Rpc, home: Path) -> None:
    plan = plan_deployment()
    for address in (plan.rooms, plan.market, plan.goods):
        rpc.call("anvil_setCode", address, "0x60006000f3")
    with pytest.raises(ChainError, match="market"):
        deploy(rpc, home)


def test_missing_and_damaged_artifacts_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(ChainError, match=r"Rooms\.json can't be read.*chain\.build"):
        plan_deployment(tmp_path)
    for path in ARTIFACTS.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "Market.json").write_text('{"bytecode": 5}')
    with pytest.raises(ChainError, match=r"Market\.json can't be read"):
        plan_deployment(tmp_path)


@pytest.mark.anvil
def test_both_nodes_charge_the_same_gas(home: Path) -> None:
    def gas_of_blocks(kind: str) -> list[str]:
        node = ensure_node(home / kind, kind)
        rpc = Rpc(node.url)
        seed(rpc, deploy(rpc, home / kind), CATALOGUE, home / kind)
        blocks = [rpc.call("eth_getBlockByNumber", hex(number), False) for number in range(1, height(rpc) + 1)]
        rpc.close()
        release_node(node)
        return [block["gasUsed"] for block in blocks]

    assert gas_of_blocks("embedded") == gas_of_blocks("anvil")


# --- the street ----------------------------------------------------------------------------------------------------


@pytest.fixture
def deployment(rpc: Rpc, home: Path) -> Deployment:
    return deploy(rpc, home)


def test_rooms_are_their_keepers_and_display_their_goods(rpc: Rpc, home: Path, deployment: Deployment) -> None:
    street = seed(rpc, deployment, CATALOGUE, home)
    keeper = dev_address(MakerId("hana_mori"))
    shop = street.rooms[PlaceId("shop")]
    assert shop.room == room_id(keeper, PlaceId("shop"))
    tokens = [street.goods[GoodId(f"good_{number}")].token_id for number in (0, 1, 2)]
    assert sorted(shop.displays) == sorted(tokens)
    told = read(rpc, deployment.rooms, call_data("displayOf(uint256)", shop.room))
    assert told == bytes(12) + bytes.fromhex(keeper[2:]) + MerkleTree(tokens).root
    empty = read(rpc, deployment.rooms, call_data("displayOf(uint256)", street.rooms[PlaceId("street")].room))
    assert empty[32:] == bytes(32)


def test_every_good_has_its_makers_valid_offer(rpc: Rpc, home: Path, deployment: Deployment) -> None:
    street = seed(rpc, deployment, CATALOGUE, home)
    domain = domain_separator(31337, deployment.market)
    for terms in CATALOGUE.goods:
        listed = street.goods[terms.good_id]
        maker = dev_address(terms.maker)
        assert listed.token_id == listed.offer.offer.good == token_id(terms_of(terms, maker))
        assert signer_of(listed.offer, domain=domain) == maker
        assert (listed.offer.offer.start_price_wei, listed.offer.offer.quantity) == (terms.price_wei, terms.edition)
    serials = [(each.offer.offer.seller, each.offer.offer.serial) for each in street.goods.values()]
    assert len(set(serials)) == len(serials)
    assert {serial for seller, serial in serials if seller == dev_address(MAKERS[0])} == {0, 1, 2}


def test_new_terms_are_signed_anew_and_the_others_kept(rpc: Rpc, home: Path, deployment: Deployment) -> None:
    before = seed(rpc, deployment, CATALOGUE, home)
    dearer, larger = good(0, price_wei=Wei(7)), good(2, edition=11)
    goods = (dearer, good(1), larger, *CATALOGUE.goods[3:])
    after = seed(rpc, deployment, Catalogue(goods=goods, rooms=()), home)

    def pair(number: int) -> tuple[Any, Any]:
        name = GoodId(f"good_{number}")
        return before.goods[name], after.goods[name]

    old, new = pair(0)
    assert new.token_id == old.token_id
    assert new.offer.offer.serial == old.offer.offer.serial  # what was sold at the old price still counts
    assert (new.offer.offer.start_price_wei, new.offer.hash != old.offer.hash) == (7, True)
    old, new = pair(2)
    assert new.token_id != old.token_id  # the edition is part of what a good is
    assert new.offer.offer.serial not in {each.offer.offer.serial for each in before.goods.values()}
    for number in (1, 3, 4):
        old, new = pair(number)
        assert new == old


def test_lost_offers_are_signed_again_alike(rpc: Rpc, home: Path, deployment: Deployment) -> None:
    street = seed(rpc, deployment, CATALOGUE, home)
    path = offers_path(home, 31337)
    for text in (None, "{", "[]"):
        path.unlink()
        if text is not None:
            path.write_text(text)
        assert seed(rpc, deployment, CATALOGUE, home) == street


def test_a_friends_home_on_the_same_chain_offers_what_is_sold_already_alike(
    rpc: Rpc, home: Path, tmp_path: Path, deployment: Deployment
) -> None:
    street = seed(rpc, deployment, CATALOGUE, home)
    for number in (0, 2):
        buy(rpc, deployment, GoodId(f"good_{number}"), street.goods[GoodId(f"good_{number}")])
    assert seed(rpc, deployment, CATALOGUE, tmp_path / "friend") == street
    offers_path(home, 31337).unlink()
    assert seed(rpc, deployment, CATALOGUE, home) == street, "nor does a lost book let goods count others' sales"


def buy(rpc: Rpc, deployment: Deployment, good_id: GoodId, good: StreetGood) -> None:
    """Somebody buys a unit, past any home."""
    key, price_wei = dev_key(MakerId("a_buyer"), chain_id=31337), good.offer.offer.start_price_wei
    buyer = dev_address(MakerId("a_buyer"))
    rpc.call("anvil_setBalance", buyer, hex(10**19))
    fill = Fill(line=Line(good_id=good_id, quantity=1), good_id=good_id, signed=good.offer, terms=good.terms)
    data = purchase_data([fill], most_wei=price_wei, deadline_secs=2**40 - 1, best_effort=False)
    call = Call(
        to=deployment.market, data=data, value_wei=price_wei, gas_limit=2_000_000, max_fee_wei=10**11, max_tip_wei=10**9
    )
    nonce = int(rpc.call("eth_getTransactionCount", buyer, "pending"), 16)
    raw, tx_hash = sign_call(call, nonce=nonce, chain_id=31337, key=key)
    rpc.call("eth_sendRawTransaction", "0x" + raw.hex())
    receipt = None
    until = time.monotonic() + 20.0
    while receipt is None and time.monotonic() < until:
        receipt = rpc.call("eth_getTransactionReceipt", tx_hash)
        time.sleep(0.01)
    assert receipt is not None
    assert int(receipt["status"], 16) == 1


TAMPERED: list[dict[str, Any]] = [
    {"signature": "AAAA"}, {"hash": "0x" + "00" * 32}, {"start_price_wei": 1}, {"seller": "0x" + "12" * 20},
    {"seller": "moon"}, {"quantity": -1}, {"serial": -1}, {"serial": 2**64}, {"serial": 0}, {"cap": 5},
    {"token_id": 5}, {"maker": "0x" + "12" * 20},
]  # fmt: skip


def test_an_offer_that_was_tampered_with_is_signed_again(rpc: Rpc, home: Path, deployment: Deployment) -> None:
    street = seed(rpc, deployment, CATALOGUE, home)
    domain = domain_separator(31337, deployment.market)
    path = offers_path(home, 31337)
    whole = path.read_text()
    for changes in TAMPERED:
        book = json.loads(whole)
        good = book["goods"]["good_2"]
        for part in (good, good["terms"], good["offer"], good["offer"]["offer"]):
            part.update({name: value for name, value in changes.items() if name in part})
        assert book != json.loads(whole), changes
        path.write_text(json.dumps(book))
        again = seed(rpc, deployment, CATALOGUE, home)
        for good_id, listed in again.goods.items():
            assert (listed.token_id, listed.terms) == (street.goods[good_id].token_id, street.goods[good_id].terms)
            assert signer_of(listed.offer, domain=domain) == listed.terms.maker
        serials = [(each.offer.offer.seller, each.offer.offer.serial) for each in again.goods.values()]
        assert len(set(serials)) == len(serials), changes


def test_a_room_with_new_goods_is_published_again_and_only_it(rpc: Rpc, home: Path, deployment: Deployment) -> None:
    seed(rpc, deployment, CATALOGUE, home)
    before = height(rpc)
    rooms = (room("shop", 0, 1, 2, 3), room("street"))
    street = seed(rpc, deployment, Catalogue(goods=CATALOGUE.goods, rooms=rooms), home)
    assert height(rpc) == before + 1
    shop = street.rooms[PlaceId("shop")]
    told = read(rpc, deployment.rooms, call_data("publicationOf(uint256)", shop.room))
    assert told == b"\1" * 32 + MerkleTree(shop.displays).root


def test_a_room_that_was_given_away_is_left_alone(rpc: Rpc, home: Path, deployment: Deployment) -> None:
    street: Street = seed(rpc, deployment, CATALOGUE, home)
    keeper, shop = dev_address(MakerId("hana_mori")), street.rooms[PlaceId("shop")].room
    give = call_data("transferFrom(address,address,uint256)", keeper, "0x" + "12" * 20, shop)
    DevSender(rpc, dev_key(MakerId("hana_mori"), chain_id=31337)).send(deployment.rooms, give, what="giving")
    before = height(rpc)
    seed(rpc, deployment, Catalogue(goods=CATALOGUE.goods, rooms=(room("shop", 4),)), home)
    assert height(rpc) == before


def test_a_call_that_would_revert_is_not_sent(rpc: Rpc, deployment: Deployment) -> None:
    sender = DevSender(rpc, dev_key(MAKERS[0], chain_id=31337))
    before = height(rpc)
    with pytest.raises(ChainError, match="publishing nothing can't be done"):
        sender.send(deployment.rooms, call_data("publish(uint256,bytes32,bytes32)", 1, 0, 0), what="publishing nothing")
    assert height(rpc) == before
