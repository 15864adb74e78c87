// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Fill, Market} from "../../contracts/Market.sol";
import {Offer} from "../../contracts/Offers.sol";
import {Terms} from "../../contracts/Terms.sol";
import {Till} from "../../contracts/Till.sol";
import {Proud, Refuser, Returner} from "./Hostiles.sol";
import {Kit} from "./Kit.sol";

/// @notice Accounts that refuse, return and lie.
contract HostileTest is Kit {
    bytes4 private constant GUARD = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;

    function setUp() public override {
        super.setUp();
        vm.deal(address(this), 1000 ether);
    }

    function test_APayeeThatTakesNoMoneyHoldsUpNoSale() public {
        address refuser = address(new Refuser());
        vm.prank(keeper);
        rooms.transferFrom(keeper, refuser, room);
        Terms memory terms = termsOf(0);
        terms.creator = refuser;
        Offer memory offer = primaryOffer(0);
        offer.good = goods.idOf(terms);
        vm.prank(refuser);
        rooms.publish(room, "bundle", leafOf(offer.good));
        buyAs(buyer, Fill(offer, signed(MAKER_KEY, offer), terms, room, new bytes32[](0), 1));
        eq(market.creditOf(refuser), PRICE / 10 + PRICE / 20, "credited all the same");
    }

    function test_ABuyerThatTakesNoGoodsBuysNothing() public {
        Refuser refuser = new Refuser();
        Fill memory fill = primary(0);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, address(refuser)));
        refuser.buy{value: PRICE}(market, fill);
    }

    function test_ChangeThatTheBuyerRefusesIsCredited() public {
        Proud proud = new Proud();
        Fill memory fill = primary(0);
        proud.buy{value: PRICE + 5}(market, fill);
        eq(goods.balanceOf(address(proud), shelf[0]), 1, "unit");
        eq(market.creditOf(address(proud)), 5, "change");
        eq(address(market).balance, PRICE + 5, "money");
    }

    function test_NothingOfTheMarketIsEnteredTwice() public {
        Returner returner = new Returner(market);
        bytes[] memory calls = new bytes[](7);
        Fill[] memory none = new Fill[](0);
        calls[0] = abi.encodeCall(Market.buy, (primary(1), 0, NEVER));
        calls[1] = abi.encodeCall(Market.checkout, (none, 0, NEVER, true));
        calls[2] = abi.encodeCall(Till.withdraw, (payable(address(returner)), 1));
        calls[3] = abi.encodeCall(Till.creditMany, (new address[](0), new uint256[](0)));
        calls[4] = abi.encodeCall(Market.bumpCounter, ());
        calls[5] = abi.encodeCall(Market.cancel, (primaryOffer(0)));
        calls[6] = abi.encodeCall(Till.withdrawBySig, (maker, payable(maker), 1, 0, NEVER, ""));
        for (uint256 i; i < calls.length; ++i) {
            returner.prepare(calls[i]);
            returner.buy{value: PRICE + 1}(primary(0)); // comes back when the good arrives, and at the change
            eq(returner.refusals(), 2 * (i + 1), "both refused");
            yes(returner.reason() == GUARD, "by the guard");
        }
        eq(goods.balanceOf(address(returner), shelf[0]), calls.length, "units paid for");
        eq(address(market).balance, calls.length * PRICE, "money");
        eq(credits(), calls.length * PRICE, "credits");
    }

    function test_ALineIsNotEnteredFromWithinABasket() public {
        Returner returner = new Returner(market);
        Fill[] memory fills = new Fill[](2);
        (fills[0], fills[1]) = (primary(0), primary(1));
        returner.prepare(abi.encodeCall(Market.fillLine, (primary(2), address(returner))));
        for (uint256 bestEffort; bestEffort < 2; ++bestEffort) {
            returner.checkout{value: 2 * PRICE}(fills, bestEffort == 1);
            yes(returner.reason() == Market.OnlySelf.selector, "only the market itself");
        }
        eq(returner.refusals(), 3, "once for the batch, twice line by line");
        eq(goods.balanceOf(address(returner), shelf[2]), 0, "nothing unpaid");
        eq(credits(), 4 * PRICE, "credits");
    }

    function test_AReceiverThatGivesTheUnitAwayAtOnceHarmsNobody() public {
        Returner returner = new Returner(market);
        returner.prepare(abi.encodeCall(Market.counterOf, (maker)));
        returner.buy{value: PRICE}(primary(0));
        eq(returner.refusals(), 0, "reading is free");
        eq(credits(), PRICE, "credits");
    }

    function test_AFilledOfferIsNotReplayed() public {
        Offer memory offer = primaryOffer(0);
        offer.quantity = 1;
        Fill memory fill = fillOf(0, offer);
        buyAs(buyer, fill);
        bytes32 offerHash = market.hashOffer(offer);
        vm.expectRevert(abi.encodeWithSelector(Market.SoldOut.selector, offerHash, 1, 0));
        vm.prank(buyer);
        market.buy{value: PRICE}(fill, PRICE, NEVER);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(MAKER_KEY, offerHash);
        fill.signature = abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255))); // its other form
        vm.expectRevert(abi.encodeWithSelector(Market.SoldOut.selector, offerHash, 1, 0));
        vm.prank(buyer);
        market.buy{value: PRICE}(fill, PRICE, NEVER);
    }

    function test_DirtyWordsInAnOfferAreRefused() public {
        bytes memory call_ = abi.encodeCall(Market.buy, (primary(0), PRICE, NEVER));
        (bool clean,) = send(call_);
        yes(clean, "as it is");
        // words: selector, head of three, then the offer; `seller` is its first word, `quantity` its fifth
        call_[4 + 3 * 32] = 0x01;
        (bool dirty,) = send(call_);
        yes(!dirty, "dirty seller");
        call_[4 + 3 * 32] = 0x00;
        call_[4 + 7 * 32] = 0x01;
        (dirty,) = send(call_);
        yes(!dirty, "dirty quantity");
    }

    function send(bytes memory call_) private returns (bool, bytes memory) {
        vm.prank(buyer);
        return address(market).call{value: PRICE}(call_);
    }

    function credits() private view returns (uint256) {
        return market.creditOf(maker) + market.creditOf(creator) + market.creditOf(keeper);
    }
}
