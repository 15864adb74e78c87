// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Fill, Split} from "../../contracts/Market.sol";
import {Offer} from "../../contracts/Offers.sol";
import {Terms} from "../../contracts/Terms.sol";
import {Kit} from "./Kit.sol";
import {Reference} from "./Reference.sol";

/// @notice Prices and shares, against the reference.
contract PricesTest is Kit {
    function testFuzz_EveryPriceIsDividedExactly(
        uint256 startPrice,
        uint256 endPrice,
        uint32 quantity,
        uint16 royaltyBps,
        uint16 roomBps,
        uint256 when
    ) public {
        Terms memory terms = termsOf(0);
        terms.royaltyBps = uint16(within(royaltyBps, 0, 1000));
        terms.cap = type(uint32).max;
        Offer memory offer = primaryOffer(0);
        (offer.start, offer.expiry) = (uint40(NOW), uint40(NOW + 1 days));
        offer.startPrice = uint128(within(startPrice, 0, 1e24));
        offer.endPrice = uint128(within(endPrice, 0, 1e24));
        offer.quantity = type(uint32).max;
        offer.roomShareBps = uint16(within(roomBps, 0, 9000));
        offer.primary = false;
        offer.seller = owner;
        offer.good = register(terms);
        when = within(when, NOW, NOW + 1 days);
        vm.warp(when);
        quantity = uint32(within(quantity, 1, 10_000));
        bytes memory signature = signed(OWNER_KEY, offer);
        Fill memory fill = Fill(offer, signature, noTerms(), hang(offer.good), new bytes32[](0), quantity);

        uint256 price = Reference.unitPrice(offer, when) * quantity;
        vm.deal(buyer, price + 1 ether);
        Split memory split = market.quote(fill);
        vm.prank(buyer);
        eq(market.buy{value: price + 1 ether}(fill, price, NEVER), price, "price");

        (uint256 sellerWei, uint256 creatorWei, uint256 roomWei) =
            Reference.shares(price, terms.royaltyBps, offer.roomShareBps);
        eq(market.creditOf(owner), sellerWei, "seller");
        eq(market.creditOf(creator), creatorWei, "creator");
        eq(market.creditOf(keeper), roomWei, "room");
        eq(sellerWei + creatorWei + roomWei, price, "sum");
        eq(address(market).balance, price, "money");
        eq(buyer.balance, 1 ether, "change");
        eq(split.price, price, "quoted price");
        eq(split.creatorWei, creatorWei, "quoted royalty");
        eq(split.roomWei, roomWei, "quoted share");
    }

    function testFuzz_ThePriceStaysBetweenItsEnds(uint128 a, uint128 b, uint40 start, uint40 lasts, uint256 when)
        public
    {
        Offer memory offer = primaryOffer(0);
        offer.start = uint40(within(start, 1, type(uint40).max - 1));
        offer.expiry = uint40(within(lasts, offer.start, type(uint40).max));
        (offer.startPrice, offer.endPrice) = (a, b);
        when = within(when, offer.start, offer.expiry);
        vm.warp(when);
        uint256 price = market.quote(fillOf(0, offer)).price;
        eq(price, Reference.unitPrice(offer, when), "reference");
        yes(price >= (a < b ? a : b) && price <= (a < b ? b : a), "between");
        if (when == offer.start && offer.start != offer.expiry) eq(price, a, "at the start");
        if (when == offer.expiry) eq(price, b, "at the end");
    }

    function register(Terms memory terms) private returns (uint256 id) {
        vm.prank(maker);
        id = goods.mint(terms, owner, 1_000_000);
    }

    /// @dev Puts one good alone on display in the keeper's room.
    function hang(uint256 good) private returns (uint256) {
        vm.prank(keeper);
        rooms.publish(room, "one good", leafOf(good));
        return room;
    }
}
