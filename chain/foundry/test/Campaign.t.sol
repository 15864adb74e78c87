// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Campaign, Deadlines} from "../../contracts/Campaign.sol";
import {Market} from "../../contracts/Market.sol";
import {Refuser} from "./Hostiles.sol";
import {Posting} from "./Posting.sol";

contract CampaignTest is Posting {
    function test_ABoxThatArrivesPaysTheSeller() public {
        uint256 delivery = open();
        eq(campaign.deliveryOf(delivery).actBy, NOW + 3 days, "to accept");
        act(seller, Campaign.accept.selector, delivery);
        eq(campaign.deliveryOf(delivery).actBy, NOW + 7 days, "to ship");
        act(seller, Campaign.ship.selector, delivery);
        eq(campaign.deliveryOf(delivery).actBy, NOW + 14 days, "to confirm");
        eq(address(campaign).balance, VALUE, "it waits");
        act(buyer, Campaign.confirm.selector, delivery);
        ended(delivery, Campaign.State.Paid, 0, VALUE);
    }

    function test_EachTurnHasItsEventAndItsDeadline() public {
        vm.expectEmit(address(campaign));
        emit Campaign.DeliveryOpened(
            1, buyer, seller, address(this), VALUE, "commit", NOW + 3 days, deadlines()
        );
        uint256 delivery = open();
        act(seller, Campaign.accept.selector, delivery);
        vm.expectEmit(address(campaign));
        emit Campaign.DeliveryMoved(delivery, seller, Campaign.State.Shipped, NOW + 14 days, "tracking");
        act(seller, Campaign.ship.selector, delivery);
        vm.expectEmit(address(campaign));
        emit Campaign.DeliveryMoved(delivery, buyer, Campaign.State.Disputed, NOW + 7 days, "reason");
        act(buyer, Campaign.dispute.selector, delivery);
    }

    function test_WhatTheSellerLetPassTheBuyerTakesBack() public {
        Campaign.State[3] memory states = [Campaign.State.Opened, Campaign.State.Accepted, Campaign.State.Disputed];
        uint256[3] memory times = [uint256(3 days), 7 days, 7 days];
        for (uint256 i; i < 3; ++i) {
            uint256 delivery = reach(states[i]);
            pass(times[i]);
            vm.expectPartialRevert(Campaign.TooEarly.selector);
            act(buyer, Campaign.refund.selector, delivery);
            pass(1);
            act(buyer, Campaign.refund.selector, delivery);
            ended(delivery, Campaign.State.Refunded, (i + 1) * VALUE, 0);
        }
    }

    function test_WhoIsLateCannotActAnyMore() public {
        Campaign.State[3] memory states = [Campaign.State.Opened, Campaign.State.Accepted, Campaign.State.Disputed];
        bytes4[3] memory acts = [Campaign.accept.selector, Campaign.ship.selector, Campaign.answer.selector];
        for (uint256 i; i < 3; ++i) {
            uint256 delivery = reach(states[i]);
            pass(7 days + 1);
            vm.expectPartialRevert(Campaign.TooLate.selector);
            act(seller, acts[i], delivery);
        }
        uint256 shipped = reach(Campaign.State.Shipped);
        pass(14 days + 1);
        vm.expectPartialRevert(Campaign.TooLate.selector);
        act(buyer, Campaign.dispute.selector, shipped);
    }

    function test_ShippedAndUnconfirmedInTimeIsTheSellersToClaim() public {
        uint256 delivery = reach(Campaign.State.Shipped);
        pass(14 days);
        vm.expectPartialRevert(Campaign.TooEarly.selector);
        act(seller, Campaign.claim.selector, delivery);
        pass(1);
        vm.expectPartialRevert(Campaign.NotParty.selector);
        act(buyer, Campaign.claim.selector, delivery);
        act(seller, Campaign.claim.selector, delivery);
        ended(delivery, Campaign.State.Paid, 0, VALUE);
    }

    function test_AnAnsweredDisputeIsSplitByEitherAlone() public {
        uint256 delivery = reach(Campaign.State.Answered);
        pass(14 days);
        vm.expectPartialRevert(Campaign.TooEarly.selector);
        act(buyer, Campaign.split.selector, delivery);
        pass(1);
        vm.expectPartialRevert(Campaign.NotParty.selector);
        act(keeper, Campaign.split.selector, delivery);
        act(buyer, Campaign.split.selector, delivery);
        ended(delivery, Campaign.State.Split, VALUE / 2 + 1, VALUE / 2);
        delivery = reach(Campaign.State.Answered);
        pass(14 days + 1);
        act(seller, Campaign.split.selector, delivery);
        ended(delivery, Campaign.State.Split, 2 * (VALUE / 2 + 1), 2 * (VALUE / 2));
    }

    function test_OneWeiIsSplitToo() public {
        uint256 delivery = openFor(buyer, seller, 1);
        act(seller, Campaign.accept.selector, delivery);
        act(seller, Campaign.ship.selector, delivery);
        act(buyer, Campaign.dispute.selector, delivery);
        act(seller, Campaign.answer.selector, delivery);
        pass(14 days + 1);
        act(seller, Campaign.split.selector, delivery);
        ended(delivery, Campaign.State.Split, 1, 0);
    }

    function test_EitherCanGiveInAtAnyTime() public {
        for (uint256 i = uint256(Campaign.State.Opened); i <= uint256(Campaign.State.Answered); ++i) {
            uint256 before = market.creditOf(buyer);
            uint256 delivery = reach(Campaign.State(i));
            act(seller, Campaign.refund.selector, delivery);
            eq(market.creditOf(buyer), before + VALUE, "refunded");
            before = market.creditOf(seller);
            delivery = reach(Campaign.State(i));
            act(buyer, Campaign.confirm.selector, delivery);
            eq(market.creditOf(seller), before + VALUE, "paid");
        }
        eq(address(campaign).balance, 0, "nothing stays");
    }

    function test_WhatEndedNeverMovesAgain() public {
        uint256 delivery = open();
        act(seller, Campaign.refund.selector, delivery);
        pass(365 days);
        bytes4[8] memory acts = allActs();
        for (uint256 i; i < 8; ++i) {
            vm.expectPartialRevert(Campaign.WrongState.selector);
            act(seller, acts[i], delivery);
            vm.expectPartialRevert(Campaign.WrongState.selector);
            act(buyer, acts[i], delivery);
            vm.expectPartialRevert(Campaign.WrongState.selector);
            act(buyer, acts[i], 99); // nor does what never was
        }
    }

    function test_StrangersCanDoNothing() public {
        bytes4[8] memory acts = allActs();
        for (uint256 i = uint256(Campaign.State.Opened); i <= uint256(Campaign.State.Answered); ++i) {
            uint256 delivery = reach(Campaign.State(i));
            pass(20 days);
            for (uint256 k; k < 8; ++k) {
                vm.prank(keeper);
                (bool ok,) = address(campaign).call(abi.encodePacked(acts[k], delivery, bytes32("x")));
                yes(!ok, "a stranger acted");
            }
            act(seller, Campaign.refund.selector, delivery);
        }
    }

    function test_ADeliveryNeedsPartiesMoneyAndSaneDeadlines() public {
        vm.deal(address(this), 10 ether);
        Deadlines memory good = deadlines();
        vm.expectRevert(Campaign.DeliveryIncomplete.selector);
        campaign.openDelivery{value: 1}(address(0), seller, 0, good);
        vm.expectRevert(Campaign.DeliveryIncomplete.selector);
        campaign.openDelivery{value: 1}(buyer, address(0), 0, good);
        vm.expectRevert(Campaign.DeliveryIncomplete.selector);
        campaign.openDelivery(buyer, seller, 0, good);
        for (uint256 i; i < 5; ++i) {
            Deadlines memory bad = deadlines();
            uint32 secs = i % 2 == 0 ? campaign.SHORTEST() - 1 : campaign.LONGEST() + 1;
            if (i == 0) bad.accept = secs;
            if (i == 1) bad.ship = secs;
            if (i == 2) bad.confirm = secs;
            if (i == 3) bad.answer = secs;
            if (i == 4) bad.split = secs;
            vm.expectRevert(abi.encodeWithSelector(Campaign.DeadlineOutOfRange.selector, secs));
            campaign.openDelivery{value: 1}(buyer, seller, 0, bad);
        }
        (bool sent,) = address(campaign).call{value: 1 ether}("");
        yes(!sent, "money without a delivery");
    }

    function test_AReceiverWhoRefusesMoneyHoldsUpNobody() public {
        address refuser = address(new Refuser());
        uint256 delivery = openFor(refuser, seller, VALUE);
        act(seller, Campaign.refund.selector, delivery);
        eq(market.creditOf(refuser), VALUE, "credited all the same");
        delivery = openFor(buyer, refuser, VALUE);
        act(buyer, Campaign.confirm.selector, delivery);
        eq(market.creditOf(refuser), 2 * VALUE, "credited all the same");
    }

    function allActs() private pure returns (bytes4[8] memory) {
        return [
            Campaign.accept.selector, Campaign.ship.selector, Campaign.confirm.selector, Campaign.claim.selector,
            Campaign.dispute.selector, Campaign.answer.selector, Campaign.refund.selector, Campaign.split.selector
        ];
    }
}

/// @notice Opens deliveries at random and lets buyer, seller and a stranger do anything at any time, beside books of
/// its own.
contract Post is Posting {
    uint256 private constant MOST = 12;

    uint256[] public amounts; // value of each delivery
    uint256 public opened;
    uint256 public ended_;
    uint256 public paidBuyer;
    uint256 public paidSeller;
    uint256 public wrongs;

    constructor() {
        setUp();
    }

    /// @dev Once only: the fuzzer may call it too.
    function setUp() public override {
        if (address(campaign) == address(0)) super.setUp();
    }

    function market_() external view returns (Market) {
        return market;
    }

    function theCampaign() external view returns (Campaign) {
        return campaign;
    }

    function parties() external view returns (address, address) {
        return (buyer, seller);
    }

    function now_() external view returns (uint256) {
        return clock;
    }

    function openOne(uint64 value) external {
        if (amounts.length == MOST) return;
        uint256 wei_ = uint256(value) + 1;
        open_(wei_);
    }

    function wait_(uint32 secs) external {
        pass(uint256(secs) % 20 days);
    }

    /// @dev The likely acts, so that all states are reached.
    function goOn(uint8 which) external {
        if (amounts.length == 0) return;
        uint256 delivery = 1 + which % amounts.length;
        Campaign.State state = stateOf(delivery);
        if (state == Campaign.State.Opened) try_(seller, Campaign.accept.selector, delivery);
        if (state == Campaign.State.Accepted) try_(seller, Campaign.ship.selector, delivery);
        if (state == Campaign.State.Shipped) try_(buyer, Campaign.dispute.selector, delivery);
        if (state == Campaign.State.Disputed) try_(seller, Campaign.answer.selector, delivery);
        if (state == Campaign.State.Answered) try_(buyer, Campaign.split.selector, delivery);
    }

    function anything(uint8 who, uint8 what, uint8 which) external {
        if (amounts.length == 0) return;
        address party = who % 5 < 2 ? buyer : who % 5 < 4 ? seller : keeper;
        bytes4[8] memory acts = [
            Campaign.accept.selector, Campaign.ship.selector, Campaign.confirm.selector, Campaign.claim.selector,
            Campaign.dispute.selector, Campaign.answer.selector, Campaign.refund.selector, Campaign.split.selector
        ];
        try_(party, acts[what % 8], 1 + which % amounts.length);
    }

    /// @dev Calls, and compares with what the rules say: allowed or not, and who is paid.
    function try_(address party, bytes4 what, uint256 delivery) private {
        Campaign.Delivery memory before = campaign.deliveryOf(delivery);
        (bool may, Campaign.State next) = rule(party, what, before);
        vm.prank(party);
        (bool ok,) = address(campaign).call(abi.encodePacked(what, delivery, bytes32("note")));
        Campaign.Delivery memory after_ = campaign.deliveryOf(delivery);
        if (ok != may || after_.state != (may ? next : before.state)) ++wrongs;
        if (ok && after_.value == 0) {
            uint256 value = amounts[delivery - 1];
            ++ended_;
            if (after_.state == Campaign.State.Paid) paidSeller += value;
            if (after_.state == Campaign.State.Refunded) paidBuyer += value;
            if (after_.state == Campaign.State.Split) (paidBuyer, paidSeller) =
                (paidBuyer + value - value / 2, paidSeller + value / 2);
        }
    }

    /// @dev The rules once more, as a table.
    function rule(address party, bytes4 what, Campaign.Delivery memory it)
        private
        view
        returns (bool may, Campaign.State next)
    {
        bool late = clock > it.actBy;
        bool buys = party == buyer;
        bool sells = party == seller;
        Campaign.State at_ = it.state;
        bool live = at_ > Campaign.State.None && at_ < Campaign.State.Paid;
        if (what == Campaign.accept.selector) return (sells && at_ == Campaign.State.Opened && !late, Campaign.State.Accepted);
        if (what == Campaign.ship.selector) return (sells && at_ == Campaign.State.Accepted && !late, Campaign.State.Shipped);
        if (what == Campaign.dispute.selector) return (buys && at_ == Campaign.State.Shipped && !late, Campaign.State.Disputed);
        if (what == Campaign.answer.selector) return (sells && at_ == Campaign.State.Disputed && !late, Campaign.State.Answered);
        if (what == Campaign.confirm.selector) return (buys && live, Campaign.State.Paid);
        if (what == Campaign.claim.selector) return (sells && at_ == Campaign.State.Shipped && late, Campaign.State.Paid);
        if (what == Campaign.split.selector) {
            return ((buys || sells) && at_ == Campaign.State.Answered && late, Campaign.State.Split);
        }
        bool failed =
            at_ == Campaign.State.Opened || at_ == Campaign.State.Accepted || at_ == Campaign.State.Disputed;
        return (live && (sells || (buys && failed && late)), Campaign.State.Refunded);
    }

    function open_(uint256 wei_) private {
        openFor(buyer, seller, wei_);
        amounts.push(wei_);
        opened += wei_;
    }

    function count() external view returns (uint256) {
        return amounts.length;
    }
}

/// @notice What must hold whatever buyers and sellers do.
contract CampaignInvariantTest is Posting {
    Post private post;

    function setUp() public override {
        vm.warp(NOW);
        post = new Post();
        campaign = post.theCampaign();
        market = post.market_();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(post);
    }

    function invariant_MoneyIsConservedAndNothingGoesAgainstTheRules() public view {
        (address buyer_, address seller_) = post.parties();
        uint256 waiting;
        for (uint256 i = 1; i <= post.count(); ++i) waiting += campaign.deliveryOf(i).value;
        eq(address(campaign).balance, waiting, "balance is the sum of open values");
        eq(market.creditOf(buyer_), post.paidBuyer(), "buyer's credit");
        eq(market.creditOf(seller_), post.paidSeller(), "seller's credit");
        eq(waiting + post.paidBuyer() + post.paidSeller(), post.opened(), "money is conserved");
        eq(post.wrongs(), 0, "acts against the rules");
    }

    /// @dev Whatever was done, time and one party alone end every delivery: the one whom the other let down.
    function afterInvariant() public {
        uint256 later = post.now_() + campaign.LONGEST() + 1;
        vm.warp(later);
        (address buyer_, address seller_) = post.parties();
        for (uint256 i = 1; i <= post.count(); ++i) {
            Campaign.State state = stateOf(i);
            if (state == Campaign.State.Shipped) act(seller_, Campaign.claim.selector, i);
            else if (state == Campaign.State.Answered) act(i % 2 == 0 ? buyer_ : seller_, Campaign.split.selector, i);
            else if (state < Campaign.State.Paid) act(buyer_, Campaign.refund.selector, i);
            yes(stateOf(i) >= Campaign.State.Paid, "ended");
        }
        eq(address(campaign).balance, 0, "nothing stays");
        eq(market.creditOf(buyer_) + market.creditOf(seller_), post.opened(), "money is conserved");
    }

    /// @dev Else the invariants might hold because nothing ever happens.
    function test_ThePostIsBusy() public {
        for (uint64 i; i < 6; ++i) post.openOne(i * 1 ether);
        for (uint8 k; k < 4; ++k) {
            for (uint8 i; i < 6; ++i) if (i > k) post.goOn(i);
        }
        yes(stateOf(6) == Campaign.State.Answered, "all states are reached");
        post.wait_(15 days);
        for (uint8 i; i < 6; ++i) {
            post.anything(0, 6, i); // the buyer asks for a refund
            post.anything(2, 3, i); // the seller claims
            post.anything(2, 7, i); // the seller splits
        }
        eq(post.ended_(), 6, "all ended by time");
        eq(post.wrongs(), 0, "against the rules");
    }
}
