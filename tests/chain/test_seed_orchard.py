"""The street's plots on a new dev chain: opened once, in order, bonded; a second start sends nothing."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from chain.deploy import Deployment, deploy
from chain.dev_sender import DevSender
from chain.errors import ChainError
from chain.keys import dev_address, dev_key, dev_letter_key, letter_key_of
from chain.orchard_desk import dev_grower_home, open_desk
from chain.orchard_witness import ChainOrchardWitness
from chain.rpc import Rpc
from chain.seed_orchard import DAY_SECS, open_plots
from chain.wallet import open_wallet
from chain.words import ZERO_ADDRESS, call_data, encode
from game.content.letters import public_of
from game.content.load import load_catalogue
from game.content.orchard_plots import manifest_of, plot_terms
from game.core.growing.growth import growth
from game.core.ids import GoodId, MakerId, Wei
from game.core.orchard_ports import FruitHeld
from game.core.orchard_witness import WitnessedTree
from game.grower.keys import grower_key

ROOT = Path(__file__).parents[2]
RULES = load_catalogue(ROOT).orchard
assert RULES is not None
PLOTS = plot_terms(RULES)


def height(rpc: Rpc) -> int:
    return int(rpc.call("eth_blockNumber"), 16)


def held_wei(rpc: Rpc, deployment: Deployment, plot: int) -> int:
    call = {"to": deployment.orchard, "data": "0x" + call_data("heldWei(uint256)", plot).hex()}
    return int(rpc.call("eth_call", call, "latest"), 16)


def test_growers_open_their_plots_once_and_a_new_player_finds_trees_in_every_stage(rpc: Rpc, home: Path) -> None:
    deployment = deploy(rpc, home)
    open_plots(rpc, deployment, PLOTS)
    before = height(rpc)
    open_plots(rpc, deployment, PLOTS)
    assert height(rpc) == before, "a second start sends nothing"
    found = {}
    for name in sorted({plot.grower for plot in PLOTS}):
        desk = open_desk(dev_grower_home(home, name), rpc=rpc.url)
        assert desk.grower == dev_address(MakerId(name))
        found |= {plot.plot: plot for plot in desk.plots()}
        desk.close()
    assert sorted(found) == list(range(1, len(PLOTS) + 1))
    now_secs = int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
    stages = []
    for number, offer in enumerate(PLOTS, start=1):
        plot = found[number]
        assert plot.grower == dev_address(offer.grower)
        assert (plot.variety, plot.trees, plot.waterings) == (offer.variety, offer.trees, offer.waterings)
        assert plot.manifest_sha256 == sha256(manifest_of(RULES.plots[number - 1])).digest()
        assert plot.ripe_at_secs - plot.planted_at_secs == (offer.ripe_day - offer.planted_day) * DAY_SECS
        assert held_wei(rpc, deployment, number) == offer.play_trees * offer.adoption_price_wei, "the bond"
        species = RULES.species[RULES.varieties[plot.variety].species]
        stages.append(growth(species, plot.planted_at_secs, plot.blossom_at_secs, plot.ripe_at_secs, now_secs).stage)
    assert stages == ["young", "blossom", "set_fruit", "ripe", "ripening", "planted"]


def test_a_witness_tells_the_contracts_own_words(rpc: Rpc, home: Path) -> None:
    deployment = deploy(rpc, home)
    open_plots(rpc, deployment, PLOTS[:4])
    witness = ChainOrchardWitness(rpc, deployment)
    assert witness.plots() == 4
    apple, loquat = witness.tree(1 << 16 | 5), witness.tree(4 << 16)
    assert apple == WitnessedTree(
        adopter=None, stage="young", variety="apple_rosy", waterings_left=12, yield_fruits=40, picked=0, grafted=False
    )
    assert loquat.stage == "ripe"
    assert witness.held_wei(1) == PLOTS[0].play_trees * PLOTS[0].adoption_price_wei
    buyer = dev_address(MakerId("mei_lin"))
    line = encode(4 << 16, 2, 1)
    buy = call_data("buy(uint256,(uint256,uint16,uint16)[])", 4, 64, 1) + line
    price_wei = Wei(3 * PLOTS[3].fruit_price_wei)
    DevSender(rpc, dev_key(MakerId("mei_lin"), chain_id=31337)).send(
        deployment.orchard or ZERO_ADDRESS, buy, what="buying", value_wei=price_wei
    )
    fruit = FruitHeld(
        good_id=GoodId("f"), plot=4, tree=4 << 16, variety="loquat_dawn", grade="A",
        harvest_day=witness.now_secs() // DAY_SECS, quantity=2, backing_wei=PLOTS[3].fruit_price_wei,
    )  # fmt: skip
    assert (witness.units(buyer, fruit), witness.units(buyer, replace(fruit, grade="B"))) == (2, 1)
    assert witness.units(buyer, replace(fruit, variety="loquat_amber")) == 0
    assert witness.held_wei(4) == PLOTS[3].play_trees * PLOTS[3].adoption_price_wei + price_wei
    with pytest.raises(ChainError, match="no delivery"):
        witness.box(1)
    before = witness.now_secs()
    witness.pass_secs(22 * DAY_SECS)
    assert witness.now_secs() >= before + 22 * DAY_SECS
    assert witness.tree(1 << 16 | 5).stage == "blossom"


def test_a_dev_growers_desk_opens_from_the_command_line(rpc: Rpc, home: Path) -> None:
    open_plots(rpc, deploy(rpc, home), PLOTS)
    command = [sys.executable, "main.py", "grower", "--json", "--home", str(home), "--rpc", rpc.url]
    done = subprocess.run(
        [*command, "--as", "old_wu"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["grower"] == dev_address(MakerId("old_wu"))
    assert [plot["plot"] for plot in told["plots"]] == [1, 4]


def test_an_opening_that_broke_off_is_gone_on_with(rpc: Rpc, home: Path) -> None:
    deployment = deploy(rpc, home)
    open_plots(rpc, deployment, PLOTS[:2])
    before, told = height(rpc), []
    open_plots(rpc, deployment, PLOTS[:3], lambda: told.append("one"))
    assert (height(rpc) - before, told) == (1, ["one"])


def test_a_season_that_has_ended_is_followed_by_the_next_once_and_alone(rpc: Rpc, home: Path) -> None:
    deployment = deploy(rpc, home)
    open_plots(rpc, deployment, PLOTS)
    witness = ChainOrchardWitness(rpc, deployment)
    witness.pass_secs((PLOTS[3].redeem_day + 1) * DAY_SECS)
    told: list[str] = []
    for _ in range(2):
        open_plots(rpc, deployment, PLOTS, lambda: told.append("loquats"))
    assert (told, witness.plots()) == (["loquats"], len(PLOTS) + 1)
    assert witness.tree((len(PLOTS) + 1) << 16).variety == PLOTS[3].variety
    assert witness.tree((len(PLOTS) + 1) << 16).stage == "ripe", "as on a new chain"
    witness.pass_secs(200 * DAY_SECS)
    for _ in range(2):
        open_plots(rpc, deployment, PLOTS)
    assert witness.plots() == 2 * len(PLOTS) + 1, "all of them once more"


def test_nothing_is_opened_where_there_is_no_orchard(rpc: Rpc, home: Path) -> None:
    deployment = deploy(rpc, home)
    before = height(rpc)
    open_plots(rpc, replace(deployment, orchard=None), PLOTS)
    assert height(rpc) == before


def test_a_dev_growers_home_opens_the_letters_that_its_plots_ask_for(tmp_path: Path) -> None:
    folder = dev_grower_home(tmp_path, "old_wu")
    assert dev_grower_home(tmp_path, "old_wu") == folder, "a second time changes nothing"
    assert open_wallet(folder).address == dev_address(MakerId("old_wu"))
    assert public_of(grower_key(folder)) == letter_key_of(dev_letter_key(MakerId("old_wu"), chain_id=31337))


def test_a_dev_growers_keys_are_refused_elsewhere_and_another_wallet_is_kept(tmp_path: Path) -> None:
    with pytest.raises(ChainError, match="public"):
        dev_letter_key(MakerId("old_wu"), chain_id=1)
    with pytest.raises(ChainError, match="no grower"):
        dev_grower_home(tmp_path, "../old_wu")
    stranger = open_wallet(tmp_path / "growers" / "old_wu").address
    with pytest.raises(ChainError, match="another wallet"):
        dev_grower_home(tmp_path, "old_wu")
    assert open_wallet(tmp_path / "growers" / "old_wu").address == stranger
