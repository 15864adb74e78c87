// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Cid: IPFS content identifiers, version 1, of raw blocks
library Cid {
    bytes32 private constant ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /// @notice CIDv1 of the raw block with this SHA-256, as multibase base32 (RFC 4648, lower case, no padding).
    /// @param digest SHA-256 of the content.
    /// @return The 59 characters `bafkrei...`.
    function ofSha256(bytes32 digest) internal pure returns (string memory) {
        // version 1, codec raw (0x55), hash sha2-256 (0x12) of 32 bytes (0x20): 36 bytes, padded by two zero bits
        // to 58 groups of five bits.
        bytes memory text = new bytes(59);
        text[0] = "b";
        uint256 head = 0x01551220;
        for (uint256 i; i < 58; ++i) {
            uint256 bitsBelow = 285 - 5 * i; // of the 290 bits, those to the right of this group
            uint256 group = bitsBelow >= 258
                ? head >> (bitsBelow - 258)
                : bitsBelow >= 253 ? (head << (258 - bitsBelow)) | _shifted(digest, bitsBelow) : _shifted(digest, bitsBelow);
            text[i + 1] = ALPHABET[group & 31];
        }
        return string(text);
    }

    /// @dev The digest followed by two zero bits, without its lowest `bits` bits.
    function _shifted(bytes32 digest, uint256 bits) private pure returns (uint256) {
        return bits >= 2 ? uint256(digest) >> (bits - 2) : uint256(digest) << (2 - bits);
    }
}
