// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {Goods} from "../../contracts/Goods.sol";
import {Fill, Market, Split} from "../../contracts/Market.sol";
import {Offer} from "../../contracts/Offers.sol";
import {Terms} from "../../contracts/Terms.sol";
import {Till} from "../../contracts/Till.sol";
import {Wallet} from "./Hostiles.sol";
import {Kit} from "./Kit.sol";

/// @notice One offer at a time: what is filled, and everything that is refused.
contract MarketTest is Kit {
    // --- what is filled

    function test_AFirstSaleBearsTheGoodAndPaysThree() public {
        Fill memory fill = primary(0);
        vm.expectEmit(address(market));
        emit Market.Sold(
            market.hashOffer(fill.offer),
            shelf[0],
            buyer,
            maker,
            1,
            PRICE,
            creator,
            PRICE / 20,
            room,
            keeper,
            PRICE / 10
        );
        eq(buyAs(buyer, fill), PRICE, "price");
        eq(goods.balanceOf(buyer, shelf[0]), 1, "unit");
        eq(goods.minted(shelf[0]), 1, "minted");
        eq(market.creditOf(maker), PRICE - PRICE / 20 - PRICE / 10, "seller");
        eq(market.creditOf(creator), PRICE / 20, "creator");
        eq(market.creditOf(keeper), PRICE / 10, "room");
        eq(address(market).balance, PRICE, "money");
        eq(market.filled(maker, 0), 1, "tally");
    }

    function test_AResaleMovesUnitsWithoutAnApproval() public {
        stock(0, 3);
        buyAs(buyer, resale(0));
        eq(goods.balanceOf(buyer, shelf[0]), 1, "bought");
        eq(goods.balanceOf(owner, shelf[0]), 2, "kept");
        eq(goods.minted(shelf[0]), 3, "none born");
        eq(market.creditOf(creator), PRICE / 20, "royalty");
        eq(market.creditOf(owner), PRICE - PRICE / 20 - PRICE / 10, "seller");
    }

    function test_AMakerWhoIsTheCreatorPaysNoRoyaltyToThemselves() public {
        Terms memory terms = termsOf(0);
        terms.creator = maker;
        Offer memory offer = primaryOffer(0);
        offer.good = goods.idOf(terms);
        Fill memory fill = Fill(offer, signed(MAKER_KEY, offer), terms, 0, new bytes32[](0), 1);
        vm.expectEmit(address(market));
        emit Market.Sold(
            market.hashOffer(offer), offer.good, buyer, maker, 1, PRICE, address(0), 0, 0, address(0), 0
        );
        buyAs(buyer, fill);
        eq(market.creditOf(maker), PRICE, "all");
    }

    function test_WithoutARoomItsShareStaysWithTheSeller() public {
        Fill memory fill = primary(0);
        (fill.room, fill.proof) = (0, new bytes32[](0));
        buyAs(buyer, fill);
        eq(market.creditOf(maker), PRICE - PRICE / 20, "seller");
        eq(market.creditOf(keeper), 0, "room");
    }

    function test_WithoutAShareTheRoomIsNotLookedAt() public {
        Offer memory offer = primaryOffer(0);
        offer.roomShareBps = 0;
        Fill memory fill = fillOf(0, offer);
        fill.room = 12345;
        buyAs(buyer, fill);
        eq(market.creditOf(maker), PRICE - PRICE / 20, "seller");
    }

    function test_ARoomsNewOwnerIsPaid() public {
        vm.prank(keeper);
        rooms.transferFrom(keeper, owner, room);
        buyAs(buyer, primary(0));
        eq(market.creditOf(owner), PRICE / 10, "new owner");
        eq(market.creditOf(keeper), 0, "old owner");
    }

    function test_WhatIsSentBeyondThePriceComesBack() public {
        Fill memory fill = primary(0);
        vm.prank(buyer);
        market.buy{value: 1 ether}(fill, 1 ether, NEVER);
        eq(buyer.balance, 1000 ether - PRICE, "purse");
        eq(address(market).balance, PRICE, "money");
    }

    function test_AGiftCostsNothing() public {
        Offer memory offer = primaryOffer(0);
        (offer.startPrice, offer.endPrice) = (0, 0);
        Fill memory fill = fillOf(0, offer);
        vm.prank(buyer);
        eq(market.buy(fill, 0, NEVER), 0, "price");
        eq(goods.balanceOf(buyer, shelf[0]), 1, "unit");
    }

    function test_AShortSignatureCounts() public {
        Fill memory fill = primary(0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(MAKER_KEY, market.hashOffer(fill.offer));
        fill.signature = abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
        eq(fill.signature.length, 64, "short");
        buyAs(buyer, fill);
        fill.signature[0] ^= 0x01;
        expect(fill, abi.encodeWithSelector(Till.WrongSignature.selector, maker, market.hashOffer(fill.offer)));
    }

    function test_AContractSellsByItsOwnRule() public {
        address wallet = address(new Wallet(owner));
        Terms memory terms = termsOf(0);
        vm.prank(maker);
        goods.mint(terms, wallet, 2);
        Offer memory offer = resaleOffer(0);
        offer.seller = wallet;
        Fill memory fill = Fill(offer, signed(OWNER_KEY, offer), noTerms(), room, proofOf(0), 1);
        buyAs(buyer, fill);
        eq(goods.balanceOf(buyer, shelf[0]), 1, "unit");
        fill.signature = signed(MAKER_KEY, offer);
        expect(fill, abi.encodeWithSelector(Till.WrongSignature.selector, wallet, market.hashOffer(offer)));
    }

    function test_AQuoteIsWhatThenHappens() public {
        Split memory split = market.quote(primary(0));
        eq(split.price, PRICE, "price");
        eq(split.creator, creator, "creator");
        eq(split.creatorWei, PRICE / 20, "royalty");
        eq(split.room, room, "room");
        eq(split.roomOwner, keeper, "room owner");
        eq(split.roomWei, PRICE / 10, "share");
        Fill memory fill = primary(0);
        fill.quantity = 1001;
        bytes32 offerHash = market.hashOffer(fill.offer);
        vm.expectRevert(abi.encodeWithSelector(Market.SoldOut.selector, offerHash, 1001, 1000));
        market.quote(fill);
    }

    function test_TheHashIsThatOfEip712() public view {
        Offer memory offer = primaryOffer(5);
        bytes32 typeHash = keccak256(
            "Offer(address seller,uint256 good,uint128 startPrice,uint128 endPrice,uint32 quantity,"
            "uint16 roomShareBps,bool primary,uint40 start,uint40 expiry,uint64 counter,uint64 serial)"
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Loquat Market"),
                keccak256("1"),
                block.chainid,
                address(market)
            )
        );
        bytes32 wanted =
            keccak256(abi.encodePacked(hex"1901", domain, keccak256(abi.encode(typeHash, offer))));
        yes(market.hashOffer(offer) == wanted, "digest");
    }

    // --- time

    function test_AnOfferHoldsFromStartToExpiry() public {
        Offer memory offer = primaryOffer(0);
        (offer.start, offer.expiry) = (uint40(NOW), uint40(NOW + 100));
        Fill memory fill = fillOf(0, offer);
        bytes32 offerHash = market.hashOffer(offer);
        vm.warp(NOW - 1);
        expect(fill, abi.encodeWithSelector(Market.NotStarted.selector, offerHash, NOW, NOW - 1));
        vm.warp(NOW);
        buyAs(buyer, fill);
        vm.warp(NOW + 100);
        buyAs(buyer, fill);
        vm.warp(NOW + 101);
        expect(fill, abi.encodeWithSelector(Market.Expired.selector, offerHash, NOW + 100, NOW + 101));
    }

    function test_ThePurchaseEndsWithItsDeadline() public {
        Fill memory fill = primary(0);
        vm.expectRevert(abi.encodeWithSelector(Till.DeadlinePassed.selector, NOW - 1, NOW));
        vm.prank(buyer);
        market.buy{value: PRICE}(fill, PRICE, NOW - 1);
        vm.prank(buyer);
        market.buy{value: PRICE}(fill, PRICE, NOW);
    }

    // --- quantities

    function test_AnOfferIsFilledUpToItsQuantity() public {
        Offer memory offer = primaryOffer(0);
        offer.quantity = 5;
        Fill memory fill = fillOf(0, offer);
        fill.quantity = 2;
        buyAs(buyer, fill);
        buyAs(buyer, fill);
        expect(fill, abi.encodeWithSelector(Market.SoldOut.selector, market.hashOffer(offer), 2, 1));
        fill.quantity = 1;
        buyAs(buyer, fill);
        expect(fill, abi.encodeWithSelector(Market.SoldOut.selector, market.hashOffer(offer), 1, 0));
        eq(market.filled(maker, 0), 5, "tally");
    }

    function test_OffersWithOneSerialShareOneTally() public {
        Offer memory dear = primaryOffer(0);
        dear.quantity = 3;
        Offer memory cheap = primaryOffer(0);
        (cheap.quantity, cheap.startPrice, cheap.endPrice) = (2, uint128(PRICE / 2), uint128(PRICE / 2));
        Fill memory fill = fillOf(0, dear);
        fill.quantity = 2;
        buyAs(buyer, fill);
        expect(fillOf(0, cheap), abi.encodeWithSelector(Market.SoldOut.selector, market.hashOffer(cheap), 1, 0));
        fill.quantity = 1;
        buyAs(buyer, fill);
        dear.quantity = 2; // a smaller offer after more were sold
        expect(fillOf(0, dear), abi.encodeWithSelector(Market.SoldOut.selector, market.hashOffer(dear), 1, 0));
    }

    function test_ZeroUnitsAreRefused() public {
        Fill memory fill = primary(0);
        fill.quantity = 0;
        expect(fill, abi.encodeWithSelector(Market.NoQuantity.selector, market.hashOffer(fill.offer)));
    }

    function test_TheCapHoldsWhateverIsOffered() public {
        Offer memory offer = primaryOffer(0);
        offer.quantity = 5000;
        Fill memory fill = fillOf(0, offer);
        fill.quantity = 1001;
        vm.deal(buyer, 10000 ether);
        expect(fill, abi.encodeWithSelector(Goods.CapReached.selector, shelf[0], 1000, 0, 1001));
        fill.quantity = 1000;
        buyAs(buyer, fill);
        fill.quantity = 1;
        expect(fill, abi.encodeWithSelector(Goods.CapReached.selector, shelf[0], 1000, 1000, 1));
    }

    function test_AResaleNeedsTheUnits() public {
        stock(0, 1);
        Fill memory fill = resale(0);
        fill.quantity = 2;
        expect(
            fill,
            abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, owner, 1, 2, shelf[0])
        );
        eq(market.creditOf(owner), 0, "no money moved");
        eq(market.filled(owner, 0), 0, "no tally");
    }

    function test_AnUnbornGoodIsNotResold() public {
        expect(resale(0), abi.encodeWithSelector(Goods.Unregistered.selector, shelf[0]));
    }

    // --- closing offers

    function test_ACancelledOfferIsNotFilled() public {
        for (uint256 serial; serial < 20; serial += 2) {
            Offer memory offer = primaryOffer(0);
            offer.serial = uint64(serial);
            Fill memory fill = fillOf(0, offer);
            bytes32 offerHash = market.hashOffer(offer);
            vm.expectEmit(address(market));
            emit Market.OfferCancelled(offerHash, maker, uint64(serial));
            vm.prank(maker);
            market.cancel(offer);
            expect(fill, abi.encodeWithSelector(Market.Cancelled.selector, offerHash));
            eq(market.filled(maker, uint64(serial)), type(uint32).max, "closed");
            eq(market.filled(maker, uint64(serial + 1)), 0, "its neighbour is open");
            offer.serial = uint64(serial + 1);
            buyAs(buyer, fillOf(0, offer));
        }
    }

    function test_OnlyTheSellerCancels() public {
        Offer memory offer = primaryOffer(0);
        vm.expectRevert(abi.encodeWithSelector(Market.OnlySeller.selector, maker, buyer));
        vm.prank(buyer);
        market.cancel(offer);
        buyAs(buyer, fillOf(0, offer));
    }

    function test_CancellingTouchesNothingElseOfTheAccount() public {
        buyAs(buyer, primary(1));
        uint256 credit = market.creditOf(maker);
        Offer memory offer = primaryOffer(0);
        vm.prank(maker);
        market.cancel(offer);
        vm.prank(maker);
        market.cancel(offer);
        eq(market.creditOf(maker), credit, "credit");
        eq(market.filled(maker, 1), 1, "neighbour");
        eq(market.nonceOf(maker), 0, "nonce");
        eq(market.counterOf(maker), 0, "counter");
    }

    function test_ABumpVoidsAllThatWasSignedBefore() public {
        Fill memory fill = primary(0);
        Fill memory other = primary(9);
        vm.expectEmit(address(market));
        emit Market.CounterBumped(maker, 1);
        vm.prank(maker);
        eq(market.bumpCounter(), 1, "counter");
        expect(fill, abi.encodeWithSelector(Market.Outdated.selector, market.hashOffer(fill.offer), 1, 0));
        expect(other, abi.encodeWithSelector(Market.Outdated.selector, market.hashOffer(other.offer), 1, 0));
        fill.offer.counter = 1;
        fill.signature = signed(MAKER_KEY, fill.offer);
        buyAs(buyer, fill);
        eq(market.counterOf(maker), 1, "a sale leaves the counter as it is");
    }

    function test_OthersOffersOutliveABump() public {
        vm.prank(owner);
        market.bumpCounter();
        buyAs(buyer, primary(0));
    }

    // --- signatures

    function testFuzz_NothingInAnOfferCanBeChanged(uint8 field) public {
        Fill memory fill = primary(0);
        Offer memory offer = fill.offer;
        field %= 8;
        if (field == 0) offer.startPrice -= 1;
        if (field == 1) offer.endPrice -= 1;
        if (field == 2) offer.quantity += 1;
        if (field == 3) offer.roomShareBps -= 1;
        if (field == 4) offer.start -= 1;
        if (field == 5) offer.expiry -= 1;
        if (field == 6) offer.serial += 1;
        if (field == 7) offer.good = shelf[1];
        bytes32 changed = market.hashOffer(offer);
        expect(fill, abi.encodeWithSelector(Till.WrongSignature.selector, maker, changed));
    }

    function test_AnotherSellersSignatureDoesNotCount() public {
        stock(0, 1);
        Fill memory fill = resale(0);
        fill.signature = signed(MAKER_KEY, fill.offer);
        expect(fill, abi.encodeWithSelector(Till.WrongSignature.selector, owner, market.hashOffer(fill.offer)));
    }

    function test_NobodySellsForTheZeroAddress() public {
        Fill memory fill = primary(0);
        fill.offer.seller = address(0);
        fill.signature = new bytes(65); // recovers to no one
        expect(fill, abi.encodeWithSelector(Till.WrongSignature.selector, address(0), market.hashOffer(fill.offer)));
    }

    function test_TheHighTwinOfASignatureIsRefused() public {
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        Fill memory fill = primary(0);
        bytes32 offerHash = market.hashOffer(fill.offer);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(MAKER_KEY, offerHash);
        bytes32 high = bytes32(order - uint256(s));
        yes(ecrecover(offerHash, v == 27 ? 28 : 27, r, high) == maker, "the twin does recover");
        fill.signature = abi.encodePacked(r, high, v == 27 ? 28 : 27);
        expect(fill, abi.encodeWithSelector(Till.WrongSignature.selector, maker, offerHash));
    }

    function testFuzz_ABrokenSignatureIsRefused(bytes calldata junk) public {
        Fill memory fill = primary(0);
        vm.assume(keccak256(junk) != keccak256(fill.signature));
        fill.signature = junk;
        expect(fill, abi.encodeWithSelector(Till.WrongSignature.selector, maker, market.hashOffer(fill.offer)));
    }

    function test_AnOfferForAnotherMarketOrChainIsVoid() public {
        Fill memory fill = primary(0);
        Market twin = newMarket();
        bytes32 there = twin.hashOffer(fill.offer);
        vm.expectRevert(abi.encodeWithSelector(Till.WrongSignature.selector, maker, there));
        vm.prank(buyer);
        twin.buy{value: PRICE}(fill, PRICE, NEVER);
        vm.chainId(5);
        expect(fill, abi.encodeWithSelector(Till.WrongSignature.selector, maker, market.hashOffer(fill.offer)));
        vm.chainId(31337);
        buyAs(buyer, fill);
    }

    // --- terms

    function test_TheTermsMustBeTheGoods() public {
        Fill memory fill = primary(0);
        fill.terms.royaltyBps = 0;
        uint256 fromTerms = goods.idOf(fill.terms);
        expect(fill, abi.encodeWithSelector(Market.WrongTerms.selector, shelf[0], fromTerms));
    }

    function test_OnlyTheMakerOffersUnbornUnits() public {
        Offer memory offer = primaryOffer(0);
        offer.seller = owner;
        expect(fillOf(0, offer), abi.encodeWithSelector(Market.NotMaker.selector, maker, owner));
    }

    function test_AGoodWithBadTermsIsNotBorn() public {
        Terms memory terms = termsOf(0);
        terms.royaltyBps = 1001;
        Offer memory offer = primaryOffer(0);
        offer.good = goods.idOf(terms);
        Fill memory fill = Fill(offer, signed(MAKER_KEY, offer), terms, 0, new bytes32[](0), 1);
        expect(fill, abi.encodeWithSelector(Goods.RoyaltyTooHigh.selector, 1001, 1000));
        eq(market.creditOf(creator), 0, "no money moved");
    }

    function test_SharesCannotExceedThePrice() public {
        Offer memory offer = primaryOffer(0);
        offer.roomShareBps = 9500;
        buyAs(buyer, fillOf(0, offer));
        eq(market.creditOf(maker), 0, "nothing is left for the seller");
        offer.roomShareBps = 9501;
        expect(
            fillOf(0, offer),
            abi.encodeWithSelector(Market.SharesTooHigh.selector, market.hashOffer(offer), 500, 9501)
        );
    }

    // --- rooms

    function test_OnlyWhatIsOnDisplayPaysTheRoom() public {
        Fill memory fill = primary(0);
        fill.proof = proofOf(1);
        expect(fill, abi.encodeWithSelector(Market.NotDisplayed.selector, room, shelf[0]));
        fill.proof = new bytes32[](0);
        expect(fill, abi.encodeWithSelector(Market.NotDisplayed.selector, room, shelf[0]));
        fill.proof = proofOf(0);
        fill.room = room + 1; // no such room
        expect(fill, abi.encodeWithSelector(Market.NotDisplayed.selector, room + 1, shelf[0]));
        fill.room = room;
        buyAs(buyer, fill);
    }

    function test_ARoomThatShowsNothingIsNotPaid() public {
        Fill memory fill = primary(0);
        fill.room = rooms.mint(keeper, "empty");
        fill.proof = new bytes32[](0);
        expect(fill, abi.encodeWithSelector(Market.NotDisplayed.selector, fill.room, shelf[0]));
    }

    function test_WhatIsTakenDownPaysTheRoomNoMore() public {
        Fill memory fill = primary(0);
        buyAs(buyer, fill);
        vm.prank(keeper);
        rooms.publish(room, "emptied", keccak256("other goods"));
        expect(fill, abi.encodeWithSelector(Market.NotDisplayed.selector, room, shelf[0]));
    }

    function test_AnInnerNodeIsNoGood() public {
        // a good whose id is the pair of two leaves would be "proved" by a shorter path if leaves were hashed once
        Offer memory offer = primaryOffer(0);
        offer.good = uint256(levels[1][0]);
        offer.primary = false;
        bytes32[] memory shorter = new bytes32[](3);
        for (uint256 i; i < 3; ++i) shorter[i] = proofOf(0)[i + 1];
        Fill memory fill = Fill(offer, signed(MAKER_KEY, offer), noTerms(), room, shorter, 1);
        expect(fill, abi.encodeWithSelector(Goods.Unregistered.selector, offer.good));
    }

    // --- money

    function test_TheBuyersLimitHolds() public {
        Fill memory fill = primary(0);
        vm.expectRevert(abi.encodeWithSelector(Market.PriceTooHigh.selector, PRICE, PRICE - 1));
        vm.prank(buyer);
        market.buy{value: PRICE}(fill, PRICE - 1, NEVER);
    }

    function test_LessThanThePriceBuysNothing() public {
        Fill memory fill = primary(0);
        vm.expectRevert(abi.encodeWithSelector(Market.Underpaid.selector, PRICE, PRICE - 1));
        vm.prank(buyer);
        market.buy{value: PRICE - 1}(fill, PRICE, NEVER);
        eq(market.creditOf(maker), 0, "nobody is credited");
    }

    function test_TheMarketTakesNoMoneyByTheWay() public {
        vm.prank(buyer);
        (bool ok,) = address(market).call{value: 1}("");
        yes(!ok, "plain transfers are refused");
    }

    function test_OnlyTheMarketFillsALineForSomeoneElse() public {
        Fill memory fill = primary(0);
        vm.expectRevert(abi.encodeWithSelector(Market.OnlySelf.selector, maker));
        vm.prank(maker);
        market.fillLine(fill, buyer);
    }

    function expect(Fill memory fill, bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(buyer);
        market.buy{value: PRICE * fill.quantity}(fill, PRICE * fill.quantity, NEVER);
    }
}
