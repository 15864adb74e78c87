// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Campaign} from "../../contracts/Campaign.sol";
import {Care} from "../../contracts/Care.sol";
import {Goods} from "../../contracts/Goods.sol";
import {Harvest, Pick} from "../../contracts/Harvest.sol";
import {Orchard} from "../../contracts/Orchard.sol";
import {Graft, Plots} from "../../contracts/Plots.sol";
import {Terms} from "../../contracts/Terms.sol";
import {Grove} from "./Grove.sol";
import {Receiver} from "./Hostiles.sol";

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
