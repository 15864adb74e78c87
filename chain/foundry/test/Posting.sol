// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Campaign, Deadlines} from "../../contracts/Campaign.sol";
import {Kit} from "./Kit.sol";

/// @notice A campaign whose till is the street's market, and one delivery of `buyer` by `seller`.
abstract contract Posting is Kit {
    uint256 internal constant VALUE = 1 ether + 1; // odd, so that halves differ

    Campaign internal campaign;
    address internal seller = address(uint160(uint256(keccak256("grower"))));
    uint256 internal clock = NOW; // block.timestamp must not be read: the compiler takes it for a constant of the call

    function setUp() public virtual override {
        super.setUp();
        campaign = Campaign(vm.deployCode("chain/artifacts/Campaign.json", abi.encode(market)));
    }

    function deadlines() internal pure returns (Deadlines memory) {
        return Deadlines(3 days, 7 days, 14 days, 7 days, 14 days);
    }

    function open() internal returns (uint256) {
        return openFor(buyer, seller, VALUE);
    }

    function openFor(address buyer_, address seller_, uint256 value) internal returns (uint256) {
        vm.deal(address(this), address(this).balance + value);
        return campaign.openDelivery{value: value}(buyer_, seller_, "commit", deadlines());
    }

    function pass(uint256 secs) internal {
        clock += secs;
        vm.warp(clock);
    }

    function stateOf(uint256 delivery) internal view returns (Campaign.State) {
        return campaign.deliveryOf(delivery).state;
    }

    function act(address who, bytes4 selector, uint256 delivery) internal {
        vm.prank(who);
        callFor(selector, delivery);
    }

    function callFor(bytes4 selector, uint256 delivery) internal {
        if (selector == Campaign.accept.selector) campaign.accept(delivery);
        else if (selector == Campaign.ship.selector) campaign.ship(delivery, "tracking");
        else if (selector == Campaign.confirm.selector) campaign.confirm(delivery);
        else if (selector == Campaign.claim.selector) campaign.claim(delivery);
        else if (selector == Campaign.dispute.selector) campaign.dispute(delivery, "reason");
        else if (selector == Campaign.answer.selector) campaign.answer(delivery, "answer");
        else if (selector == Campaign.refund.selector) campaign.refund(delivery);
        else campaign.split(delivery);
    }

    function ended(uint256 delivery, Campaign.State state, uint256 buyerWei, uint256 sellerWei) internal view {
        yes(stateOf(delivery) == state, "end");
        eq(market.creditOf(buyer), buyerWei, "buyer's credit");
        eq(market.creditOf(seller), sellerWei, "seller's credit");
        eq(address(campaign).balance, 0, "nothing stays");
        eq(campaign.deliveryOf(delivery).value, 0, "no value left");
    }

    /// @dev Brings a new delivery to a state on the shortest way.
    function reach(Campaign.State state) internal returns (uint256 delivery) {
        delivery = open();
        if (state >= Campaign.State.Accepted) act(seller, Campaign.accept.selector, delivery);
        if (state >= Campaign.State.Shipped) act(seller, Campaign.ship.selector, delivery);
        if (state >= Campaign.State.Disputed) act(buyer, Campaign.dispute.selector, delivery);
        if (state >= Campaign.State.Answered) act(seller, Campaign.answer.selector, delivery);
    }
}
