// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Till} from "./Till.sol";

/// @title Payouts: pays through the till and never pushes, so that no payee can hold up anybody
abstract contract Payouts {
    /// @notice Where all payouts are credited; the market is one.
    Till public immutable till;

    /// @param till_ The till to trust, for ever.
    constructor(Till till_) {
        till = till_;
    }

    /// @dev Credits one account. The caller has written its state before.
    function _pay(address to, uint256 amount) internal {
        _pay(to, amount, address(0), 0);
    }

    /// @dev Credits two accounts; an amount of zero is left out.
    function _pay(address first, uint256 firstWei, address second, uint256 secondWei) internal {
        uint256 count = (firstWei == 0 ? 0 : 1) + (secondWei == 0 ? 0 : 1);
        if (count == 0) return;
        address[] memory accounts = new address[](count);
        uint256[] memory amounts = new uint256[](count);
        if (firstWei != 0) (accounts[0], amounts[0]) = (first, firstWei);
        if (secondWei != 0) (accounts[count - 1], amounts[count - 1]) = (second, secondWei);
        till.creditMany{value: firstWei + secondWei}(accounts, amounts);
    }
}
