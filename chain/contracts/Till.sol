// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Account} from "./Accounts.sol";
import {Signatures} from "./Signatures.sol";

/// @title Till: the ledger where every payout lands until its owner takes it
/// @notice Nobody owns the till and nobody can stop a withdrawal. Payouts are credited, never pushed, so a payee
/// whose account refuses money cannot hold up anybody else's sale.
/// @dev Invariant: the till's balance is at least the sum of all credits. An heir (the market) that takes money in
/// must credit or refund all of it within the same call.
contract Till is EIP712, ReentrancyGuardTransient {
    /// @notice EIP-712 type of a withdrawal that someone else may send.
    bytes32 public constant WITHDRAWAL_TYPEHASH =
        keccak256("Withdrawal(address account,address to,uint256 amount,uint256 nonce,uint256 deadline)");

    /// @dev Counters and tallies serve heirs that sell; they lie here because a sale credits its seller anyway.
    mapping(address account => Account) internal _accounts;

    /// @notice `account` may withdraw `amount` wei more. Credits that arise from sales are told by the sale's event.
    event Credited(address indexed account, address indexed from, uint256 amount);
    /// @notice `amount` wei of `account`'s credit went to `to`.
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    /// @notice There must be as many amounts as accounts.
    error LengthsDiffer(uint256 accounts, uint256 amounts);
    /// @notice The amounts must add up to the value sent.
    error AmountsDifferFromValue(uint256 amounts, uint256 value);
    /// @notice Nothing to do: an amount or a quantity of zero, or the zero address as payee.
    error NothingToDo();
    /// @notice A withdrawal of more than the credit.
    error CreditTooSmall(address account, uint256 credit, uint256 amount);
    /// @notice The receiver of a withdrawal refused the money; it remains credited.
    error ReceiverRefused(address to, uint256 amount);
    /// @notice The deadline has passed.
    error DeadlinePassed(uint256 deadline, uint256 timestamp);
    /// @notice The nonce of a signed withdrawal must be the account's next one.
    error WrongNonce(address account, uint256 expected, uint256 given);
    /// @notice The signature is not `signer`'s for this message on this chain and contract.
    error WrongSignature(address signer, bytes32 digest);
    /// @param name Name of the EIP-712 domain; its version is "1".
    constructor(string memory name) EIP712(name, "1") {}

    /// @notice Credits each account with its amount; the value sent must be their sum.
    /// @param accounts Who is credited; an account may occur more than once.
    /// @param amounts Wei for each.
    function creditMany(address[] calldata accounts, uint256[] calldata amounts) external payable nonReentrant {
        if (accounts.length != amounts.length) revert LengthsDiffer(accounts.length, amounts.length);
        uint256 sum;
        for (uint256 i; i < accounts.length; ++i) {
            if (accounts[i] == address(0) || amounts[i] == 0) revert NothingToDo();
            sum += amounts[i];
            _credit(accounts[i], amounts[i]);
            emit Credited(accounts[i], msg.sender, amounts[i]);
        }
        if (sum != msg.value) revert AmountsDifferFromValue(sum, msg.value);
    }

    /// @notice Pays `amount` wei of the caller's credit to `to`.
    function withdraw(address payable to, uint256 amount) external nonReentrant {
        _withdraw(msg.sender, to, amount);
    }

    /// @notice Pays `amount` wei of `account`'s credit to `to`, as `account` signed; anyone may send it.
    /// @param account Whose credit; a contract signs by ERC-1271.
    /// @param to Who receives the money.
    /// @param amount Wei.
    /// @param deadline Unix seconds after which the signature is void.
    /// @param signature Over Withdrawal(account, to, amount, nonceOf(account), deadline).
    function withdrawBySig(
        address account,
        address payable to,
        uint256 amount,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external nonReentrant {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline, block.timestamp);
        Account before = _accounts[account];
        uint256 expected = before.nonce();
        if (nonce != expected) revert WrongNonce(account, expected, nonce);
        bytes32 digest =
            _hashTypedDataV4(keccak256(abi.encode(WITHDRAWAL_TYPEHASH, account, to, amount, nonce, deadline)));
        if (!Signatures.isFrom(account, digest, signature)) revert WrongSignature(account, digest);
        _accounts[account] = before.withNextNonce();
        _withdraw(account, to, amount);
    }

    /// @notice Wei that `account` may withdraw.
    function creditOf(address account) external view returns (uint256) {
        return _accounts[account].credit();
    }

    /// @notice Nonce that `account`'s next signed withdrawal must carry.
    function nonceOf(address account) external view returns (uint256) {
        return _accounts[account].nonce();
    }

    /// @notice The domain separator that signatures for this contract are bound to.
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @dev Adds to a credit. The caller answers for the money being here.
    function _credit(address account, uint256 amount) internal {
        _accounts[account] = _accounts[account].plus(amount);
    }

    function _withdraw(address account, address payable to, uint256 amount) private {
        if (amount == 0 || to == address(0)) revert NothingToDo();
        Account before = _accounts[account];
        if (amount > before.credit()) revert CreditTooSmall(account, before.credit(), amount);
        _accounts[account] = before.minus(amount);
        emit Withdrawn(account, to, amount);
        if (!_send(to, amount)) revert ReceiverRefused(to, amount);
    }

    /// @dev Sends wei and copies none of what the receiver returns, so that it cannot make the sender pay for it.
    function _send(address to, uint256 amount) internal returns (bool sent) {
        assembly ("memory-safe") {
            sent := call(gas(), to, amount, 0, 0, 0, 0)
        }
    }
}
