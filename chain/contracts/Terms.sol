// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a good is, for ever. Its id is the hash of these, so that neither listing nor making costs gas.
struct Terms {
    address maker; // whose signature can bring units into being
    address creator; // who is paid the royalty; often the maker
    bytes32 manifest; // SHA-256 of the manifest's canonical JSON
    uint32 cap; // units that can ever exist, at least 1
    uint16 royaltyBps; // of every sale, at most 1,000
    uint16 flags; // fixed by the maker for other contracts to read; none is given a meaning here
}

/// @notice Units of a good that are to come into being.
struct Birth {
    uint256 quantity;
    Terms terms;
}

/// @notice Id of the good with these terms: keccak256(abi.encode(terms)).
/// @dev The words are hashed as they came. One with dirty upper bits gives the id of no good at all.
function goodId(Terms calldata terms) pure returns (uint256 id) {
    assembly ("memory-safe") {
        let free := mload(0x40)
        calldatacopy(free, terms, 0xc0)
        id := keccak256(free, 0xc0)
    }
}
