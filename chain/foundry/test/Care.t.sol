// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Care} from "../../contracts/Care.sol";
import {Harvest} from "../../contracts/Harvest.sol";
import {Plot, Plots} from "../../contracts/Plots.sol";
import {Grove} from "./Grove.sol";

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
