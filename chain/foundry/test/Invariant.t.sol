// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Fill, Market} from "../../contracts/Market.sol";
import {Offer} from "../../contracts/Offers.sol";
import {Terms} from "../../contracts/Terms.sol";
import {Kit} from "./Kit.sol";
import {Reference} from "./Reference.sol";

/// @notice Plays the street at random: sales of born and of owned units, good and bad ones, one by one and in baskets,
/// cancelling, bumping, withdrawing, republishing, time. It keeps its own books beside the contracts'.
contract Street is Kit {
    uint256 private constant GOODS = 5;
    uint32 private constant CAP = 30;
    uint32 private constant OFFERED = 12;

    mapping(address account => uint256) public owed; // by our own books
    mapping(address seller => mapping(uint64 serial => uint256)) public sold;
    mapping(address seller => mapping(uint64 serial => bool)) public closed;
    mapping(address seller => uint64) public counters;
    mapping(uint256 i => uint256) public born;
    mapping(uint256 i => uint256) private held; // by the owner
    uint256 public paidIn;
    uint256 public paidOut;
    uint256 public fills;
    uint256 public wrongs; // fills that should have been refused
    bool public shown = true;

    constructor() {
        setUp();
        for (uint256 i; i < GOODS; ++i) stockFrom(i, 4);
    }

    /// @dev Once only: the fuzzer may call it too.
    function setUp() public override {
        if (address(market) == address(0)) super.setUp();
    }

    function theMarket() external view returns (Market) {
        return market;
    }

    function accounts() public view returns (address[5] memory) {
        return [maker, owner, creator, keeper, buyer];
    }

    function supply(uint256 i) external view returns (uint256 units) {
        address[5] memory all = accounts();
        for (uint256 a; a < all.length; ++a) units += goods.balanceOf(all[a], idOf(i));
    }

    function idOf(uint256 i) public view returns (uint256) {
        return uint256(keccak256(abi.encode(smallTerms(i))));
    }

    function buyOne(uint8 pick, uint8 quantity, bool primary_, bool spoil, uint8 how) external {
        Fill memory fill = fillFor(pick, quantity, primary_);
        if (spoil) spoilFill(fill, how);
        uint256 price = PRICE * fill.quantity;
        bool should = !spoil && fillable(fill, pick);
        vm.deal(buyer, buyer.balance + price);
        vm.prank(buyer);
        try market.buy{value: price}(fill, price, NEVER) returns (uint256 paid) {
            if (!should || paid != price) ++wrongs;
            book(fill, pick);
        } catch {
            if (should) ++wrongs;
        }
    }

    function buyBasket(uint8[3] calldata picks, bool[3] calldata primaries, bool spoil) external {
        Fill[] memory lines = new Fill[](3);
        for (uint256 i; i < 3; ++i) {
            lines[i] = fillFor(picks[i], 0, primaries[i]);
            lines[i].quantity = 1;
        }
        if (spoil) spoilFill(lines[1], picks[0]);
        vm.deal(buyer, buyer.balance + 3 * PRICE);
        vm.prank(buyer);
        try market.checkout{value: 3 * PRICE}(lines, 3 * PRICE, NEVER, true) returns (uint256 total) {
            uint256 counted;
            for (uint256 i; i < 3; ++i) {
                if (spoil && i == 1) continue;
                if (!fillable(lines[i], picks[i])) continue;
                book(lines[i], picks[i]);
                ++counted;
            }
            if (total != counted * PRICE) ++wrongs;
        } catch {
            for (uint256 i; i < 3; ++i) {
                if (!(spoil && i == 1) && fillable(lines[i], picks[i])) ++wrongs;
            }
        }
    }

    function cancel(uint8 pick, bool primary_) external {
        if (pick % 4 != 0) return; // seldom, or nothing would be left to buy
        Offer memory offer = fillFor(pick, 1, primary_).offer;
        vm.prank(offer.seller);
        market.cancel(offer);
        closed[offer.seller][offer.serial] = true;
    }

    function bump(uint8 who) external {
        if (who % 8 > 1) return;
        address seller = who % 8 == 0 ? maker : owner;
        vm.prank(seller);
        counters[seller] = market.bumpCounter();
    }

    function withdraw(uint8 who, uint256 amount) external {
        address account = accounts()[who % 5];
        if (owed[account] == 0) return;
        amount = within(amount, 1, owed[account]);
        vm.prank(account);
        market.withdraw(payable(account), amount);
        owed[account] -= amount;
        paidOut += amount;
    }

    function withdrawTooMuch(uint8 who, uint128 more) external {
        address account = accounts()[who % 5];
        vm.prank(account);
        try market.withdraw(payable(account), owed[account] + 1 + more) {
            ++wrongs;
        } catch {}
    }

    function republish(bool show) external {
        vm.prank(keeper);
        rooms.publish(room, "bundle", show ? rootOfShelf() : keccak256("nothing of ours"));
        shown = show;
    }

    function giveBack(uint8 pick, uint8 quantity) external {
        uint256 i = pick % GOODS;
        uint256 has = goods.balanceOf(buyer, idOf(i));
        if (has == 0) return;
        uint256 units = within(quantity, 1, has);
        uint256 id = idOf(i);
        vm.prank(buyer);
        goods.safeTransferFrom(buyer, owner, id, units, "");
        held[i] += units;
    }

    /// @dev Whether the fill ought to go through, by our own books.
    function fillable(Fill memory fill, uint8 pick) private view returns (bool) {
        uint256 i = pick % GOODS;
        Offer memory offer = fill.offer;
        if (!shown && offer.roomShareBps != 0 && fill.room != 0) return false;
        if (closed[offer.seller][offer.serial] || offer.counter != counters[offer.seller]) return false;
        if (sold[offer.seller][offer.serial] + fill.quantity > offer.quantity) return false;
        if (offer.primary) return born[i] + fill.quantity <= CAP;
        return held[i] >= fill.quantity;
    }

    function book(Fill memory fill, uint8 pick) private {
        Offer memory offer = fill.offer;
        uint256 price = PRICE * fill.quantity;
        (uint256 sellerWei, uint256 creatorWei, uint256 roomWei) = Reference.shares(price, 500, 1000);
        owed[offer.seller] += sellerWei;
        owed[creator] += creatorWei;
        owed[keeper] += roomWei;
        sold[offer.seller][offer.serial] += fill.quantity;
        if (offer.primary) born[pick % GOODS] += fill.quantity;
        else held[pick % GOODS] -= fill.quantity;
        paidIn += price;
        ++fills;
    }

    function fillFor(uint8 pick, uint8 quantity, bool primary_) private view returns (Fill memory fill) {
        uint256 i = pick % GOODS;
        Offer memory offer = primary_ ? primaryOffer(i) : resaleOffer(i);
        offer.good = idOf(i);
        offer.quantity = OFFERED;
        offer.serial = uint64(i) + 8 * counters[offer.seller];
        offer.counter = counters[offer.seller];
        fill = fillOf(i, offer);
        if (primary_) fill.terms = smallTerms(i);
        fill.quantity = uint32(within(quantity, 1, 3));
    }

    /// @dev Breaks a fill in one of the ways in which one can be broken.
    function spoilFill(Fill memory fill, uint8 how) private view {
        how %= 8;
        if (how == 0) fill.quantity = 0;
        if (how == 1) fill.signature[7] ^= 0x01;
        if (how == 2) fill.proof[0] ^= bytes32(uint256(1));
        if (how == 3) fill.offer.startPrice -= 1;
        if (how == 4) (fill.offer.primary, fill.terms) = (!fill.offer.primary, smallTerms(0));
        if (how == 5) fill.room += 1;
        if (how == 6) fill.offer.serial += 1;
        if (how == 7) fill.quantity = OFFERED + 1;
    }

    function stockFrom(uint256 i, uint256 quantity) private {
        Terms memory terms = smallTerms(i);
        vm.prank(maker);
        goods.mint(terms, owner, quantity);
        born[i] += quantity;
        held[i] += quantity;
    }

    function smallTerms(uint256 i) private view returns (Terms memory terms) {
        terms = termsOf(i);
        terms.cap = CAP;
    }

    function termsOnShelf(uint256 i) internal view override returns (Terms memory) {
        return i < GOODS ? smallTerms(i) : termsOf(i);
    }
}

/// @notice What must hold whatever happens on the street.
contract InvariantTest is Kit {
    Street private street;

    function setUp() public override {
        vm.warp(NOW);
        street = new Street();
        market = street.theMarket();
        goods = market.goods();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(street);
    }

    function invariant_TheTillHoldsWhatItOwes() public view {
        address[5] memory all = street.accounts();
        uint256 credits;
        for (uint256 i; i < all.length; ++i) credits += market.creditOf(all[i]);
        yes(address(market).balance >= credits, "balance below credits");
        eq(address(market).balance, street.paidIn() - street.paidOut(), "balance is what came less what went");
    }

    function invariant_EveryoneIsOwedWhatTheBooksSay() public view {
        address[5] memory all = street.accounts();
        for (uint256 i; i < all.length; ++i) eq(market.creditOf(all[i]), street.owed(all[i]), "credit");
    }

    function invariant_NoMoreUnitsThanTheCap() public view {
        for (uint256 i; i < 5; ++i) {
            uint256 id = street.idOf(i);
            yes(goods.minted(id) <= 30, "cap");
            eq(goods.minted(id), street.born(i), "born");
            eq(street.supply(i), street.born(i), "every unit is somewhere");
        }
    }

    function invariant_TalliesAreWhatWasSold() public view {
        address[5] memory all = street.accounts();
        for (uint256 a; a < 2; ++a) {
            for (uint64 serial; serial < 8; ++serial) {
                uint256 tally = market.filled(all[a], serial);
                yes(street.sold(all[a], serial) <= 12, "filled is at most offered");
                eq(tally, street.closed(all[a], serial) ? type(uint32).max : street.sold(all[a], serial), "tally");
            }
        }
    }

    function invariant_WhatShouldNotFillDoesNotAndWhatShouldDoes() public view {
        eq(street.wrongs(), 0, "fills or refusals against the books");
    }

    /// @dev Else the invariants might hold because nothing ever happens.
    function test_TheStreetIsBusy() public {
        for (uint8 i; i < 10; ++i) {
            street.buyOne(i, i, i % 2 == 0, false, 0);
            street.buyOne(i, i, i % 2 == 0, true, i);
        }
        street.buyBasket([0, 1, 2], [true, false, true], true);
        eq(street.wrongs(), 0, "against the books");
        yes(street.fills() >= 10, "fills");
        yes(street.paidIn() > 0, "money");
    }
}
