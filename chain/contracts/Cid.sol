// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Cid: IPFS content identifiers, version 1, of raw blocks
library Cid {
    bytes32 private constant ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /// @notice CIDv1 of the raw block with this SHA-256, as multibase base32 (RFC 4648, lower case, no padding).
    /// @param digest SHA-256 of the content.
    /// @return The 59 characters `bafkrei...`.
    function ofSha256(bytes32 digest) internal pure returns (string memory) {
        // Version 1, codec raw (0x55), hash sha2-256 (0x12) of 32 bytes (0x20): 288 bits, read as 58 groups of five.
        // The last group needs two bits more; the byte of zeros has them.
        bytes memory block_ = abi.encodePacked(hex"01551220", digest, hex"00");
        bytes memory text = new bytes(59);
        text[0] = "b";
        for (uint256 i; i < 58; ++i) {
            uint256 bit_ = 5 * i;
            uint256 window = (uint256(uint8(block_[bit_ / 8])) << 8) | uint8(block_[bit_ / 8 + 1]);
            text[i + 1] = ALPHABET[(window >> (11 - bit_ % 8)) & 31];
        }
        return string(text);
    }
}
