// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Care} from "../../contracts/Care.sol";
import {Harvest, Pick} from "../../contracts/Harvest.sol";
import {Graft, Plots} from "../../contracts/Plots.sol";
import {Grove} from "./Grove.sol";

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
