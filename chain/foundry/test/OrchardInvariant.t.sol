// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Campaign} from "../../contracts/Campaign.sol";
import {Pick} from "../../contracts/Harvest.sol";
import {Orchard} from "../../contracts/Orchard.sol";
import {Market} from "../../contracts/Market.sol";
import {Goods} from "../../contracts/Goods.sol";
import {Plot, Tree} from "../../contracts/Plots.sol";
import {Grove} from "./Grove.sol";

/// @notice A season at random: three people and a grower on two plots do what they like when they like.
contract Season is Grove {
    uint256[] public fruits; // every kind that came into being
    mapping(uint256 fruit => bool) private known;
    mapping(uint256 tree => uint256) private leastLeft; // waterings, as seen last
    uint256 public paidIn;
    uint256 public rises; // of waterings left
    uint256 public picks;
    uint256 public sends;
    mapping(uint256 plot => bool) public collected;
    uint256 private blocks = 1000;

    constructor() {
        setUp();
    }

    /// @dev Once only: the fuzzer may call it too.
    function setUp() public override {
        if (address(orchard) != address(0)) return;
        super.setUp();
        openPlot(terms(), grafts());
        paidIn = 2 * uint256(ADOPTION_WEI);
        for (uint256 i; i < 2 * TREES; ++i) leastLeft[tree_(i)] = WATERINGS;
    }

    /// @dev A short season, so that a few calls reach all of it.
    function terms() internal view override returns (Plot memory short) {
        short = super.terms();
        short.blossomAt = uint40(NOW + 20 days);
        short.ripeAt = uint40(NOW + 40 days);
        short.redeemBy = uint40(NOW + 60 days);
    }

    modifier watched() {
        _;
        for (uint256 i; i < 2 * TREES; ++i) {
            uint256 left = orchard.wateringsLeft(tree_(i));
            if (left > leastLeft[tree_(i)]) ++rises;
            leastLeft[tree_(i)] = left;
        }
    }

    function parts() external view returns (Orchard, Campaign, Market, Goods) {
        return (orchard, campaign, market, goods);
    }

    function people() public view returns (address[4] memory) {
        return [buyer, keeper, owner, grower];
    }

    function tree_(uint256 i) public pure returns (uint256) {
        return ((1 + (i / TREES) % 2) << 16) | (i % TREES);
    }

    function kinds() external view returns (uint256) {
        return fruits.length;
    }

    function wait_(uint24 secs) external watched {
        pass(secs % 40 days);
    }

    function morning() external watched {
        pass(1 days);
    }

    function adopt(uint8 who, uint8 i, bool byPlay) external watched {
        address person = people()[who % 4];
        vm.deal(person, ADOPTION_WEI);
        vm.prank(person);
        if (byPlay) {
            try orchard.adoptByPlay(tree_(i)) {} catch {}
        } else {
            try orchard.adopt{value: ADOPTION_WEI}(tree_(i)) {
                paidIn += ADOPTION_WEI;
            } catch {}
        }
    }

    function water(uint8 who, uint8 i, uint8 times, bool own) external watched {
        uint256 tree = tree_(i);
        address person = own ? orchard.treeOf(tree).adopter : people()[who % 4];
        vm.prank(person);
        try orchard.water(tree, times % 16) {} catch {}
    }

    function visit(uint8 who, uint8 i) external watched {
        vm.prank(people()[who % 4]);
        try orchard.visit(tree_(i)) {} catch {}
    }

    function walk(uint8 who, uint16 steps, bool buys) external watched {
        address person = people()[who % 4];
        vm.deal(person, 10 ** 16);
        vm.prank(person);
        if (!buys) {
            try orchard.walk(steps) {} catch {}
        } else {
            uint256 drops = 1 + steps % 20;
            orchard.buyDrops{value: drops * 10 ** 14}(1 + steps % 2, drops);
            paidIn += drops * 10 ** 14;
        }
    }

    function tend(uint8 i, uint8 action) external watched {
        vm.prank(orchard.treeOf(tree_(i)).adopter);
        try orchard.tend(tree_(i), action % 5) {} catch {}
    }

    function graft(uint8 i, bool first) external watched {
        vm.prank(orchard.treeOf(tree_(i)).adopter);
        try orchard.graft(tree_(i), first ? bytes32("loquat_white_jade") : bytes32("loquat_rust")) {} catch {}
    }

    function reveal(uint8 i) external watched {
        vm.roll(++blocks);
        try orchard.reveal(tree_(i)) {} catch {}
    }

    function pick(uint8 who, uint8 i, uint8 clean, uint8 bruised, bool own) external watched {
        uint256 tree = tree_(i);
        address person = own ? orchard.treeOf(tree).adopter : people()[who % 4];
        note(tree);
        vm.prank(person);
        try orchard.pick(line(tree, clean % 5, bruised % 4)) {
            ++picks;
        } catch {}
    }

    function buy(uint8 who, uint8 i, uint8 clean, uint8 bruised, uint8 j) external watched {
        Pick[] memory lines = new Pick[](2);
        (lines[0], lines[1]) = (Pick(tree_(i), clean % 5, bruised % 4), Pick(tree_(j), 1, 0));
        uint256 cost = uint256(FRUIT_WEI) * (1 + clean % 5 + bruised % 4);
        address person = people()[who % 3];
        vm.deal(person, cost);
        note(tree_(i));
        note(tree_(j));
        vm.prank(person);
        try orchard.buy{value: cost}(tree_(i) >> 16, lines) {
            paidIn += cost;
            ++picks;
        } catch {}
    }

    function give(uint8 from, uint8 to, uint8 which, uint8 quantity) external watched {
        if (fruits.length == 0) return;
        vm.prank(people()[from % 4]);
        try goods.safeTransferFrom(
            people()[from % 4], people()[to % 4], fruits[which % fruits.length], quantity % 4, ""
        ) {} catch {}
    }

    /// @dev Sends fruit to the orchard: for a box or, without an address, because the season is over.
    function send(uint8 who, uint8 which, uint8 quantity, bool lapses) external watched {
        if (fruits.length == 0) return;
        address person = people()[who % 4];
        uint256 fruit = fruits[which % fruits.length];
        uint256 has = goods.balanceOf(person, fruit);
        vm.prank(person);
        try goods.safeTransferFrom(
            person, address(orchard), fruit, has == 0 ? 1 : 1 + quantity % has, lapses ? bytes("") : abi.encode(COMMIT)
        ) {
            ++sends;
        } catch {}
    }

    function takeBack(uint8 i) external watched {
        vm.prank(orchard.treeOf(tree_(i)).adopter);
        try orchard.takeBack(tree_(i)) {} catch {}
    }

    function collect(uint8 which, bool all) external watched {
        vm.prank(grower);
        if (all && which % 4 == 0) {
            try orchard.collect(1 + which % 2) {
                collected[1 + which % 2] = true;
            } catch {}
        } else {
            try orchard.releaseBond(1 + which % 2) {} catch {}
        }
    }

    function deliver(uint8 which, bool accept_) external watched {
        uint256 count = campaign.deliveries();
        if (count == 0) return;
        vm.prank(grower);
        if (accept_) {
            try campaign.accept(1 + which % count) {} catch {}
        } else {
            try campaign.refund(1 + which % count) {} catch {}
        }
    }

    /// @dev Remembers what picking a tree today would make: both grades, whatever its variety is.
    function note(uint256 tree) private {
        bytes32 variety = orchard.varietyOf(tree);
        string memory name = variety == "loquat_dawn"
            ? "loquat_dawn"
            : variety == "loquat_amber" ? "loquat_amber" : "loquat_sure";
        for (uint256 k; k < 2; ++k) {
            uint256 fruit = fruitOf(tree, k == 0, name);
            if (!known[fruit]) fruits.push(fruit);
            known[fruit] = true;
        }
    }
}

/// @notice What must hold whatever happens in an orchard.
/// forge-config: default.invariant.runs = 60
contract OrchardInvariantTest is Grove {
    Season private season;

    function setUp() public override {
        vm.warp(NOW);
        season = new Season();
        (orchard, campaign, market, goods) = season.parts();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(season);
    }

    function invariant_TheFourLaws() public view {
        noFruitBeyondTheYieldAndNoWaterBack();
        moneyIsConserved();
        everyFruitIsBacked();
    }

    function noFruitBeyondTheYieldAndNoWaterBack() private view {
        for (uint256 i; i < 2 * TREES; ++i) {
            uint256 tree = season.tree_(i);
            Tree memory it = orchard.treeOf(tree);
            yes(it.picked <= orchard.yieldOf(tree), "picked beyond the yield");
            yes(orchard.yieldOf(tree) <= FRUITS, "yield beyond the promise");
            yes(it.settled <= it.picked, "settled beyond what was picked");
            yes(it.watered <= WATERINGS, "watered beyond the end");
        }
        eq(season.rises(), 0, "waterings left rose");
    }

    function moneyIsConserved() private view {
        uint256 held = orchard.heldWei(1) + orchard.heldWei(2);
        eq(address(orchard).balance, held, "the orchard holds what it says");
        uint256 waiting;
        for (uint256 i = 1; i <= campaign.deliveries(); ++i) waiting += campaign.deliveryOf(i).value;
        eq(address(campaign).balance, waiting, "the campaign holds what is open");
        uint256 credits;
        for (uint256 i; i < 4; ++i) credits += market.creditOf(season.people()[i]);
        eq(held + waiting + credits, season.paidIn(), "every wei is somewhere");
    }

    /// @dev What lies there for a plot is the backing of all fruit in hands, of adopted trees' other fruit, and bonds.
    function everyFruitIsBacked() private view {
        uint256[2] memory owed;
        uint256[] memory inHands = new uint256[](2 * TREES);
        for (uint256 k; k < season.kinds(); ++k) {
            uint256 fruit = season.fruits(k);
            uint256 tree = orchard.treeOfFruit(fruit);
            if (tree == 0) continue;
            uint256 units;
            for (uint256 i; i < 4; ++i) units += goods.balanceOf(season.people()[i], fruit);
            inHands[((tree >> 16) - 1) * TREES + uint16(tree)] += units;
        }
        for (uint256 i; i < 2 * TREES; ++i) {
            uint256 tree = season.tree_(i);
            Tree memory it = orchard.treeOf(tree);
            uint256 yield_ = orchard.yieldOf(tree);
            if (it.adopter == address(0)) {
                owed[i / TREES] += inHands[i] * FRUIT_WEI;
                yes(inHands[i] <= it.picked, "more in hands than was picked");
            } else {
                eq(inHands[i], it.picked - it.settled, "every fruit is in hands or settled");
                if (it.settled < yield_) owed[i / TREES] += ADOPTION_WEI - it.settled * (ADOPTION_WEI / yield_);
            }
        }
        for (uint256 p; p < 2; ++p) {
            owed[p] += orchard.playTreesLeft(p + 1) * ADOPTION_WEI;
            uint256 held = orchard.heldWei(p + 1);
            if (!season.collected(p + 1)) eq(held, owed[p], "backing");
            else eq(held, 0, "collected");
        }
    }

    /// @dev Else the invariants might hold because nothing ever happens.
    function test_TheSeasonIsBusy() public {
        season.adopt(0, 0, false);
        season.adopt(1, 1, true);
        season.water(0, 0, 12, true);
        season.water(0, 1, 12, true);
        season.wait_(uint24(39 days));
        season.wait_(uint24(2 days));
        season.pick(0, 0, 3, 1, true);
        season.pick(0, 1, 2, 1, true);
        season.buy(2, 2, 2, 2, 3);
        eq(season.picks(), 3, "picked and bought");
        season.send(0, 0, 1, false);
        eq(season.sends(), 1, "sent for");
        invariant_TheFourLaws();
    }
}
