// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Campaign} from "../../contracts/Campaign.sol";
import {Care} from "../../contracts/Care.sol";
import {FruitManifest} from "../../contracts/FruitManifest.sol";
import {Goods} from "../../contracts/Goods.sol";
import {Harvest, Pick} from "../../contracts/Harvest.sol";
import {Orchard} from "../../contracts/Orchard.sol";
import {Graft, Plot, Plots} from "../../contracts/Plots.sol";
import {Terms} from "../../contracts/Terms.sol";
import {Grove} from "./Grove.sol";
import {Receiver} from "./Hostiles.sol";

contract PlotTest is Grove {
    function test_APlotIsKeptAsItWasOpened() public view {
        Plot memory kept = orchard.plotOf(plot);
        yes(keccak256(abi.encode(kept)) == keccak256(abi.encode(terms())), "terms");
        yes(keccak256(abi.encode(orchard.graftsOf(plot))) == keccak256(abi.encode(grafts())), "grafts");
        eq(plot, 1, "counted from 1");
        eq(orchard.heldWei(plot), ADOPTION_WEI, "the bond");
        eq(address(orchard).balance, ADOPTION_WEI, "lies here");
        eq(orchard.yieldOf(treeAt(0)), FRUITS, "its grower tends what nobody adopted");
    }

    function test_APlotWithAnythingOutOfRangeIsRefused() public {
        for (uint256 i; i < 14; ++i) {
            Plot memory bad = terms();
            bytes32 key = "key";
            if (i == 0) bad.grower = keeper;
            if (i == 1) key = 0;
            if (i == 2) bad.trees = 0;
            if (i == 3) bad.fruitsPerTree = 0;
            if (i == 4) bad.playTrees = TREES + 1;
            if (i == 5) bad.fruitPriceWei = 0;
            if (i == 6) bad.adoptionPriceWei = FRUITS - 1;
            if (i == 7) bad.lapseBps = 10_001;
            if (i == 8) bad.blossomAt = bad.plantedAt;
            if (i == 9) bad.ripeAt = bad.blossomAt;
            if (i == 10) bad.redeemBy = bad.ripeAt + 7 days - 1;
            if (i == 11) bad.redeemBy = uint40(NOW + 3 * 365 days + 1);
            if (i == 12) bad.variety = 0;
            if (i == 13) bad.variety = 'a","kind":"gold';
            uint256 bond = uint256(bad.playTrees) * bad.adoptionPriceWei;
            vm.deal(grower, 100 ether);
            Graft[] memory none;
            vm.expectPartialRevert(i < 12 ? Plots.PlotInvalid.selector : FruitManifest.BadName.selector);
            vm.prank(grower);
            orchard.openPlot{value: bond}(bad, key, "manifest", none);
        }
    }

    function test_TheBondIsExact() public {
        vm.deal(grower, 100 ether);
        vm.expectPartialRevert(Plots.WrongValue.selector);
        vm.prank(grower);
        orchard.openPlot{value: ADOPTION_WEI - 1}(terms(), "key", "manifest", grafts());
    }

    function test_GraftsAreNamedOnceWithSaneOdds() public {
        vm.deal(grower, 100 ether);
        for (uint256 i; i < 4; ++i) {
            Graft[] memory bad = grafts();
            if (i == 0) bad[1].withVariety = bad[0].withVariety;
            if (i == 1) bad[0].oddsBps = 0;
            if (i == 2) bad[0].oddsBps = 10_001;
            if (i == 3) bad = new Graft[](17);
            vm.expectPartialRevert(Plots.PlotInvalid.selector);
            vm.prank(grower);
            orchard.openPlot{value: ADOPTION_WEI}(terms(), "key", "manifest", bad);
        }
    }

    function testFuzz_ANameHasNoCharacterThatJsonMinds(bytes32 name) public {
        bool good = true;
        bool ended;
        for (uint256 i; i < 32; ++i) {
            bytes1 c = name[i];
            if (c == 0) ended = true;
            else if (ended || !((c >= "a" && c <= "z") || (c >= "0" && c <= "9") || c == "_")) good = false;
        }
        if (name[0] == 0) good = false;
        Plot memory offer = terms();
        offer.variety = name;
        offer.playTrees = 0;
        Graft[] memory none;
        if (!good) vm.expectRevert(abi.encodeWithSelector(FruitManifest.BadName.selector, name));
        vm.prank(grower);
        orchard.openPlot(offer, "key", "manifest", none);
    }

    function test_StagesFollowFromTheTimeAlone() public {
        uint256[6] memory from = [uint256(0), 30 days, 100 days, 122 days, 160 days, 200 days];
        for (uint256 i; i < 6; ++i) {
            until(from[i]);
            eq(uint256(orchard.stageOf(treeAt(0))), i, "stage");
            if (i == 0) continue;
            until(from[i] - 1);
            eq(uint256(orchard.stageOf(treeAt(0))), i - 1, "the stage before");
        }
        vm.expectPartialRevert(Plots.NoSuchTree.selector);
        orchard.stageOf(treeAt(TREES));
        vm.expectPartialRevert(Plots.NoSuchTree.selector);
        orchard.stageOf((plot + 1) << 16);
    }
}

contract CareTest is Grove {
    function test_AdoptingPutsThePriceAsideAndCannotBeDoneTwice() public {
        adoptAs(buyer, treeAt(0));
        eq(orchard.treeOf(treeAt(0)).adopter, buyer, "adopter");
        eq(orchard.heldWei(plot), 2 * uint256(ADOPTION_WEI), "price and bond");
        vm.deal(keeper, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(Harvest.Taken.selector, treeAt(0), buyer));
        vm.prank(keeper);
        orchard.adopt{value: ADOPTION_WEI}(treeAt(0));
        vm.expectPartialRevert(Plots.WrongValue.selector);
        vm.prank(keeper);
        orchard.adopt{value: ADOPTION_WEI - 1}(treeAt(1));
        vm.expectPartialRevert(Plots.NoSuchTree.selector);
        vm.prank(keeper);
        orchard.adopt{value: ADOPTION_WEI}(treeAt(TREES));
        until(RIPE);
        vm.expectPartialRevert(Harvest.Taken.selector);
        vm.prank(keeper);
        orchard.adopt{value: ADOPTION_WEI}(treeAt(1));
    }

    function test_OneTreeAPlotAndAccountByPlayWhileTheyLast() public {
        vm.prank(buyer);
        orchard.adoptByPlay(treeAt(0));
        eq(orchard.heldWei(plot), ADOPTION_WEI, "the bond backs it");
        vm.expectPartialRevert(Harvest.NoPlayTree.selector);
        vm.prank(keeper);
        orchard.adoptByPlay(treeAt(1));
        Plot memory more = terms();
        more.playTrees = 3;
        plot = openPlot(more, grafts());
        vm.prank(buyer);
        orchard.adoptByPlay(treeAt(0));
        vm.expectPartialRevert(Harvest.NoPlayTree.selector);
        vm.prank(buyer);
        orchard.adoptByPlay(treeAt(1));
        vm.expectPartialRevert(Harvest.Taken.selector);
        vm.prank(keeper);
        orchard.adoptByPlay(treeAt(0));
    }

    function test_TheCanFillsByDaysAndKeepsThreeOfThem() public {
        adoptAs(buyer, treeAt(0));
        drops(15, "full at first");
        waterAs(buyer, treeAt(0), 4);
        drops(11, "four used");
        pass(1 days);
        drops(15, "no more than three days' drops");
        waterAs(buyer, treeAt(0), 8);
        drops(7, "eight used");
        pass(1 days);
        drops(12, "a day later");
        eq(orchard.wateringsLeft(treeAt(0)), 0, "watered to the end");
        vm.expectRevert(Plots.NothingToDo.selector);
        vm.prank(buyer);
        orchard.water(treeAt(0), 1);
        drops(12, "nothing used");
    }

    function test_NoMoreWaterIsUsedThanATreeNeedsOrTheCanHolds() public {
        adoptAs(buyer, treeAt(0));
        adoptAs(buyer, treeAt(1));
        waterAs(buyer, treeAt(0), 1000);
        drops(15 - WATERINGS, "as many as it needs");
        vm.expectRevert(abi.encodeWithSelector(Care.CanTooEmpty.selector, buyer, 3, 4));
        vm.prank(buyer);
        orchard.water(treeAt(1), 4);
        vm.expectPartialRevert(Care.OnlyAdopter.selector);
        vm.prank(keeper);
        orchard.water(treeAt(1), 1);
        vm.expectPartialRevert(Care.OnlyAdopter.selector);
        vm.prank(keeper);
        orchard.water(treeAt(2), 1); // nor a tree that is nobody's
    }

    function test_StepsFillTheCanUpToADailyCap() public {
        vm.prank(buyer);
        orchard.walk(250);
        drops(17, "two drops");
        vm.prank(buyer);
        orchard.walk(50);
        drops(18, "the rest of a drop counts on");
        vm.prank(buyer);
        orchard.walk(type(uint256).max);
        drops(25, "the cap");
        (, uint256 left) = orchard.canOf(buyer);
        eq(left, 0, "no steps left");
        vm.expectRevert(Plots.NothingToDo.selector);
        vm.prank(buyer);
        orchard.walk(1000);
        pass(1 days);
        (, left) = orchard.canOf(buyer);
        eq(left, 1000, "a new day");
        vm.prank(buyer);
        orchard.walk(100);
        drops(26, "walked drops are kept beside the daily ones");
    }

    function test_BoughtDropsPayThePlotsGrower() public {
        vm.deal(buyer, 1 ether);
        vm.prank(buyer);
        orchard.buyDrops{value: 20 * 10 ** 14}(plot, 20);
        drops(35, "bought");
        eq(market.creditOf(grower), 20 * 10 ** 14, "paid");
        eq(orchard.heldWei(plot), ADOPTION_WEI, "nothing is kept");
        vm.expectPartialRevert(Plots.WrongValue.selector);
        vm.prank(buyer);
        orchard.buyDrops{value: 1}(plot, 20);
        vm.expectPartialRevert(Plots.NoSuchTree.selector);
        vm.prank(buyer);
        orchard.buyDrops{value: 10 ** 14}(plot + 1, 1);
        vm.expectRevert(Plots.NothingToDo.selector);
        vm.prank(buyer);
        orchard.buyDrops{value: 0}(plot, 0);
    }

    function test_AFriendWatersOnceADay() public {
        adoptAs(buyer, treeAt(0));
        vm.expectEmit(address(orchard));
        emit Care.Watered(treeAt(0), keeper, 1, WATERINGS - 1, true);
        visitAs(keeper, treeAt(0));
        vm.expectPartialRevert(Care.NoVisit.selector);
        visitAs(keeper, treeAt(0));
        vm.expectPartialRevert(Care.NoVisit.selector);
        visitAs(buyer, treeAt(0)); // one's own
        vm.expectPartialRevert(Care.NoVisit.selector);
        visitAs(owner, treeAt(1)); // nobody's
        pass(1 days);
        visitAs(keeper, treeAt(0));
        eq(orchard.wateringsLeft(treeAt(0)), WATERINGS - 2, "two visits");
    }

    function test_EachTendingHasItsStageAndRaisesTheYieldOnce() public {
        adoptAs(buyer, treeAt(0));
        eq(orchard.yieldOf(treeAt(0)), 6, "untended");
        uint256[4] memory at_ = [uint256(30 days), 122 days, 100 days, 160 days]; // prune, thin, fertilise, birds
        uint256[4] memory order = [uint256(0), 2, 1, 3];
        for (uint256 i; i < 4; ++i) {
            uint256 action = order[i];
            until(at_[action] - 1);
            vm.expectPartialRevert(Care.WrongStage.selector);
            tendAs(buyer, treeAt(0), action);
            until(at_[action]);
            tendAs(buyer, treeAt(0), action);
            eq(orchard.yieldOf(treeAt(0)), 7 + i, "a tenth more");
            vm.expectPartialRevert(Care.WrongStage.selector);
            tendAs(buyer, treeAt(0), action);
        }
        vm.expectRevert(Plots.NothingToDo.selector);
        tendAs(buyer, treeAt(0), 4);
        vm.expectPartialRevert(Care.OnlyAdopter.selector);
        tendAs(keeper, treeAt(0), 3);
    }

    function test_AGraftTakesByTheHashOfItsBlock() public {
        uint256 taken;
        for (uint256 i; i < 200; ++i) {
            Plot memory offer = terms();
            offer.playTrees = 0;
            if (i % 4 == 0) plot = openPlot(offer, grafts());
            uint256 tree = treeAt(i % 4);
            adoptAs(buyer, tree);
            vm.roll(100 + 2 * i);
            vm.prank(buyer);
            orchard.graft(tree, "loquat_white_jade");
            vm.expectRevert(abi.encodeWithSelector(Care.NotYet.selector, tree));
            orchard.reveal(tree);
            yes(orchard.varietyOf(tree) == "loquat_dawn", "nothing is known yet");
            vm.roll(101 + 2 * i);
            vm.setBlockhash(100 + 2 * i, keccak256(abi.encode(i)));
            orchard.reveal(tree);
            bool took = uint256(keccak256(abi.encode(keccak256(abi.encode(i)), tree))) % 10_000 < 3000;
            yes(orchard.varietyOf(tree) == (took ? bytes32("loquat_amber") : bytes32("loquat_dawn")), "variety");
            if (took) ++taken;
            vm.expectRevert(Plots.NothingToDo.selector);
            orchard.reveal(tree);
        }
        yes(taken > 40 && taken < 80, "about three in ten");
    }

    function test_AGraftIsOnceBeforeBlossomWithWhatIsOffered() public {
        adoptAs(buyer, treeAt(0));
        adoptAs(buyer, treeAt(1));
        vm.expectPartialRevert(Care.NoSuchGraft.selector);
        graftAs(buyer, treeAt(0), "apple_rosy");
        vm.expectPartialRevert(Care.OnlyAdopter.selector);
        graftAs(keeper, treeAt(0), "loquat_rust");
        graftAs(buyer, treeAt(0), "loquat_rust");
        vm.expectPartialRevert(Care.WrongStage.selector);
        graftAs(buyer, treeAt(0), "loquat_rust");
        until(BLOSSOM);
        vm.expectPartialRevert(Care.WrongStage.selector);
        graftAs(buyer, treeAt(1), "loquat_rust");
    }

    function test_AGraftThatNobodyLooksAtHasNotTaken() public {
        adoptAs(buyer, treeAt(0));
        vm.roll(100);
        graftAs(buyer, treeAt(0), "loquat_rust"); // which always takes
        vm.roll(100 + 257);
        vm.expectEmit(address(orchard));
        emit Care.Revealed(treeAt(0), address(this), "loquat_dawn", false);
        orchard.reveal(treeAt(0));
        yes(orchard.varietyOf(treeAt(0)) == "loquat_dawn", "the parent's variety");
    }

    function test_AfterTheSeasonNothingIsCaredFor() public {
        adoptAs(buyer, treeAt(0));
        until(REDEEM_BY + 1);
        vm.expectPartialRevert(Care.SeasonOver.selector);
        vm.prank(buyer);
        orchard.water(treeAt(0), 1);
        vm.expectPartialRevert(Care.SeasonOver.selector);
        visitAs(keeper, treeAt(0));
        vm.expectPartialRevert(Care.SeasonOver.selector);
        tendAs(buyer, treeAt(0), 3);
        vm.expectPartialRevert(Care.SeasonOver.selector);
        pickAs(buyer, treeAt(0), 1, 0);
    }

    function drops(uint256 wanted, string memory what) private view {
        (uint256 held,) = orchard.canOf(buyer);
        eq(held, wanted, what);
    }

    function waterAs(address who, uint256 tree, uint256 times) private {
        vm.prank(who);
        orchard.water(tree, times);
    }

    function visitAs(address who, uint256 tree) private {
        vm.prank(who);
        orchard.visit(tree);
    }

    function tendAs(address who, uint256 tree, uint256 action) private {
        vm.prank(who);
        orchard.tend(tree, action);
    }

    function graftAs(address who, uint256 tree, bytes32 withVariety) private {
        vm.prank(who);
        orchard.graft(tree, withVariety);
    }
}

contract HarvestTest is Grove {
    function test_PickedFruitIsAGoodWhoseManifestAnybodyCanReckon() public {
        adoptAs(buyer, treeAt(0));
        waterFully(buyer, treeAt(0));
        until(RIPE);
        uint256 a = fruitOf(treeAt(0), true, "loquat_dawn");
        uint256 b = fruitOf(treeAt(0), false, "loquat_dawn");
        vm.expectEmit(address(orchard));
        emit Harvest.Picked(treeAt(0), buyer, a, true, clock / 1 days, 4, 0, "loquat_dawn");
        pickAs(buyer, treeAt(0), 4, 1);
        eq(goods.balanceOf(buyer, a), 4, "grade A");
        eq(goods.balanceOf(buyer, b), 1, "grade B");
        eq(orchard.treeOfFruit(a), treeAt(0), "its tree");
        eq(orchard.backingOf(a), ADOPTION_WEI / 6, "untended, it bears six");
        eq(orchard.backingOf(b), orchard.backingOf(a), "no money depends on the grade");
        (address creator_, uint16 royaltyBps) = goods.royaltyOf(a);
        eq(creator_, grower, "creator");
        eq(royaltyBps, 0, "no royalty");
        eq(orchard.backingOf(shelf[0]), 0, "what is no fruit has no backing");
    }

    function test_NoMoreIsPickedThanHangs() public {
        adoptAs(buyer, treeAt(0));
        waterFully(buyer, treeAt(0));
        until(RIPE);
        vm.expectRevert(abi.encodeWithSelector(Harvest.TooFewHang.selector, treeAt(0), 6, 7));
        pickAs(buyer, treeAt(0), 4, 3);
        pickAs(buyer, treeAt(0), 4, 1);
        vm.expectRevert(abi.encodeWithSelector(Harvest.TooFewHang.selector, treeAt(0), 1, 2));
        pickAs(buyer, treeAt(0), 2, 0);
        pickAs(buyer, treeAt(0), 0, 1);
        vm.expectRevert(abi.encodeWithSelector(Harvest.TooFewHang.selector, treeAt(0), 0, 1));
        pickAs(buyer, treeAt(0), 0, 1);
        vm.expectRevert(Plots.NothingToDo.selector);
        pickAs(buyer, treeAt(0), 0, 0);
        Pick[] memory twice = new Pick[](2); // a tree that is named twice is counted twice
        buyAs(buyer, treeAt(1), 0, 1);
        (twice[0], twice[1]) = (Pick(treeAt(1), 5, 0), Pick(treeAt(1), 5, 0));
        vm.deal(buyer, 1 ether);
        vm.expectPartialRevert(Harvest.TooFewHang.selector);
        vm.prank(buyer);
        orchard.buy{value: 10 * FRUIT_WEI}(plot, twice);
    }

    function test_OnlyRipeAndWateredTreesOfOnesOwnArePicked() public {
        adoptAs(buyer, treeAt(0));
        adoptAs(buyer, treeAt(1));
        waterFully(buyer, treeAt(0));
        until(RIPE - 1);
        vm.expectRevert(
            abi.encodeWithSelector(Harvest.NotRipe.selector, treeAt(0), Plots.Stage.Ripening, 0)
        );
        pickAs(buyer, treeAt(0), 1, 0);
        until(RIPE);
        vm.expectRevert(
            abi.encodeWithSelector(Harvest.NotRipe.selector, treeAt(1), Plots.Stage.Ripening, WATERINGS)
        );
        pickAs(buyer, treeAt(1), 1, 0);
        vm.expectPartialRevert(Care.OnlyAdopter.selector);
        pickAs(keeper, treeAt(0), 1, 0);
        vm.expectPartialRevert(Care.OnlyAdopter.selector);
        pickAs(keeper, treeAt(2), 1, 0);
        pickAs(buyer, treeAt(0), 1, 0);
        Pick[] memory none;
        vm.expectPartialRevert(Harvest.WrongLines.selector);
        orchard.pick(none);
        vm.expectPartialRevert(Harvest.WrongLines.selector);
        orchard.pick(new Pick[](33));
    }

    function test_TheScaleSellsWhatNobodyAdopted() public {
        adoptAs(keeper, treeAt(3));
        until(RIPE - 1);
        vm.expectPartialRevert(Harvest.NotRipe.selector);
        buyAs(buyer, treeAt(0), 1, 0);
        until(RIPE);
        vm.expectPartialRevert(Harvest.Taken.selector);
        buyAs(buyer, treeAt(3), 1, 0);
        buyAs(buyer, treeAt(0), 3, 2);
        uint256 a = fruitOf(treeAt(0), true, "loquat_dawn");
        eq(goods.balanceOf(buyer, a), 3, "bought");
        eq(orchard.backingOf(a), FRUIT_WEI, "the price backs it");
        eq(orchard.heldWei(plot), 5 * uint256(FRUIT_WEI) + 2 * uint256(ADOPTION_WEI), "all of it lies here");
        vm.deal(buyer, 1 ether);
        vm.expectPartialRevert(Plots.WrongValue.selector);
        vm.prank(buyer);
        orchard.buy{value: FRUIT_WEI - 1}(plot, line(treeAt(1), 1, 0));
        uint256 first = plot;
        uint256 second = openPlot(terms(), grafts2());
        vm.expectPartialRevert(Harvest.WrongLines.selector);
        vm.prank(buyer);
        orchard.buy{value: FRUIT_WEI}(second, line(treeAt(1), 1, 0)); // a tree of the first
        eq(orchard.heldWei(second), ADOPTION_WEI, "nothing was booked");
        plot = first;
        until(REDEEM_BY + 1);
        vm.expectPartialRevert(Care.SeasonOver.selector);
        buyAs(buyer, treeAt(1), 1, 0);
    }

    function test_AGraftedTreeBearsTheNewVariety() public {
        adoptAs(buyer, treeAt(0));
        vm.roll(50);
        vm.prank(buyer);
        orchard.graft(treeAt(0), "loquat_rust");
        vm.roll(51);
        vm.setBlockhash(50, keccak256("any"));
        orchard.reveal(treeAt(0));
        waterFully(buyer, treeAt(0));
        until(RIPE);
        pickAs(buyer, treeAt(0), 1, 0);
        eq(goods.balanceOf(buyer, fruitOf(treeAt(0), true, "loquat_sure")), 1, "of the new variety");
    }

    function grafts2() private pure returns (Graft[] memory none) {}
}

/// @notice Tries to come back into the orchard while fruit arrives.
contract Greedy is Receiver {
    Orchard private immutable orchard;
    bytes private again;
    bytes4 public reason;

    constructor(Orchard orchard_) {
        orchard = orchard_;
    }

    function buy(uint256 plot, Pick[] calldata lines, bytes calldata again_) external payable {
        again = again_;
        orchard.buy{value: msg.value}(plot, lines);
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external override returns (bytes4) {
        if (msg.sender == address(orchard.goods())) {
            (bool ok, bytes memory answer) = address(orchard).call(again);
            if (!ok) reason = bytes4(answer);
        }
        return this.onERC1155Received.selector;
    }

    receive() external payable {}
}

contract RedeemTest is Grove {
    function test_SendingFruitBurnsItAndOpensADelivery() public {
        (uint256 a,) = harvest();
        uint256 unit = ADOPTION_WEI / 6;
        vm.expectEmit(address(orchard));
        emit Orchard.Redeemed(1, treeAt(0), a, 3, 3 * unit);
        uint256 delivery = redeemAs(buyer, a, 3);
        Campaign.Delivery memory it = campaign.deliveryOf(delivery);
        eq(it.buyer, buyer, "buyer");
        eq(it.seller, grower, "seller");
        eq(it.value, 3 * unit, "value");
        eq(goods.balanceOf(buyer, a), 1, "burnt");
        eq(goods.balanceOf(address(orchard), a), 0, "and not kept");
        eq(address(campaign).balance, 3 * unit, "it waits there");
        eq(address(orchard).balance, orchard.heldWei(plot), "and no longer here");
        eq(it.actBy, clock + 3 days, "three days to accept");
    }

    function test_ATreesFruitsAreWorthItsPriceToTheWei() public {
        (uint256 a, uint256 b) = harvest();
        redeemAs(buyer, a, 1);
        uint256[] memory ids = new uint256[](2);
        uint256[] memory quantities = new uint256[](2);
        (ids[0], ids[1], quantities[0], quantities[1]) = (a, b, 3, 2);
        vm.prank(buyer);
        goods.safeBatchTransferFrom(buyer, address(orchard), ids, quantities, abi.encode(COMMIT));
        eq(address(campaign).balance, ADOPTION_WEI, "all of it");
        eq(campaign.deliveryOf(2).value, 5 * (ADOPTION_WEI / 6) + ADOPTION_WEI % 6, "the last has the remainder");
        eq(orchard.heldWei(plot), ADOPTION_WEI, "the bond stays");
    }

    function test_AHolderWhoNeverPickedMaySendToo() public {
        until(RIPE);
        buyAs(keeper, treeAt(1), 2, 0);
        uint256 a = fruitOf(treeAt(1), true, "loquat_dawn");
        vm.prank(keeper);
        goods.safeTransferFrom(keeper, buyer, a, 2, "");
        uint256 delivery = redeemAs(buyer, a, 2);
        eq(campaign.deliveryOf(delivery).buyer, buyer, "the holder is the buyer");
        eq(campaign.deliveryOf(delivery).value, 2 * uint256(FRUIT_WEI), "value");
    }

    function test_TheBondOfAPlayTreeGoesBackWhenTheBoxArrives() public {
        vm.prank(buyer);
        orchard.adoptByPlay(treeAt(2));
        waterFully(buyer, treeAt(2));
        until(RIPE);
        pickAs(buyer, treeAt(2), 6, 0);
        uint256 delivery = redeemAs(buyer, fruitOf(treeAt(2), true, "loquat_dawn"), 6);
        eq(orchard.heldWei(plot), 0, "the bond is in the delivery");
        act(grower, Campaign.accept.selector, delivery);
        act(grower, Campaign.ship.selector, delivery);
        act(buyer, Campaign.confirm.selector, delivery);
        eq(market.creditOf(grower), ADOPTION_WEI, "back");
    }

    function test_AGrowerWhoFailsLosesTheBondToThePlayer() public {
        vm.prank(buyer);
        orchard.adoptByPlay(treeAt(2));
        waterFully(buyer, treeAt(2));
        until(RIPE);
        pickAs(buyer, treeAt(2), 6, 0);
        uint256 delivery = redeemAs(buyer, fruitOf(treeAt(2), true, "loquat_dawn"), 6);
        pass(3 days + 1);
        act(buyer, Campaign.refund.selector, delivery);
        eq(market.creditOf(buyer), ADOPTION_WEI, "the player has it");
    }

    function test_WhatIsNoFruitOfThisOrchardIsNotTaken() public {
        stock(0, 5);
        vm.expectPartialRevert(Orchard.NotFruit.selector);
        sendFruit(owner, shelf[0], 1, abi.encode(COMMIT));
        Terms memory made = termsOf(1);
        vm.expectPartialRevert(Orchard.NotFruit.selector);
        vm.prank(maker);
        goods.mint(made, address(orchard), 1);
        uint256[] memory none;
        vm.expectPartialRevert(Harvest.WrongLines.selector);
        vm.prank(owner);
        goods.safeBatchTransferFrom(owner, address(orchard), none, none, abi.encode(COMMIT));
        (uint256 a,) = harvest();
        vm.expectRevert(abi.encodeWithSelector(Orchard.NotFruit.selector, buyer, 0));
        vm.prank(buyer);
        orchard.onERC1155Received(buyer, buyer, a, 1, abi.encode(COMMIT)); // who says that fruit came
    }

    function test_FruitOfTwoPlotsIsNotSentTogetherAndAZeroNotAtAll() public {
        uint256 first = plot;
        uint256 second = openPlot(terms(), new Graft[](0));
        until(RIPE);
        buyAs(buyer, treeAt(0), 1, 0);
        uint256[] memory ids = new uint256[](2);
        uint256[] memory quantities = new uint256[](2);
        ids[0] = fruitOf(treeAt(0), true, "loquat_dawn");
        plot = second;
        buyAs(buyer, treeAt(0), 1, 0);
        ids[1] = fruitOf(treeAt(0), true, "loquat_dawn");
        (quantities[0], quantities[1]) = (1, 1);
        vm.expectPartialRevert(Harvest.WrongLines.selector);
        vm.prank(buyer);
        goods.safeBatchTransferFrom(buyer, address(orchard), ids, quantities, abi.encode(COMMIT));
        ids[1] = ids[0];
        quantities[1] = 0;
        vm.expectPartialRevert(Goods.ZeroQuantity.selector);
        vm.prank(buyer);
        goods.safeBatchTransferFrom(buyer, address(orchard), ids, quantities, abi.encode(COMMIT));
        vm.expectPartialRevert(Orchard.WrongData.selector);
        sendFruit(buyer, ids[0], 1, "no hash");
        vm.expectPartialRevert(Orchard.SeasonNotOver.selector);
        sendFruit(buyer, ids[0], 1, "");
        plot = first;
    }

    function test_AfterTheSeasonFruitLapsesAndIsNotSentFor() public {
        (uint256 a,) = harvest();
        buyAs(buyer, treeAt(1), 0, 2);
        uint256 b = fruitOf(treeAt(1), false, "loquat_dawn");
        until(REDEEM_BY);
        redeemAs(buyer, b, 1);
        until(REDEEM_BY + 1);
        vm.expectPartialRevert(Care.SeasonOver.selector);
        sendFruit(buyer, b, 1, abi.encode(COMMIT));
        sendFruit(buyer, b, 1, "");
        eq(market.creditOf(buyer), uint256(FRUIT_WEI) * 7000 / 10_000, "the holder's share");
        eq(market.creditOf(grower), FRUIT_WEI - uint256(FRUIT_WEI) * 7000 / 10_000, "the rest");
        uint256 before = market.creditOf(buyer);
        sendFruit(buyer, a, 4, "");
        eq(market.creditOf(buyer), before + 4 * (ADOPTION_WEI / 6) * 7000 / 10_000, "of an adopted tree as well");
        eq(goods.balanceOf(buyer, a), 0, "burnt");
        eq(address(orchard).balance, orchard.heldWei(plot), "to the wei");
    }

    function test_AnAdopterWhoNeverHarvestedTakesBack() public {
        adoptAs(buyer, treeAt(0));
        vm.expectPartialRevert(Orchard.SeasonNotOver.selector);
        takeBackAs(buyer, treeAt(0));
        until(REDEEM_BY + 1);
        vm.expectPartialRevert(Care.OnlyAdopter.selector);
        takeBackAs(keeper, treeAt(0));
        takeBackAs(buyer, treeAt(0));
        uint256 share = uint256(ADOPTION_WEI) * 7000 / 10_000;
        eq(market.creditOf(buyer), share, "the adopter's share");
        eq(market.creditOf(grower), ADOPTION_WEI - share, "the rest");
        eq(orchard.heldWei(plot), ADOPTION_WEI, "the bond stays");
        vm.expectRevert(Plots.NothingToDo.selector);
        takeBackAs(buyer, treeAt(0));
    }

    function test_WhatWasHadByPlayLapsesToTheGrowerAlone() public {
        vm.prank(buyer);
        orchard.adoptByPlay(treeAt(2));
        waterFully(buyer, treeAt(2));
        until(RIPE);
        pickAs(buyer, treeAt(2), 2, 0);
        until(REDEEM_BY + 1);
        sendFruit(buyer, fruitAt(treeAt(2), RIPE), 2, "");
        takeBackAs(buyer, treeAt(2));
        eq(market.creditOf(buyer), 0, "nothing for nothing");
        eq(market.creditOf(grower), ADOPTION_WEI, "the whole bond");
        eq(orchard.heldWei(plot), 0, "to the wei");
    }

    function test_TheGrowerCollectsWhatNobodyWantedAfterNinetyDays() public {
        (uint256 a,) = harvest();
        until(REDEEM_BY + 90 days);
        vm.expectPartialRevert(Orchard.SeasonNotOver.selector);
        collectAs(grower);
        pass(1);
        vm.expectPartialRevert(Orchard.OnlyGrower.selector);
        collectAs(buyer);
        sendFruit(buyer, a, 1, ""); // until then the holder may
        uint256 left = orchard.heldWei(plot);
        uint256 before = market.creditOf(grower);
        collectAs(grower);
        eq(market.creditOf(grower), before + left, "all of it");
        eq(address(orchard).balance, 0, "nothing stays");
        vm.expectPartialRevert(Orchard.AllCollected.selector);
        sendFruit(buyer, a, 1, "");
        vm.expectPartialRevert(Orchard.AllCollected.selector);
        takeBackAs(buyer, treeAt(0));
        vm.expectRevert(Plots.NothingToDo.selector);
        collectAs(grower);
    }

    function test_TheBondOfTreesThatNobodyPlayedForGoesBackOnceTheyAreRipe() public {
        until(RIPE - 1);
        vm.expectPartialRevert(Orchard.SeasonNotOver.selector);
        vm.prank(grower);
        orchard.releaseBond(plot);
        until(RIPE);
        vm.expectPartialRevert(Orchard.OnlyGrower.selector);
        orchard.releaseBond(plot);
        vm.prank(grower);
        orchard.releaseBond(plot);
        eq(market.creditOf(grower), ADOPTION_WEI, "back");
        vm.expectRevert(Plots.NothingToDo.selector);
        vm.prank(grower);
        orchard.releaseBond(plot);
        eq(address(orchard).balance, 0, "nothing stays");
    }

    function test_NobodyComesBackInWhileFruitArrives() public {
        until(RIPE);
        Greedy greedy = new Greedy(orchard);
        vm.deal(address(this), 1 ether);
        bytes memory again = abi.encodeCall(Harvest.pick, (line(treeAt(1), 1, 0)));
        greedy.buy{value: FRUIT_WEI}(plot, line(treeAt(1), 1, 0), again);
        yes(greedy.reason() == bytes4(keccak256("ReentrancyGuardReentrantCall()")), "refused");
        eq(goods.balanceOf(address(greedy), fruitOf(treeAt(1), true, "loquat_dawn")), 1, "what was paid for arrived");
    }

    function test_MoneyWithoutACallIsNotTaken() public {
        vm.deal(address(this), 1 ether);
        (bool sent,) = address(orchard).call{value: 1}("");
        yes(!sent, "money without a purpose");
        yes(orchard.supportsInterface(0x4e2312e0) && !orchard.supportsInterface(0xffffffff), "ERC-1155 receiver");
    }

    /// @dev `buyer` has four fruits A and two B of the first tree, which bears six.
    function harvest() private returns (uint256 a, uint256 b) {
        adoptAs(buyer, treeAt(0));
        waterFully(buyer, treeAt(0));
        until(RIPE);
        pickAs(buyer, treeAt(0), 4, 2);
        return (fruitOf(treeAt(0), true, "loquat_dawn"), fruitOf(treeAt(0), false, "loquat_dawn"));
    }

    function fruitAt(uint256 tree, uint256 since) private returns (uint256 fruit) {
        uint256 now_ = clock;
        clock = NOW + since;
        fruit = fruitOf(tree, true, "loquat_dawn");
        clock = now_;
    }

    function takeBackAs(address who, uint256 tree) private {
        vm.prank(who);
        orchard.takeBack(tree);
    }

    function collectAs(address who) private {
        vm.prank(who);
        orchard.collect(plot);
    }
}
