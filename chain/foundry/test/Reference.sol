// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Offer} from "../../contracts/Offers.sol";

/// @notice What the market should do, written to be read rather than to be cheap.
library Reference {
    /// @notice Wei a unit: on the straight line from start to expiry, rounded up.
    function unitPrice(Offer memory offer, uint256 timestamp) internal pure returns (uint256) {
        int256 from = int256(uint256(offer.startPrice));
        int256 to = int256(uint256(offer.endPrice));
        int256 lasts = int256(uint256(offer.expiry)) - int256(uint256(offer.start));
        if (from == to || lasts == 0) return uint256(to);
        int256 passed = int256(timestamp) - int256(uint256(offer.start));
        int256 up = (to - from) * passed;
        int256 step = up / lasts; // towards zero, which is up for a falling price
        if (up > 0 && up % lasts != 0) ++step;
        return uint256(from + step);
    }

    /// @notice Each share rounded down; the seller has the rest.
    function shares(uint256 price, uint256 royaltyBps, uint256 roomBps)
        internal
        pure
        returns (uint256 sellerWei, uint256 creatorWei, uint256 roomWei)
    {
        creatorWei = price * royaltyBps / 10_000;
        roomWei = price * roomBps / 10_000;
        sellerWei = price - creatorWei - roomWei;
    }
}
