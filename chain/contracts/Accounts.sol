// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What is kept of one account, in one slot, so that a sale touches its seller's storage once:
/// credit (96 bits, wei) | withdrawal nonce (32) | counter (32) | three tallies (32 each), from the lowest bit up.
type Account is uint256;

using Accounts for Account global;

/// @title Accounts: reads and changes the fields of an account
library Accounts {
    /// @notice Tallies that fit beside the credit.
    uint256 internal constant TALLIES = 3;

    uint256 private constant CREDIT_BITS = 96;
    uint256 private constant NONCE_AT = 96;
    uint256 private constant COUNTER_AT = 128;
    uint256 private constant TALLIES_AT = 160;
    uint256 private constant LANE_BITS = 32;

    /// @notice A sum of wei that no chain's money can reach.
    error AmountTooLarge(uint256 amount);
    /// @notice A count that came to its end after four billion times.
    error CountExhausted();

    /// @notice Wei that the account may withdraw.
    function credit(Account account) internal pure returns (uint256) {
        return uint96(Account.unwrap(account));
    }

    /// @notice Withdrawals by signature so far.
    function nonce(Account account) internal pure returns (uint32) {
        return uint32(Account.unwrap(account) >> NONCE_AT);
    }

    /// @notice Offers that the account signed with another counter are void.
    function counter(Account account) internal pure returns (uint32) {
        return uint32(Account.unwrap(account) >> COUNTER_AT);
    }

    /// @notice The three tallies, from the lowest bit up.
    function tallies(Account account) internal pure returns (uint256) {
        return Account.unwrap(account) >> TALLIES_AT;
    }

    /// @notice The account with `amount` wei more.
    function plus(Account account, uint256 amount) internal pure returns (Account) {
        // each is below 2^96, so the sum of words cannot overflow; that of credits must stay below 2^96
        if (amount >> CREDIT_BITS != 0 || (credit(account) + amount) >> CREDIT_BITS != 0) revert AmountTooLarge(amount);
        unchecked {
            return Account.wrap(Account.unwrap(account) + amount);
        }
    }

    /// @notice The account with `amount` wei less, which it must have.
    function minus(Account account, uint256 amount) internal pure returns (Account) {
        assert(amount <= credit(account));
        unchecked {
            return Account.wrap(Account.unwrap(account) - amount);
        }
    }

    /// @notice The account with its nonce moved on.
    function withNextNonce(Account account) internal pure returns (Account) {
        if (nonce(account) == type(uint32).max) revert CountExhausted();
        return Account.wrap(Account.unwrap(account) + (1 << NONCE_AT));
    }

    /// @notice The account with its counter moved on.
    function withNextCounter(Account account) internal pure returns (Account) {
        if (counter(account) == type(uint32).max) revert CountExhausted();
        return Account.wrap(Account.unwrap(account) + (1 << COUNTER_AT));
    }

    /// @notice The account with these tallies, of which there are three.
    function withTallies(Account account, uint256 lanes) internal pure returns (Account) {
        assert(lanes >> (TALLIES * LANE_BITS) == 0);
        return Account.wrap(uint160(Account.unwrap(account)) | (lanes << TALLIES_AT));
    }
}
