// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title Signatures: whether an account signed a digest
/// @dev A key is tried first and the contract (ERC-1271) second, where OpenZeppelin's checker asks for the account's
/// code first. That spares the common signer a cold account read, and accounts that have both a key and code
/// (EIP-7702) may sign with either.
library Signatures {
    /// @notice True when `signature` over `digest` is `signer`'s: 65 bytes (r, s, v), 64 bytes (ERC-2098), or
    /// whatever the contract at `signer` accepts. High-s twins are refused.
    function isFrom(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        address recovered;
        ECDSA.RecoverError err;
        if (signature.length == 64) {
            (recovered, err,) =
                ECDSA.tryRecover(digest, bytes32(signature[0:32]), bytes32(signature[32:64]));
        } else {
            (recovered, err,) = ECDSA.tryRecoverCalldata(digest, signature);
        }
        if (err == ECDSA.RecoverError.NoError && recovered == signer) return true;
        return SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }
}
