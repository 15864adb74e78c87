"""After real trade the ledger agrees with the contracts, and a new one with the old."""

from pathlib import Path

from chain.chain_source import ChainSource
from chain.deploy import plan_deployment
from chain.goods_id import room_id, terms_of, token_id
from chain.keys import dev_address
from chain.ledger import Ledger
from chain.logs import TABLES
from chain.room_logs import owner_of, place_of, publications
from chain.words import ZERO_ADDRESS, call_data
from game.core.ids import MakerId
from game.core.ports import Cancel, Delisted, Line, Listed
from tests.chain.bazaar import CATALOGUE, CHAIR, HAT, LAMP, SHOP, STREET, ChainBazaar, new_id


def test_the_ledger_agrees_with_the_contracts(node_kind: str, tmp_path: Path) -> None:
    bazaar = ChainBazaar(tmp_path, node_kind)
    first, second = bazaar.first, bazaar.second
    lines = (
        Line(good_id=HAT, quantity=2, place_id=SHOP),
        Line(good_id=CHAIR, quantity=1, place_id=STREET),
        Line(good_id=LAMP, quantity=1),
    )
    assert first.buy(*lines).state == "final"
    first.wait("the goods", lambda: first.owned(LAMP) == 1)
    resale = first.sell(HAT, 20, share=1000)
    assert isinstance(resale, Listed)
    bazaar.show_offer(resale.offer, of=first, to=second)
    assert second.buy(Line(good_id=HAT, quantity=1, place_id=SHOP, offer=resale.offer)).state == "final"
    lamp = first.sell(LAMP, 90)
    assert isinstance(lamp, Listed)
    first.answer(Cancel(request_id=new_id(), offer=lamp.offer), Delisted)
    second.wait("the last block", lambda: second.owned(HAT) == 1)
    assert first.ready is not None
    assert second.ready is not None

    plan = plan_deployment()
    source = ChainSource(bazaar.rpc, (plan.market, plan.goods, plan.rooms))
    rebuilt = Ledger(":memory:")
    rebuilt.rebuild(source)
    accounts = [first.ready.account, second.ready.account]
    people = [dev_address(MakerId(name)) for name in ("mei_lin", "otto_brandt", "hana_mori", "street_guild")]
    for good in CATALOGUE.goods:
        token = token_id(terms_of(good, dev_address(good.maker)))
        for account in accounts:
            assert rebuilt.holdings(account).get(token, 0) == bazaar.owned_on_chain(account, good.good_id)
    credits = []
    for account in [*accounts, *people]:
        call = {"to": plan.market, "data": "0x" + call_data("creditOf(address)", account).hex()}
        credits.append(rebuilt.credit_of(account))
        assert credits[-1] == int(bazaar.rpc.call("eth_call", call, "latest"), 16)
    assert sum(credits) == int(bazaar.rpc.call("eth_getBalance", plan.market, "latest"), 16)
    assert len(rebuilt.rows("cancelled")) == 1
    assert len(rebuilt.rows("sales")) == 4
    for room in CATALOGUE.rooms:
        keeper = dev_address(room.keeper)
        token = room_id(keeper, room.place_id)
        assert owner_of(rebuilt, token) == keeper
        every = publications(rebuilt, token)
        assert {each.bundle_sha256 for each in every} == {room.bundle_sha256}  # two who seed at once may both publish
        published = max(every, key=lambda each: each.version)
        assert published.version == len(every)
        call = {"to": plan.rooms, "data": "0x" + call_data("publicationOf(uint256)", token).hex()}
        answer = bytes.fromhex(bazaar.rpc.call("eth_call", call, "latest")[2:])
        assert answer == published.bundle_sha256 + published.root
        assert place_of(token, home=token) == "home"
        assert place_of(token, home=0) == f"r{token:064x}"[:21]
    assert owner_of(rebuilt, 1) == ZERO_ADDRESS
    assert publications(rebuilt, 1) == []

    bazaar.close()
    [path] = (tmp_path / "first" / "ledger").glob("*.sqlite")
    followed = Ledger(path)
    for table in TABLES:
        assert followed.rows(table) == rebuilt.rows(table)
