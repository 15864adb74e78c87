// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Goods} from "../../contracts/Goods.sol";
import {Fill, Market} from "../../contracts/Market.sol";
import {Offer} from "../../contracts/Offers.sol";
import {Till} from "../../contracts/Till.sol";
import {Furnace} from "./Hostiles.sol";
import {Kit} from "./Kit.sol";

/// @notice Many offers at once: all or nothing, and best effort.
contract BasketTest is Kit {
    function test_ABasketOfBornAndMovedUnitsFillsWhole() public {
        stock(1, 5);
        Fill[] memory fills = three();
        eq(checkout(fills, 3 * PRICE, false), 3 * PRICE, "total");
        for (uint256 i; i < 3; ++i) eq(goods.balanceOf(buyer, shelf[i]), 1, "unit");
        eq(market.creditOf(keeper), 3 * (PRICE / 10), "room");
        eq(market.creditOf(creator), 3 * (PRICE / 20), "creator");
        eq(sumOfCredits(), 3 * PRICE, "credits");
        eq(address(market).balance, 3 * PRICE, "money");
    }

    function test_OneBadLineUndoesTheWholeBasket() public {
        Fill[] memory fills = three(); // the second is a resale of what its seller does not have
        vm.expectRevert(abi.encodeWithSelector(Goods.Unregistered.selector, shelf[1]));
        this.checkout(fills, 3 * PRICE, false);
        eq(sumOfCredits(), 0, "credits");
        eq(goods.balanceOf(buyer, shelf[0]), 0, "units");
        eq(market.filled(maker, 0), 0, "tally");
    }

    function test_BestEffortSkipsTheBadLineAndReturnsItsPrice() public {
        Fill[] memory fills = three();
        vm.expectEmit(address(market));
        emit Market.Skipped(market.hashOffer(fills[1].offer), shelf[1], buyer, Goods.Unregistered.selector);
        eq(checkout(fills, 3 * PRICE, true), 2 * PRICE, "total");
        eq(buyer.balance, 1000 ether - 2 * PRICE, "purse");
        eq(goods.balanceOf(buyer, shelf[0]), 1, "first");
        eq(goods.balanceOf(buyer, shelf[1]), 0, "second");
        eq(goods.balanceOf(buyer, shelf[2]), 1, "third");
        eq(sumOfCredits(), 2 * PRICE, "credits");
        eq(address(market).balance, 2 * PRICE, "money");
    }

    function test_BestEffortUndoesALineThatFailsAtDelivery() public {
        stock(1, 1);
        Fill[] memory fills = three();
        fills[1].quantity = 2; // offered, but its seller has one
        checkout(fills, 4 * PRICE, true);
        eq(market.filled(owner, 1), 0, "tally");
        eq(market.creditOf(owner), 0, "credit");
        eq(sumOfCredits(), 2 * PRICE, "credits");
    }

    function test_BestEffortFillsWholeWhenItCan() public {
        stock(1, 5);
        eq(checkout(three(), 3 * PRICE, true), 3 * PRICE, "total");
        eq(sumOfCredits(), 3 * PRICE, "credits");
    }

    function test_BestEffortThatFillsNothingReverts() public {
        Fill[] memory fills = new Fill[](1);
        fills[0] = resale(1);
        vm.expectRevert(Market.NothingFilled.selector);
        this.checkout(fills, PRICE, true);
    }

    /// @dev However little gas there is, a line that could be filled with more is never taken for one that cannot.
    function testFuzz_WantOfGasIsNoGroundToSkipALine(uint256 gas_) public {
        stock(1, 5);
        Fill[] memory fills = three();
        gas_ = within(gas_, 30_000, 800_000);
        vm.prank(buyer);
        try market.checkout{value: 3 * PRICE, gas: gas_}(fills, 3 * PRICE, NEVER, true) returns (uint256 total) {
            eq(total, 3 * PRICE, "all three");
        } catch {
            yes(gas_ < 500_000, "enough gas fills the basket");
        }
    }

    function test_ASellerThatBurnsGasIsSkipped() public {
        Fill[] memory fills = three();
        fills[1].offer.seller = address(new Furnace());
        vm.prank(buyer);
        uint256 total = market.checkout{value: 3 * PRICE, gas: 60_000_000}(fills, 3 * PRICE, NEVER, true);
        eq(total, 2 * PRICE, "the other two");
    }

    function test_OneOfferTwiceInABasketCountsTwice() public {
        Fill[] memory fills = new Fill[](2);
        Offer memory offer = primaryOffer(0);
        offer.quantity = 3;
        fills[0] = fillOf(0, offer);
        fills[0].quantity = 2;
        fills[1] = fillOf(0, offer);
        checkout(fills, 3 * PRICE, false);
        eq(goods.balanceOf(buyer, shelf[0]), 3, "units");
        eq(market.filled(maker, 0), 3, "tally");
        bytes32 offerHash = market.hashOffer(offer);
        vm.expectRevert(abi.encodeWithSelector(Market.SoldOut.selector, offerHash, 2, 0));
        this.checkout(fills, 3 * PRICE, false);
    }

    function test_EveryLineIsProvedInItsOwnRoom() public {
        bytes32 leaf = leafOf(shelf[1]);
        uint256 stall = rooms.mint(owner, "stall");
        vm.prank(owner);
        rooms.publish(stall, "bundle", leaf); // shows one good
        Fill[] memory fills = new Fill[](3);
        fills[0] = primary(0);
        fills[1] = primary(1);
        (fills[1].room, fills[1].proof) = (stall, new bytes32[](0));
        fills[2] = primary(2);
        checkout(fills, 3 * PRICE, false);
        eq(market.creditOf(keeper), 2 * (PRICE / 10), "boutique");
        eq(market.creditOf(owner), PRICE / 10, "stall");
        fills[2].room = stall;
        vm.expectRevert(abi.encodeWithSelector(Market.NotDisplayed.selector, stall, shelf[2]));
        this.checkout(fills, 3 * PRICE, false);
    }

    function test_ABasketHasFromOneToSixtyFourLines() public {
        vm.expectRevert(abi.encodeWithSelector(Market.WrongLineCount.selector, 0, 64));
        this.checkout(new Fill[](0), 0, false);
        Fill[] memory fills = new Fill[](64);
        for (uint256 i; i < 64; ++i) fills[i] = primary(0);
        checkout(fills, 64 * PRICE, false);
        eq(goods.balanceOf(buyer, shelf[0]), 64, "units");
        vm.expectRevert(abi.encodeWithSelector(Market.WrongLineCount.selector, 65, 64));
        this.checkout(new Fill[](65), 65 * PRICE, false);
    }

    function test_TheBuyersLimitIsOnTheTotal() public {
        stock(1, 5);
        Fill[] memory fills = three();
        for (uint256 bestEffort; bestEffort < 2; ++bestEffort) {
            vm.expectRevert(abi.encodeWithSelector(Market.PriceTooHigh.selector, 3 * PRICE, 3 * PRICE - 1));
            vm.prank(buyer);
            market.checkout{value: 3 * PRICE}(fills, 3 * PRICE - 1, NEVER, bestEffort == 1);
            vm.expectRevert(abi.encodeWithSelector(Market.Underpaid.selector, 3 * PRICE, 3 * PRICE - 1));
            vm.prank(buyer);
            market.checkout{value: 3 * PRICE - 1}(fills, 3 * PRICE, NEVER, bestEffort == 1);
        }
    }

    function test_TheDeadlineHolds() public {
        Fill[] memory fills = three();
        vm.expectRevert(abi.encodeWithSelector(Till.DeadlinePassed.selector, NOW - 1, NOW));
        vm.prank(buyer);
        market.checkout{value: 3 * PRICE}(fills, 3 * PRICE, NOW - 1, true);
    }

    /// @dev A basket is the sum of its lines, whichever way it is filled.
    function testFuzz_ABasketIsItsPurchasesOneByOne(uint8[5] memory picks, uint8[5] memory quantities, bool bestEffort)
        public
    {
        stock(1, 20);
        stock(3, 20);
        Fill[] memory fills = new Fill[](5);
        uint256 units;
        uint256[6] memory wanted;
        for (uint256 i; i < 5; ++i) {
            uint256 pick = picks[i] % 6;
            fills[i] = pick % 2 == 1 && pick != 5 ? resale(pick) : primary(pick);
            fills[i].quantity = uint32(within(quantities[i], 1, 4));
            wanted[pick] += fills[i].quantity;
            units += fills[i].quantity;
        }
        eq(checkout(fills, units * PRICE, bestEffort), units * PRICE, "total");
        for (uint256 i; i < 6; ++i) eq(goods.balanceOf(buyer, shelf[i]), wanted[i], "units");
        eq(sumOfCredits(), units * PRICE, "credits");
        eq(address(market).balance, units * PRICE, "money");
    }

    function three() private view returns (Fill[] memory fills) {
        fills = new Fill[](3);
        fills[0] = primary(0);
        fills[1] = resale(1);
        fills[2] = primary(2);
    }

    function checkout(Fill[] memory fills, uint256 value, bool bestEffort) public returns (uint256) {
        vm.prank(buyer);
        return market.checkout{value: value}(fills, value, NEVER, bestEffort);
    }

    function sumOfCredits() private view returns (uint256) {
        return market.creditOf(maker) + market.creditOf(owner) + market.creditOf(creator) + market.creditOf(keeper);
    }
}
